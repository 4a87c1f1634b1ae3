import { describe, expect, it } from 'vitest'
import { attest, attestable, questions } from '../../src/operations/attest.ts'
import { folderWith, policy } from './acme-documents.ts'
import { desiredOf } from './console.ts'
import { codesOf, exists, start } from './start.ts'

describe('attest', () => {
  const external = 'kind: ExternalUserPolicy\nname: external\nsettings: { apiTokens: block, sessionDuration: 7d }'

  async function attesting(
    statements: readonly { readonly address: string; readonly path: string; readonly text: string }[],
  ) {
    const started = await start()
    const desired = await desiredOf(started, await folderWith(external, policy('P', 'directory: local\ndefault: true')))
    const outcome = await attest({ desired, ledger: started.ledger, statements, by: 'alice', now: started.now() })
    return { started, outcome }
  }

  it.each([
    [
      'a value the field cannot have',
      'ExternalUserPolicy/external',
      'settings.apiTokens',
      'perhaps',
      'evidence/bad-value',
    ],
    ['a field that is none', 'ExternalUserPolicy/external', 'settings.apiToken', 'block', 'evidence/unknown-field'],
    ['a field of the API', 'AuthenticationPolicy/P', 'members', 'x', 'evidence/api-field'],
    ['a field that only the document knows', 'AuthenticationPolicy/P', 'directory', 'local', 'evidence/unknown-field'],
    [
      'an object that no document names',
      'ExternalUserPolicy/extern',
      'settings.apiTokens',
      'block',
      'evidence/unknown-object',
    ],
    [
      'a duration that is none',
      'ExternalUserPolicy/external',
      'settings.sessionDuration',
      'a week',
      'evidence/bad-value',
    ],
    ['nothing for a flag', 'AuthenticationPolicy/P', 'default', '', 'evidence/bad-value'],
  ])('refuses %s', async (_, address, path, text, code) => {
    const { started, outcome } = await attesting([
      { address: 'ExternalUserPolicy/external', path: 'settings.sessionDuration', text: '7d' },
      { address, path, text },
    ])
    expect([outcome.ok, codesOf(outcome)]).toEqual([false, [code]])
    // All statements or none.
    expect(await exists(started.ledgerFolder)).toBe(false)
  })

  it('refuses to record nothing', async () => {
    expect(codesOf((await attesting([])).outcome)).toEqual(['evidence/nothing-attested'])
  })

  it('records who and when', async () => {
    const { started } = await attesting([
      { address: 'ExternalUserPolicy/external', path: 'settings.apiTokens', text: 'allow' },
    ])
    expect((await started.ledger.read('evidence'))?.facts).toEqual([
      {
        address: { kind: 'ExternalUserPolicy', name: 'external' },
        path: 'settings.apiTokens',
        value: 'allow',
        from: 'attestation',
        at: '2026-11-24T08:00:00.000Z',
        by: 'alice',
      },
    ])
  })

  it('asks for what the document manages, and never offers the desired value', async () => {
    const started = await start()
    const desired = await desiredOf(started, await folderWith(external, policy('P', 'directory: local\ndefault: true')))
    const asked = attestable(desired).flatMap(object =>
      questions(object, [], { now: started.now(), expiresAfter: '90d' }),
    )
    expect(asked.map(({ address, path, choices }) => [address, path, choices])).toEqual([
      ['AuthenticationPolicy/P', 'default', ['true', 'false']],
      ['ExternalUserPolicy/external', 'settings.sessionDuration', undefined],
      ['ExternalUserPolicy/external', 'settings.apiTokens', ['allow', 'block']],
    ])
    expect(JSON.stringify(asked)).not.toContain('7d')
  })

  it.each([
    ['external', ['settings.authorizationMethod', 'settings.billable']],
    ['test', ['settings.authorizationMethod', 'settings.billable', 'testUsers']],
  ])('asks for what the document of %s leaves out, too, where that is wanted', async (name, more) => {
    const started = await start()
    const text = `kind: ExternalUserPolicy\nname: ${name}\nsettings: { apiTokens: block }`
    const [object] = attestable(await desiredOf(started, await folderWith(text)))
    if (object === undefined) throw new Error('nothing can be attested')
    const validity = { now: started.now(), expiresAfter: '90d' }
    const pathsOf = (scope: 'managed' | 'all') => questions(object, [], validity, scope).map(({ path }) => path)
    expect(pathsOf('managed')).toEqual(['settings.apiTokens'])
    expect(pathsOf('all')).toEqual(expect.arrayContaining(more))
    expect(pathsOf('all').includes('testUsers')).toBe(name === 'test')
  })

  it('remembers which policy was meant, where its document has an id', async () => {
    const started = await start()
    const id = '5b0f3f0e-7d0a-4c58-8a55-0d4f6f0f9c02'
    const folder = await folderWith(
      policy('P', `id: ${id}\ndirectory: local\ndefault: true`),
      policy('Q', 'directory: local'),
    )
    const statements = ['P', 'Q'].map(name => ({
      address: `AuthenticationPolicy/${name}`,
      path: 'settings.apiTokens',
      text: 'allow',
    }))
    await attest({
      desired: await desiredOf(started, folder),
      ledger: started.ledger,
      statements,
      by: 'alice',
      now: started.now(),
    })
    expect((await started.ledger.read('bindings'))?.policies).toEqual({ P: id })
  })
})
