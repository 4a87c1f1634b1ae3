import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/model/json.ts'
import { accountId, at, codeOf, dataOf, namesOf, start, type Started } from './start.ts'

const search = '/admin/v2/orgs/ORG/directories/-/users/search'
const users = '/admin/v2/orgs/ORG/directories/-/users'

async function emails(started: Started, body: JsonObject): Promise<readonly unknown[]> {
  const reply = await started.call('POST', search, { limit: 100, ...body })
  expect(reply.status).toBe(200)
  return namesOf(reply, 'email')
}

describe('users/search', () => {
  it('finds everybody but apps and portal customers', async () => {
    const started = await start()
    expect(await emails(started, {})).toHaveLength(60)
  })

  it.each<[string, JsonObject, number]>([
    ['managed', { claimStatus: 'managed' }, 50],
    ['unmanaged', { claimStatus: 'unmanaged' }, 10],
    ['two-step on, which says something of managed accounts only', { mfaEnabled: true }, 8],
    ['two-step off', { mfaEnabled: false }, 42],
    ['deactivated', { status: ['deactivated'] }, 2],
    ['inactive', { accountStatus: ['inactive'] }, 2],
    ['suspended', { membershipStatus: ['suspended'] }, 0],
    ['a domain, in any case', { emailDomains: ['ACME.io'] }, 10],
    ['two domains', { emailDomains: ['partner.example', 'agency.example'] }, 8],
    ['exact emails, in any case', { emails: ['GRACE.hopper@acme.com', 'jo@acme.com', 'nobody@acme.com'] }, 2],
    ['a term in names and emails', { searchTerm: 'GRACE' }, 1],
    ['org admins', { roleIds: ['atlassian/org-admin'] }, 3],
    ['users of an app', { resourceIds: ['ari:cloud:confluence::site/3f2a0c1e-0000-4000-8000-000000000001'] }, 51],
    ['an empty list, which filters nothing', { accountIds: [] }, 60],
    ['several filters at once', { claimStatus: 'unmanaged', emailDomains: ['freelance.example'] }, 1],
  ])('finds %s', async (_, body, count) => {
    expect(await emails(await start(), body)).toHaveLength(count)
  })

  it('finds by group and by directory', async () => {
    const started = await start()
    const { groups, directories } = started.simulator.state
    const contractors = groups.find(({ name }) => name === 'contractors')?.id ?? ''
    const staff = directories.find(({ name }) => name === 'Acme staff')?.id ?? ''
    expect(await emails(started, { groupIds: [contractors] })).toHaveLength(9)
    expect(await emails(started, { directoryIds: [staff] })).toHaveLength(38)
    const reply = await started.call('POST', search.replace('/-/', `/${staff}/`), { limit: 100 })
    expect(dataOf(reply)).toHaveLength(38)
    expect(await emails(started, { accountIds: [accountId(started, 'jo@acme.com')] })).toEqual(['jo@acme.com'])
  })

  it.each<[string, JsonObject]>([
    ['searchTerm with emails', { searchTerm: 'a', emails: ['jo@acme.com'] }],
    ['a list that is none', { emails: 'jo@acme.com' }],
    ['an unknown claimStatus', { claimStatus: 'claimed' }],
    ['an unknown expand', { expand: ['secrets'] }],
    ['a limit of 0', { limit: 0 }],
    ['a limit above the maximum', { limit: 101 }],
    ['sorting by anything else', { sortBy: [{ field: 'email', direction: 'asc' }] }],
  ])('refuses %s', async (_, body) => {
    const { call } = await start()
    const reply = await call('POST', search, body)
    expect([reply.status, codeOf(reply)]).toEqual([400, 'ADMIN-400-24'])
  })

  it('serves what was asked for, and members nobody named', async () => {
    const { call } = await start()
    const plain = dataOf(await call('POST', search, { emails: ['alice@acme.com'] }))[0]
    expect(plain).toMatchObject({
      accountType: 'atlassian',
      status: 'active',
      claimStatus: 'managed',
      mfaEnabled: false,
      managementSource: 'synced',
      email: 'alice@acme.com',
      name: 'Alice Moreau',
      deactivatedOn: null,
    })
    for (const member of ['platformRoles', 'groups', 'productAccess', 'counts'])
      expect(plain).not.toHaveProperty(member)
    expect(plain).toHaveProperty('trustSignals')
    const expand = ['platformRoles', 'counts.resources', 'productAccess', 'groups']
    const full = dataOf(await call('POST', search, { emails: ['alice@acme.com'], expand }))[0]
    expect(full).toMatchObject({ platformRoles: ['atlassian/org-admin'], counts: { resources: 2 } })
    expect(at(full, 'groups', 0, 'name')).toBe('staff')
    expect(at(full, 'productAccess', 0, 'key')).toBe('jira')
  })

  it.each([
    ['absent', undefined],
    ['null', null],
    ['false', false],
  ] as const)('serves %s as the two-step flag of an external account', async (externalMfaEnabled, value) => {
    const { call } = await start({ switches: { externalMfaEnabled } })
    expect(dataOf(await call('POST', search, { emails: ['sam@partner.example'] }))[0]?.['mfaEnabled']).toBe(value)
  })
})

