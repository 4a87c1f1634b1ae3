import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { adopt } from '../../src/adoption/adopt.ts'
import type { Sighting } from '../../src/adoption/sighting.ts'
import type { KindName } from '../../src/kinds/index.ts'
import { attest } from '../../src/operations/attest.ts'
import { connect } from '../../src/operations/connection.ts'
import { readLedger } from '../../src/operations/ledger-state.ts'
import { readSighting, type KnownDocuments } from '../../src/operations/read-sighting.ts'
import { validDrafts } from '../../src/operations/valid-drafts.ts'
import { refusalOf } from '../../src/policy/check-value.ts'
import { documentText } from '../../src/policy/write-document.ts'
import { desiredOf, exportFile, observeFiles } from './console.ts'
import {
  codesOf,
  policiesFolder,
  scenarioNamed,
  start,
  temporaryFolder,
  valueOf,
  type Started,
  type StartOptions,
} from './start.ts'

/** Looks at the organization, and counts the requests. */
async function look(started: Started, known?: KnownDocuments) {
  const client = await connect(started.connection, started.simulator.organizationId, 'read')
  try {
    const read = await readSighting(client, await readLedger(started.ledger), started.now(), known)
    return { read, requests: client.counts.reads }
  } finally {
    await client.close()
  }
}

const seen = async (started: Started, known?: KnownDocuments): Promise<Sighting> =>
  valueOf((await look(started, known)).read)

/** Writes what import would write into an empty folder. */
async function written(sighting: Sighting): Promise<string> {
  const folder = await temporaryFolder()
  const refusal = (kind: string, path: string, value: Parameters<typeof refusalOf>[2]) =>
    refusalOf(kind as KindName, path, value)
  for (const draft of (await validDrafts(adopt(sighting, { refusal }), '2026-11-24')).drafts) {
    await mkdir(dirname(join(folder, draft.file)), { recursive: true })
    await writeFile(join(folder, draft.file), documentText(draft, undefined))
  }
  return folder
}

/** What a plan finds to do, and to prove, where the documents say what is. */
async function leftToDo(started: Started, folder: string) {
  const { steps, unverified } = valueOf(await started.plan(folder))
  return { steps, unverified }
}

const nothing = { steps: [], unverified: [] }
const acme = scenarioNamed('acme')

/** An organization whose policies are called otherwise in the console. */
async function startNamed(names: readonly string[], options: StartOptions): Promise<Started> {
  const started = await start(options)
  started.simulator.state.authenticationPolicies.forEach((policy, index) => {
    policy.name = names[index] ?? policy.name
  })
  return started
}

