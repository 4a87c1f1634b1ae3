import { describe, expect, it } from 'vitest'
import type { FaultRule } from '../../src/simulator/index.ts'
import {
  codesOf,
  exists,
  nothingRecorded,
  policiesFolder,
  scenarioNamed,
  policyFolder,
  start,
  valueOf,
  writesOf,
  type Started,
  type StartOptions,
} from './start.ts'

const acme = scenarioNamed('acme')
const always = (then: FaultRule['then']): FaultRule => ({ then })

interface Failure {
  readonly options?: StartOptions
  readonly prepare?: (started: Started) => void
  readonly code: string
}

const failures: Readonly<Record<string, Failure>> = {
  'a wrong key': { options: { key: 'not-a-key' }, code: 'org/key-refused' },
  'an empty key': { options: { key: ' ' }, code: 'org/no-key' },
  'a key that cannot stand in a header': { options: { key: 'kéy' }, code: 'org/bad-key' },
  'an expired key': {
    prepare: ({ simulator, clock }) => {
      for (const key of simulator.state.apiKeys) key.expiresAt = clock.time - 1
    },
    code: 'org/key-refused',
  },
  'a revoked key': {
    prepare: ({ simulator }) => {
      for (const key of simulator.state.apiKeys) key.revoked = true
    },
    code: 'org/key-refused',
  },
  'a key of another organization': {
    options: { scenario: { ...acme, organization: { id: 'ffffffff-0000-4000-8000-000000000000', name: 'other' } } },
    code: 'org/other-organization',
  },
  'a key of another organization, where that answers 403': {
    options: {
      scenario: { ...acme, organization: { id: 'ffffffff-0000-4000-8000-000000000000', name: 'other' } },
      switches: { unknownOrganizationStatus: 403 },
    },
    code: 'org/other-organization',
  },
  'a key without a scope': {
    options: {
      key: 'scoped',
      scenario: { ...acme, apiKeys: [...(acme.apiKeys ?? []), { key: 'scoped', scopes: ['read:domains:admin'] }] },
    },
    code: 'org/missing-scope',
  },
  'a key whose owner is no admin any more': {
    options: { switches: { ownerMustBeOrgAdmin: true } },
    code: 'org/forbidden',
  },
  'no network': { prepare: ({ simulator }) => simulator.fault(always({ reset: true })), code: 'org/unreachable' },
  'answers that never come whole': {
    prepare: ({ simulator }) => simulator.fault(always({ lost: true })),
    code: 'org/unreachable',
  },
  'errors of the server without end': {
    prepare: ({ simulator }) => simulator.fault(always({ status: 500 })),
    code: 'org/server-error',
  },
  'a rate limit that outlasts all patience': {
    prepare: ({ simulator }) => simulator.fault(always({ status: 429, headers: { 'Retry-After': '3600' } })),
    code: 'org/rate-limited',
  },
  'a rate limit that never ends': {
    prepare: ({ simulator }) => simulator.fault(always({ status: 429, headers: { 'Retry-After': '60' } })),
    code: 'org/rate-limited',
  },
  'a web page in place of an answer': {
    prepare: ({ simulator }) => simulator.fault(always({ status: 200, body: 'please sign in' })),
    code: 'org/unreadable',
  },
}

/** Plans where all is well, then lets things go wrong. */
async function failing({ options = {}, prepare }: Failure): Promise<Started> {
  const started = await start(options)
  prepare?.(started)
  return started
}

describe.each(Object.entries(failures))('%s', (_, failure) => {
  it('fails the plan with one explanation, and nothing is written', async () => {
    const started = await failing(failure)
    const made = await started.plan(policiesFolder)
    expect([made.ok, codesOf(made)]).toEqual([false, [failure.code]])
    expect(writesOf(started.simulator)).toEqual([])
    expect(await exists(started.ledgerFolder)).toBe(false)
  })

  it('fails the apply of a plan that was made before, and nothing is sent or recorded', async () => {
    const plan = valueOf(await (await start()).plan(policiesFolder))
    const started = await failing(failure)
    const applied = await started.apply(plan, { recheck: true })
    expect([applied.ok, codesOf(applied)]).toEqual([false, [failure.code]])
    expect(writesOf(started.simulator)).toEqual([])
    expect(await nothingRecorded(started)).toBe(true)
  })
})