describe('other reads of users', () => {
  it('counts with the filters of the search', async () => {
    const { call } = await start()
    expect((await call('GET', `${users}/count`)).body).toEqual({ count: 60 })
    expect((await call('GET', `${users}/count?claimStatus=managed&mfaEnabled=true`)).body).toEqual({ count: 8 })
    expect((await call('GET', `${users}/count?emailDomains=acme.io,partner.example`)).body).toEqual({ count: 15 })
    expect(dataOf(await call('GET', `${users}?limit=100&claimStatus=unmanaged`))).toHaveLength(10)
  })

  it('serves stats, details and roles', async () => {
    const started = await start()
    const alice = accountId(started, 'alice@acme.com')
    expect((await started.call('GET', `${users}/stats`)).body).toMatchObject({
      roles: [{ roleId: 'atlassian/org-admin', count: 3 }],
    })
    expect(at((await started.call('GET', `${users}/${alice}`)).body, 'data', 'email')).toBe('alice@acme.com')
    expect(dataOf(await started.call('GET', `${users}/${alice}/role-assignments`))).toHaveLength(3)
    expect(codeOf(await started.call('GET', `${users}/nobody`))).toBe('ADMIN-404-8')
    expect(codeOf(await started.call('GET', '/admin/v2/orgs/ORG/directories/none/users'))).toBe('ADMIN-404-1')
  })

  it('serves managed accounts in v1, apps and customers among them, without a two-step flag', async () => {
    const { call } = await start()
    const reply = await call('GET', '/admin/v1/orgs/ORG/users')
    expect(reply.body['meta']).toEqual({ total: 52 })
    expect(new Set(namesOf(reply, 'account_type'))).toEqual(new Set(['atlassian', 'app', 'customer']))
    expect(dataOf(reply)[0]).not.toHaveProperty('mfaEnabled')
  })

  it('serves last active dates', async () => {
    const started = await start()
    const dates = async (email: string): Promise<JsonObject> =>
      (await started.call('GET', `/admin/v1/orgs/ORG/directory/users/${accountId(started, email)}/last-active-dates`))
        .body
    expect(at(await dates('ines@agency.example'), 'data', 'product_access', 0, 'last_active')).toBe('2026-04-08')
    expect(at(await dates('yuki@agency.example'), 'data', 'product_access')).toEqual([])
  })
})

describe('changes of users', () => {
  it('suspends and restores, keeping groups', async () => {
    const started = await start()
    const sam = accountId(started, 'sam@partner.example')
    expect((await started.call('POST', `${users}/${sam}/suspend`)).status).toBe(200)
    expect(await emails(started, { status: ['suspended'] })).toEqual(['sam@partner.example'])
    expect((await started.call('POST', `${users}/${sam}/restore`)).status).toBe(200)
    expect(await emails(started, { membershipStatus: ['suspended'] })).toEqual([])
  })

  it('removes: an external account is gone, a managed one stays without a directory', async () => {
    const started = await start()
    await started.call('DELETE', `${users}/${accountId(started, 'sam@partner.example')}`)
    await started.call('DELETE', `${users}/${accountId(started, 'jo@acme.com')}`)
    const found = dataOf(await started.call('POST', search, { emails: ['sam@partner.example', 'jo@acme.com'] }))
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({ email: 'jo@acme.com', status: 'not_invited', membershipStatus: 'no_membership' })
  })

  it('shows org admins up to 30 s late', async () => {
    const started = await start()
    const roles = `/admin/v1/orgs/ORG/users/${accountId(started, 'jo@acme.com')}/role-assignments`
    expect((await started.call('POST', `${roles}/assign`, { role: 'atlassian/org-admin' })).status).toBe(200)
    expect(await emails(started, { roleIds: ['atlassian/org-admin'] })).toHaveLength(3)
    started.clock.time += 30_000
    expect(await emails(started, { roleIds: ['atlassian/org-admin'] })).toHaveLength(4)
    await started.call('POST', `${roles}/revoke`, { role: 'atlassian/org-admin' })
    started.clock.time += 30_000
    expect(await emails(started, { roleIds: ['atlassian/org-admin'] })).toHaveLength(3)
    expect((await started.call('POST', `${roles}/assign`, { role: 'atlassian/site-admin' })).status).toBe(400)
  })

  it('invites, and manages whoever is on a claimed domain', async () => {
    const started = await start()
    const emailsToInvite = ['new@acme.com', 'new@elsewhere.example']
    expect((await started.call('POST', '/admin/v2/orgs/ORG/users/invite', { emails: emailsToInvite })).status).toBe(200)
    const found = dataOf(await started.call('POST', search, { emails: emailsToInvite }))
    expect(found.map(user => user['claimStatus'])).toEqual(['managed', 'unmanaged'])
    const free = await start({ scenario: 'without-guard' })
    expect((await free.call('POST', '/admin/v2/orgs/ORG/users/invite', { emails: ['a@b.example'] })).status).toBe(402)
  })
})