describe('what is seen of an organization', () => {
  it('is all of it, by few requests', async () => {
    const { read, requests } = await look(await start())
    const sighting = valueOf(read)
    expect(read.diagnostics).toEqual([])
    // Organization, domains, directories, groups, allowlists and their sites, two of accounts, their policies, and one for each directory.
    expect(requests).toBeLessThanOrEqual(11)
    expect(sighting.domains).toEqual([
      { name: 'acme.com', status: 'verified' },
      { name: 'acme.io', status: 'verified' },
    ])
    expect(sighting.directories.map(({ name, synced }) => [name, synced])).toEqual([
      ['Acme staff', true],
      ['Local directory', false],
    ])
    expect(sighting.accounts.find(({ email }) => email === 'jo@acme.com')?.groups).toEqual(['contractors'])
    const directory = (id: string | undefined) => sighting.directories.find(other => other.id === id)?.name
    expect(
      sighting.policies.map(({ id, directoryId, name, fields }) => [id, directory(directoryId), name, fields]),
    ).toEqual([
      ['1c2d7a50-6c0b-4d0e-9a4e-2f0b7c1d5e01', 'Local directory', undefined, {}],
      ['5b0f3f0e-7d0a-4c58-8a55-0d4f6f0f9c02', 'Local directory', undefined, {}],
      ['90781be9-0863-45f0-92b9-1612379ffa5c', 'Acme staff', undefined, {}],
    ])
    expect(sighting.allowlists[0]?.fields['resources']).toHaveLength(1)
  })

  it('needs no more requests for each account', async () => {
    const { requests } = await look(await start({ accounts: 1000 }))
    expect(requests).toBeLessThanOrEqual(11 + 2 * 10)
  })

  it.each([
    ['by an export', {}, 'export'],
    ['by the API', { switches: { bulkFetchServesNames: true } }, 'api'],
  ] as const)('has names, and evidence: %s', async (_, options, from) => {
    const started = await start(options)
    await observeFiles(started, policiesFolder, [await exportFile(started, 'members.csv')])
    const { policies } = await seen(started)
    expect(policies.map(({ name }) => name)).toEqual([
      { name: 'Local accounts', from },
      { name: 'Contractors and break-glass', from },
      { name: 'Staff behind Okta', from },
    ])
    expect(policies[2]?.fields['settings.singleSignOn']).toMatchObject({ state: 'known', value: 'enforced' })
  })

  it('names no group that two groups are called, that a document cannot hold, or that has an external member', async () => {
    const names = ['twin', 'twins', ' blank', 'mixed', 'good']
    const groups = names.map((name, index) => ({ id: `g-${index}`, name, directory: 'local' }))
    const ids = groups.map(({ id }) => id)
    const started = await start({
      scenario: {
        ...acme,
        groups: [...(acme.groups ?? []), ...groups],
        accounts: [
          ...(acme.accounts ?? []),
          { email: 'in.all@acme.com', policy: 'Local accounts', groups: ids },
          { email: 'in.mixed@partner.example', managed: false, groups: ['g-3'] },
        ],
      },
    })
    for (const group of started.simulator.state.groups) if (group.name === 'twin') group.name = 'twins'
    const { accounts } = await seen(started)
    expect(accounts.find(({ email }) => email === 'in.all@acme.com')?.groups).toEqual(['good'])
  })

  it('has no external policies without Guard Standard', async () => {
    const started = await start({ scenario: scenarioNamed('without-guard') })
    const sighting = await seen(started)
    expect(sighting.external).toEqual([])
    expect(await leftToDo(started, await written(sighting))).toEqual(nothing)
  })

  it.each([
    ['read:directories:admin', 'directories', 'none'],
    ['read:groups:admin', 'groups', 'required'],
    ['read:policies:admin', 'ip-allowlists', 'none'],
  ] as const)('goes without what needs %s', async (missing, part, unlistedScopes) => {
    const scopes = ['orgs', 'accounts', 'directories', 'groups', 'domains', 'events', 'policies', 'tokens']
      .map(name => `read:${name}:admin`)
      .filter(scope => scope !== missing)
    const started = await start({
      scenario: { ...acme, apiKeys: [{ key: 'scoped', scopes, expiresAt: '200d' }] },
      switches: { unlistedScopes },
      key: 'scoped',
    })
    const { read } = await look(started)
    expect(codesOf(read)).toContain('import/part-unreadable')
    expect(valueOf(read).unread?.map(found => found.part)).toContain(part)
  })

  it('does not go without domains', async () => {
    const scopes = ['orgs', 'accounts', 'directories', 'groups', 'policies'].map(name => `read:${name}:admin`)
    const started = await start({
      scenario: { ...acme, apiKeys: [{ key: 'scoped', scopes, expiresAt: '200d' }] },
      key: 'scoped',
    })
    expect(codesOf((await look(started)).read)).toEqual(['org/missing-scope'])
  })
})