describe('a part that cannot be read fails the whole: a partial answer is never compared', () => {
  it.each([
    ['the accounts', 'users/search'],
    ['a later page of the accounts', 'users/search', 2],
    ['the policies of the accounts', 'bulk-fetch'],
    ['the groups', 'groups/search'],
    ['the domains', '/domains'],
    ['the allowlists', '/policies'],
    ['the resources of an allowlist', '/resources'],
  ])('%s', async (_, path, nth?: number) => {
    const started = await start({ accounts: 400 })
    started.simulator.fault({ match: { path, ...(nth !== undefined && { nth }) }, times: 1000, then: { status: 500 } })
    const made = await started.plan(policiesFolder)
    expect([made.ok, codesOf(made)]).toEqual([false, ['org/server-error']])
  })

  it('an allowlist API that is off is no empty list', async () => {
    const started = await start()
    started.simulator.fault({ match: { path: '/policies' }, then: { status: 404, body: { errors: [] } } })
    expect(codesOf(await started.plan(policiesFolder))).toEqual(['org/feature-off'])
  })
})

describe('what passes', () => {
  it.each<readonly [string, FaultRule]>([
    [
      'a 429 with Retry-After',
      { match: { path: 'users/search' }, times: 2, then: { status: 429, headers: { 'Retry-After': '30' } } },
    ],
    ['a 500', { match: { path: 'bulk-fetch' }, times: 2, then: { status: 500 } }],
    ['a broken connection', { match: { path: '/domains' }, times: 2, then: { reset: true } }],
    ['a lost answer of a read', { match: { path: '/policies' }, times: 1, then: { lost: true } }],
    ['members and types that nobody has heard of', { then: { vendor: true } }],
  ])('%s: the plan is the same', async (_, rule) => {
    const calm = valueOf(await (await start()).plan(policiesFolder))
    const started = await start()
    started.simulator.fault(rule)
    const plan = valueOf(await started.plan(policiesFolder))
    expect(plan.digest).toBe(calm.digest)
    expect(plan.requests.reads).toBe(started.simulator.requests.length)
  })

  it('Retry-After is waited in full', async () => {
    const started = await start()
    const before = started.clock.time
    started.simulator.fault({
      match: { path: 'users/search' },
      times: 1,
      then: { status: 429, headers: { 'Retry-After': '40' } },
    })
    valueOf(await started.plan(policiesFolder))
    expect(started.clock.time - before).toBeGreaterThanOrEqual(40_000)
  })

  it('members that nobody has heard of survive an apply', async () => {
    const started = await start()
    started.simulator.fault({ then: { vendor: true } })
    const plan = valueOf(await started.plan(policiesFolder))
    expect(codesOf(await started.apply(plan, { recheck: true }))).toEqual([])
  })
})

describe('an organization without Guard', () => {
  const scenario = scenarioNamed('without-guard')
  const organization = `kind: Organization\nname: workshop\nid: ${scenario.organization.id}\ndomains: [workshop.example]\n`
  const one =
    'kind: AuthenticationPolicy\nname: Default policy\nid: 7f6a2d10-3c48-4e0d-9a0e-5b1f2c3d4e01\ndirectory: local\ndefault: true\nsettings: { twoStepVerification: mandatory }\nmembers: { everyoneElse: true }\n'
  const planned = async (...documents: readonly string[]) => {
    const started = await start({ scenario: 'without-guard' })
    return {
      started,
      made: await started.plan(await policyFolder({ 'a.yaml': [organization, ...documents].join('---\n') })),
    }
  }

  it('is planned where one policy is declared', async () => {
    const { made } = await planned(one)
    expect(valueOf(made).steps.map(({ id }) => id)).toEqual(['console/confirm/AuthenticationPolicy/Default policy'])
  })

  it.each([
    ['a second policy', 'kind: AuthenticationPolicy\nname: Another\ndirectory: local\nmembers: { groups: [makers] }\n'],
    ['an external user policy', 'kind: ExternalUserPolicy\nname: external\nsettings: { apiTokens: block }\n'],
  ])('is told that %s needs it', async (_, document) => {
    const { started, made } = await planned(one, document)
    expect([made.ok, codesOf(made)]).toEqual([false, expect.arrayContaining(['org/without-guard'])])
    expect(writesOf(started.simulator)).toEqual([])
  })
})
