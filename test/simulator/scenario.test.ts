import { describe, expect, it } from 'vitest'
import { builtInScenarios, parseScenario, simulate, type Scenario } from '../../src/simulator/index.ts'
import { codeOf, ids, start } from './start.ts'

const organization = { id: 'org-1', name: 'one' }

describe('parseScenario', () => {
  it.each<[unknown, string]>([
    [null, 'the scenario must be an object'],
    [{}, 'organization is missing'],
    [{ organization: { id: 'x' } }, 'organization.name is missing'],
    [{ organization, policies: [] }, 'policies is unknown'],
    [{ organization, accounts: [{ email: 'nobody' }] }, 'accounts[0].email must be an email address'],
    [{ organization, accounts: [{ email: 'a@b.c', lastActive: 'long ago' }] }, 'accounts[0].lastActive must be a time'],
    [{ organization, accounts: [{ email: 'a@b.c' }, { email: 'A@B.c' }] }, 'accounts[1].email repeats a@b.c'],
    [
      { organization, accounts: [{ email: 'a@b.c', policy: 'x' }] },
      'accounts[0].policy names no authentication policy: x',
    ],
    [{ organization, accounts: [{ email: 'a@b.c', groups: ['x'] }] }, 'accounts[0].groups[0] names no group: x'],
    [
      { organization, domains: [{ name: 'a', claim: { status: 'yes' } }] },
      'domains[0].claim.status must be one of verified',
    ],
    [{ organization, directories: [{ name: 'a' }, { name: 'b' }] }, 'directories hold more than one'],
    [
      { organization, authenticationPolicies: [{ name: 'a', directory: 'x' }] },
      'authenticationPolicies[0].directory names no',
    ],
    [
      { organization, authenticationPolicies: [{ name: 'a', settings: { idleSession: '8 hours' } }] },
      'authenticationPolicies[0].settings.idleSession must be a duration',
    ],
    [
      {
        organization,
        authenticationPolicies: [
          { name: 'a', default: true },
          { name: 'b', default: true },
        ],
      },
      'authenticationPolicies[1].default repeats',
    ],
    [{ organization, guard: false, authenticationPolicies: [{ name: 'a' }, { name: 'b' }] }, 'can be one only'],
    [{ organization, apiKeys: [{ owner: 'a@b.c' }] }, 'apiKeys[0].owner names no account'],
    [{ organization, ipAllowlists: [{ name: 'a', rule: [] }] }, 'ipAllowlists[0].rule must be an object'],
  ])('%j: %s', (scenario, message) => {
    expect(() => parseScenario(scenario)).toThrow(message)
  })

  it.each([...builtInScenarios])('takes the built-in %s as JSON', (_, scenario) => {
    expect(parseScenario(JSON.parse(JSON.stringify(scenario)))).toEqual(scenario)
  })

  it('refuses a name that there is not', async () => {
    await expect(simulate({ scenario: 'globex' })).rejects.toThrow('there are acme, without-guard')
  })
})

describe('a small scenario', () => {
  it('fills in what is left out', async () => {
    const scenario: Scenario = {
      organization,
      domains: [{ name: 'One.example' }],
      directories: [{ name: 'staff', identityProvider: 'okta' }],
      accounts: [{ email: 'ada@one.example' }, { email: 'guest@two.example' }],
    }
    const { simulator } = await start({ scenario })
    const { directories, authenticationPolicies, accounts } = simulator.state
    expect(directories.map(({ name }) => name)).toEqual(['Local directory', 'staff'])
    expect(authenticationPolicies.every(policy => policy.default)).toBe(true)
    expect(accounts.list.map(({ managed, policyId }) => [managed, policyId])).toEqual([
      [true, authenticationPolicies[0]?.id],
      [false, undefined],
    ])
  })
})