describe('documents of what was seen', () => {
  const served = { switches: { bulkFetchServesNames: true } }
  const twoPlain = {
    scenario: { ...acme, directories: [...(acme.directories ?? []), { name: 'Empty', identityProvider: 'x' }] },
  }

  it.each([
    ['as it is', [], {}],
    ['whose names the API serves', [], served],
    ['whose policies have one name', ['Twins', 'Twins', 'Twins'], served],
    ['whose policies have one name, which nobody serves', ['Twins', 'Twins', 'Twins'], {}],
    ['whose names no document can hold', [' blank', 'x'.repeat(300), 'two\nlines'], served],
    ['whose local directory cannot be told', [], twoPlain],
  ])('leave a plan nothing to do: an organization %s', async (_, names, options) => {
    const started = await startNamed(names, options)
    expect(await leftToDo(started, await written(await seen(started)))).toEqual(nothing)
    // The same with what the console exports show of it.
    await observeFiles(started, policiesFolder, [await exportFile(started, 'members.csv')])
    expect(await leftToDo(started, await written(await seen(started)))).toEqual(nothing)
  })

  it('hold what was attested, under the name of its time', async () => {
    const started = await start()
    const first = await written(await seen(started))
    const statements = [{ address: 'Policy 1c2d7a50', path: 'settings.apiTokens', text: 'allow' }]
    const desired = await desiredOf(started, first)
    valueOf(await attest({ desired, ledger: started.ledger, statements, by: 'alice', now: started.now() }))
    // Then an export tells the real name.
    await observeFiles(started, first, [await exportFile(started, 'members.csv')])
    const sighting = await seen(started)
    expect(sighting.policies[0]).toMatchObject({
      name: { name: 'Local accounts', from: 'export' },
      fields: { 'settings.apiTokens': { state: 'known', value: 'allow' } },
    })
    expect(await leftToDo(started, await written(sighting))).toEqual(nothing)
  })

  it('hold nothing that a token contradicts', async () => {
    const started = await start()
    await started.ledger.update('evidence', () => ({
      facts: ['Local accounts', 'Contractors and break-glass'].map(name => ({
        address: { kind: 'AuthenticationPolicy', name },
        path: 'settings.apiTokens',
        value: 'block',
        from: 'attestation',
        at: started.now().toISOString(),
        by: 'alice',
      })),
    }))
    const names = new Map([
      ['1c2d7a50-6c0b-4d0e-9a4e-2f0b7c1d5e01', 'Local accounts'],
      ['5b0f3f0e-7d0a-4c58-8a55-0d4f6f0f9c02', 'Contractors and break-glass'],
    ])
    const sighting = await seen(started, { names })
    expect(sighting.policies.map(({ fields }) => fields['settings.apiTokens']?.state)).toEqual([
      'stale',
      'known',
      undefined,
    ])
    expect(await leftToDo(started, await written(sighting))).toEqual(nothing)
  })

  it('hold nothing that was attested of a policy that nobody is in any more', async () => {
    const started = await start()
    const { state } = started.simulator
    await started.ledger.update('evidence', () => ({
      facts: [
        {
          address: { kind: 'AuthenticationPolicy', name: 'Local accounts' },
          path: 'settings.apiTokens',
          value: 'allow',
          from: 'attestation',
          at: started.now().toISOString(),
          by: 'alice',
        },
      ],
    }))
    await observeFiles(started, policiesFolder, [await exportFile(started, 'members.csv')])
    const names = new Map([['1c2d7a50-6c0b-4d0e-9a4e-2f0b7c1d5e01', 'Local accounts']])
    const attested = async () =>
      (await seen(started, { names })).policies.filter(({ fields }) => fields['settings.apiTokens']?.state === 'known')
    expect(await attested()).toHaveLength(1)
    const other = state.authenticationPolicies.find(({ name }) => name === 'Contractors and break-glass')
    for (const account of state.accounts.list)
      if (account.policyId === '1c2d7a50-6c0b-4d0e-9a4e-2f0b7c1d5e01') account.policyId = other?.id
    if (other !== undefined) other.name = 'Local accounts'
    await observeFiles(started, policiesFolder, [await exportFile(started, 'members.csv')])
    expect(await attested()).toEqual([])
  })

  it('count evidence for as long as the organization’s documents say', async () => {
    const started = await start()
    await observeFiles(started, policiesFolder, [await exportFile(started, 'members.csv')])
    started.clock.time += 100 * 86_400_000
    const states = async (expiresAfter?: string) =>
      (await seen(started, expiresAfter === undefined ? {} : { expiresAfter })).policies.map(
        ({ fields }) => fields['settings.singleSignOn']?.state,
      )
    expect(await states()).toEqual(['stale', 'stale', 'stale'])
    expect(await states('365d')).toEqual(['known', 'known', 'known'])
    expect(await leftToDo(started, await written(await seen(started, { expiresAfter: '365d' })))).toEqual(nothing)
  })
})
