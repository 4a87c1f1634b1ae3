import { describe, expect, it } from 'vitest'
import { bodyOf, collect, failure, orgId, scriptedClient } from './scripted.ts'

const domain = (name: string) => ({
  id: name,
  type: 'domains',
  attributes: { name, claim: { type: 'dns', status: 'verified' } },
})
const policy = (id: string, type = 'ip-allowlist') => ({ id, type: 'policy', attributes: { type, name: id } })

describe('answers', () => {
  it('users hold what is needed and nothing else', async () => {
    const kept = {
      accountId: 'a1',
      accountType: 'atlassian',
      email: 'jo@acme.com',
      name: 'Jo',
      status: 'active',
      accountStatus: 'active',
      membershipStatus: 'active',
      claimStatus: 'managed',
      mfaEnabled: false,
      platformRoles: ['atlassian/org-admin'],
      addedToOrg: '2024-01-01T00:00:00Z',
    }
    const raw = {
      ...kept,
      picture: 'https://picture',
      productAccess: [
        { key: 'jira', lastActive: '2026-11-01T00:00:00Z' },
        { key: 'confluence', lastActive: '2026-11-03T00:00:00Z' },
      ],
      groups: [{ id: 'g1', name: 'contractors' }],
      invented: { by: 'the vendor' },
    }
    const { client } = scriptedClient([
      { json: { data: [raw, { accountId: 'a2', email: null, mfaEnabled: 'maybe' }] } },
    ])
    expect(await collect(client.users())).toEqual([
      { ...kept, productAccess: ['jira', 'confluence'], groups: ['g1'], lastActive: '2026-11-03T00:00:00Z' },
      { accountId: 'a2' },
    ])
  })

  it('users ask for roles, apps and groups unless told otherwise', async () => {
    const { client, requests } = scriptedClient([{ json: { data: [] } }])
    await collect(client.users())
    expect(bodyOf(requests[0])).toEqual({ expand: ['platformRoles', 'productAccess', 'groups'], limit: 100 })
  })

  it.each([
    ['a user without accountId', { data: [{ email: 'jo@acme.com' }] }],
    ['no data', { users: [] }],
    ['a list without envelope', [{ accountId: 'a' }]],
  ])('%s is unreadable, not an empty list', async (_, json) => {
    const { client } = scriptedClient([{ json }])
    expect(await failure(() => collect(client.users()))).toMatchObject({ code: 'org/unreadable' })
  })

  it('policies of accounts come as a bare list, unknown members and all', async () => {
    const { client, requests } = scriptedClient([
      {
        json: [
          { email: 'jo@acme.com', policyId: 'p1', accountId: 'a1', more: 1 },
          { email: 'al@acme.com', policyId: 'p2', policyName: 'Staff' },
        ],
      },
    ])
    expect(await client.accountPolicies(['a1', 'a2'])).toEqual([
      { accountId: 'a1', email: 'jo@acme.com', policyId: 'p1' },
      { email: 'al@acme.com', policyId: 'p2', policyName: 'Staff' },
    ])
    expect(bodyOf(requests[0])).toEqual({ accountIds: ['a1', 'a2'] })
    expect(await client.accountPolicies([])).toEqual([])
    expect(requests).toHaveLength(1)
  })

  it.each([[{ policies: [] }], [[{ email: 'jo@acme.com' }]], [[{ policyId: 'p1' }]]])(
    'policies of accounts are unreadable as %o',
    async json => {
      const { client } = scriptedClient([{ json }])
      expect(await failure(() => client.accountPolicies(['a1']))).toMatchObject({ code: 'org/unreadable' })
    },
  )

  it('control policies of another type are left out, whatever their rule is', async () => {
    const rule = [{ in: ['203.0.113.0/24'] }]
    const { client } = scriptedClient([
      {
        json: {
          data: [
            {
              id: 'p1',
              attributes: {
                type: 'ip-allowlist',
                name: 'Office',
                status: 'enabled',
                rule,
                resources: [{ id: 'ari:1', applicationStatus: 'applied' }],
              },
            },
            policy('p2', 'hipaa'),
          ],
        },
      },
    ])
    expect(await client.controlPolicies('ip-allowlist')).toEqual([
      {
        id: 'p1',
        type: 'ip-allowlist',
        name: 'Office',
        status: 'enabled',
        rule,
        resources: [{ id: 'ari:1', applicationStatus: 'applied' }],
      },
    ])
  })

  it('domains, directories, groups, keys, actions, activity, numbers', async () => {
    const read = async <T>(json: object, work: (client: ReturnType<typeof scriptedClient>['client']) => Promise<T>) =>
      await work(scriptedClient([{ json: json as never }]).client)
    expect(await read({ data: [domain('acme.com')] }, client => client.domains())).toEqual([
      { id: 'acme.com', name: 'acme.com', claimType: 'dns', claimStatus: 'verified' },
    ])
    expect(
      await read({ data: [{ directoryId: 'd1', name: 'Staff', icon: '' }] }, client => client.directories()),
    ).toEqual([{ directoryId: 'd1', name: 'Staff' }])
    const group = { id: 'g1', name: 'contractors', directoryId: 'd1', externalSynced: true, managedBy: 'external' }
    expect(
      await read({ data: [{ ...group, counts: {} }] }, client => collect(client.groups({ searchTerm: 'con' }))),
    ).toEqual([group])
    expect(
      await read({ data: [{ id: 'k1', name: 'postern', expiresAt: '2027-01-01T00:00:00Z' }] }, client =>
        client.apiKeys(),
      ),
    ).toEqual([{ id: 'k1', label: 'postern', expiresAt: '2027-01-01T00:00:00Z' }])
    expect(
      await read({ data: [{ id: 'user_login', attributes: { displayName: 'Logged in' } }] }, client =>
        client.eventActions(),
      ),
    ).toEqual([{ id: 'user_login', displayName: 'Logged in' }])
    const activity = {
      data: {
        product_access: [
          { id: 'ari:1', key: 'jira', last_active: '2026-11-01', last_active_timestamp: '2026-11-01T10:00:00Z' },
        ],
      },
    }
    expect(await read(activity, client => client.lastActive('a1'))).toEqual({
      products: [{ id: 'ari:1', key: 'jira', lastActive: '2026-11-01T10:00:00Z' }],
      lastActive: '2026-11-01T10:00:00Z',
    })
    expect(await read({ data: { product_access: [] } }, client => client.lastActive('a1'))).toEqual({ products: [] })
    const stats = {
      data: { roles: [{ roleId: 'atlassian/org-admin', count: 2 }], accountStatus: [{ status: 'active', count: 9 }] },
    }
    expect(await read(stats, client => client.userStats())).toEqual({
      roles: { 'atlassian/org-admin': 2 },
      accountStatus: { active: 9 },
    })
    expect(await read({ count: 7 }, client => client.userCount({ claimStatus: 'unmanaged' }))).toBe(7)
    expect(await read({ data: { count: 8 } }, client => client.userCount())).toBe(8)
  })

  it('filters of a count are repeated in the query', async () => {
    const { client, requests } = scriptedClient([{ json: { count: 1 } }])
    await client.userCount({ status: ['active', 'suspended'], mfaEnabled: false, expand: ['groups'] })
    expect(requests[0]?.url).toBe(
      `https://api.atlassian.com/admin/v2/orgs/${orgId}/directories/-/users/count?mfaEnabled=false&status=active&status=suspended`,
    )
  })
})