describe('acme', () => {
  it('is the organization that the policy folder governs', async () => {
    const { simulator } = await start()
    const { accounts, authenticationPolicies, externalUserPolicies } = simulator.state
    expect(simulator.organizationId).toBe('96c9b91d-3eab-41b4-9d9c-09eb84db70cf')
    const members = (id: string): number => accounts.list.filter(({ policyId }) => policyId === id).length
    expect([members(ids.staff), members(ids.contractors), members(ids.local)]).toEqual([38, 6, 6])
    expect(authenticationPolicies.map(policy => [policy.name, policy.default, policy.billable])).toEqual([
      ['Staff behind Okta', true, true],
      ['Contractors and break-glass', false, true],
      ['Local accounts', true, false],
    ])
    expect(authenticationPolicies[0]?.settings).toEqual({
      singleSignOn: 'enforced',
      identityProvider: 'okta',
      twoStepVerification: 'identity-provider',
      password: { minimumStrength: 'strong', expiresAfter: 'never' },
      idleSession: '30d',
      sessionExpiration: 'off',
      apiTokens: 'allow',
      apiTokenExpiration: '365d',
      thirdPartyLogin: 'allow',
    })
    expect(externalUserPolicies.external.settings).toEqual({
      authorizationMethod: 'none',
      sessionDuration: '30d',
      apiTokens: 'allow',
      billable: true,
    })
    const admins = accounts.list.filter(({ platformRoles }) => platformRoles.includes('atlassian/org-admin'))
    expect(admins.map(({ email }) => email)).toEqual(['alice@acme.com', 'bob@acme.com', 'root@acme.com'])
    expect(accounts.list.filter(({ managed }) => !managed)).toHaveLength(10)
  })
})

describe('determinism', () => {
  const bytes = async (seed: number): Promise<string> => {
    const { call } = await start({ seed, accounts: 300 })
    await call('GET', '/admin/nope')
    const search = await call('POST', '/admin/v2/orgs/ORG/directories/-/users/search', { limit: 100 })
    return JSON.stringify([search.raw, (await call('PUT', '/admin/v1/orgs/ORG')).raw])
  }

  it('makes the same bytes of the same seed, and others of another', async () => {
    expect(await bytes(7)).toBe(await bytes(7))
    expect(await bytes(7)).not.toBe(await bytes(8))
  })

  it('starts over after a reset', async () => {
    const { simulator, call, page } = await start()
    await page('POST', '/external-users/external', { apiTokens: 'block' })
    simulator.fault({ then: { status: 500 } })
    await call('GET', '/admin/v1/orgs')
    simulator.reset()
    expect(simulator.state.externalUserPolicies.external.settings.apiTokens).toBe('allow')
    expect(simulator.requests).toEqual([])
    expect((await call('GET', '/admin/v1/orgs')).status).toBe(200)
  })
})

describe('recorded requests', () => {
  it('hold what was sent, but never the key', async () => {
    const { simulator, call } = await start()
    await call('GET', '/admin/v1/orgs/ORG/events?actor=a&actor=b')
    await call('POST', '/admin/v2/orgs/ORG/directories/-/users/search', { limit: 0 })
    expect(simulator.requests.map(({ query, body, status }) => [query, body, status])).toEqual([
      [{ actor: ['a', 'b'] }, undefined, 200],
      [{}, { limit: 0 }, 400],
    ])
    expect(JSON.stringify(simulator.requests)).not.toContain(simulator.apiKey)
  })

  it('take a body that is no JSON', async () => {
    const { simulator } = await start()
    const response = await simulator.fetch(`/admin/v2/orgs/${simulator.organizationId}/directories/-/users/search`, {
      method: 'POST',
      headers: { authorization: `Bearer ${simulator.apiKey}` },
      body: '{"limit": ',
    })
    const body = (await response.json()) as never
    expect(codeOf({ status: 400, body, raw: body, headers: response.headers })).toBe('ADMIN-400-24')
    expect(simulator.requests[0]?.body).toBe('{"limit": ')
  })
})
