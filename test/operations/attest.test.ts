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
})
