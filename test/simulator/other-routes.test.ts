import { describe, expect, it } from 'vitest'
import type { Json } from '../../src/model/json.ts'
import { accountId, at, codeOf, dataOf, ids, namesOf, start, textAt } from './start.ts'

const groups = '/admin/v2/orgs/ORG/directories/-/groups'
const access = '/admin/api-access/v1/orgs/ORG'

describe('groups', () => {
  it.each<[string, Json, readonly string[]]>([
    ['all', {}, ['contractors', 'staff']],
    ['by term', { searchTerm: 'CONTR' }, ['contractors']],
    ['by name', { groupNames: ['Staff'] }, ['staff']],
    ['by id', { groupIds: ['none'] }, []],
  ])('are found: %s', async (_, body, names) => {
    const { call } = await start()
    expect(namesOf(await call('POST', `${groups}/search`, body), 'name')).toEqual(names)
  })

  it('count their members where asked', async () => {
    const { call } = await start()
    const reply = await call('POST', `${groups}/search`, { expand: ['counts.users'] })
    expect(namesOf(reply, 'counts')).toEqual([
      { resources: 0, users: 9 },
      { resources: 0, users: 38 },
    ])
    expect(dataOf(reply)[1]).toMatchObject({ externalSynced: true, managedBy: 'external' })
    expect(codeOf(await call('POST', `${groups}/search`, { groupNames: ['a'], searchTerm: 'a' }))).toBe('ADMIN-400-24')
  })

  it('take members, unless an identity provider keeps them', async () => {
    const started = await start()
    const byName = new Map(started.simulator.state.groups.map(({ id, name }) => [name, id]))
    const ci = accountId(started, 'ci@acme.com')
    const members = (name: string): string => `${groups}/${byName.get(name) ?? ''}/memberships`
    expect((await started.call('POST', members('contractors'), { accountId: ci })).status).toBe(200)
    expect(started.simulator.state.accounts.byId.get(ci)?.groups).toEqual([byName.get('contractors')])
    expect((await started.call('DELETE', `${members('contractors')}/${ci}`)).status).toBe(200)
    expect(started.simulator.state.accounts.byId.get(ci)?.groups).toEqual([])
    expect(codeOf(await started.call('POST', members('staff'), { accountId: ci }))).toBe('ADMIN-403-5')
    const alice = accountId(started, 'alice@acme.com')
    expect(codeOf(await started.call('POST', members('contractors'), { accountId: alice }))).toBe('ADMIN-400-4')
    expect(codeOf(await started.call('DELETE', members('contractors').replace('/memberships', '')))).toBe('ADMIN-409-5')
  })

  it('are made, given roles and deleted', async () => {
    const { call } = await start()
    const made = await call('POST', groups, { name: 'auditors' })
    const path = `${groups}/${textAt(made.body, 'data', 'id')}`
    expect(codeOf(await call('POST', groups, { name: 'auditors' }))).toBe('ADMIN-409-28')
    const role = { resourceId: 'ari:cloud:jira::site/1', roleId: 'atlassian/user' }
    expect((await call('POST', `${path}/role-assignments/assign`, role)).status).toBe(202)
    expect(dataOf(await call('GET', `${path}/role-assignments`))).toHaveLength(1)
    await call('POST', `${path}/role-assignments/revoke`, role)
    expect(dataOf(await call('GET', `${path}/role-assignments`))).toHaveLength(0)
    expect((await call('DELETE', path)).status).toBe(200)
    expect(codeOf(await call('GET', path))).toBe('ADMIN-404-10')
  })
})

describe('directories, domains and apps', () => {
  it('say neither which directory is local nor more than the claim of a domain', async () => {
    const started = await start()
    const directories = await started.call('GET', '/admin/v2/orgs/ORG/directories')
    expect(namesOf(directories, 'name')).toEqual(['Local directory', 'Acme staff'])
    expect(Object.keys(dataOf(directories)[0] ?? {})).toEqual(['directoryId', 'name', 'icon'])
    const alice = accountId(started, 'alice@acme.com')
    const own = await started.call('GET', `/admin/v2/orgs/ORG/directories?accountId=${alice}`)
    expect(namesOf(own, 'name')).toEqual(['Acme staff'])
    const domains = await started.call('GET', '/admin/v1/orgs/ORG/domains')
    expect(namesOf(domains, 'attributes')).toEqual([
      { name: 'acme.com', claim: { type: 'dns', status: 'verified' } },
      { name: 'acme.io', claim: { type: 'dns', status: 'verified' } },
    ])
    const one = await started.call('GET', `/admin/v1/orgs/ORG/domains/${textAt(dataOf(domains)[0], 'id')}`)
    expect(at(one.body, 'data', 'attributes', 'name')).toBe('acme.com')
    expect(codeOf(await started.call('GET', '/admin/v1/orgs/ORG/domains/none'))).toBe('ADMIN-404-3')
  })

  it('lists apps and who may join them', async () => {
    const { call } = await start()
    const apps = await call('POST', '/admin/v2/orgs/ORG/workspaces')
    expect(namesOf(apps, 'id')[0]).toBe('ari:cloud:jira::site/3f2a0c1e-0000-4000-8000-000000000001')
    const domains = await call('GET', '/admin/v2/orgs/ORG/app-access-settings/domains')
    expect(namesOf(domains, 'domain')).toEqual(['ANYONE'])
  })
})

describe('user management', () => {
  it('hints at SAML and SCIM', async () => {
    const started = await start()
    const manage = async (email: string): Promise<Json> =>
      (await started.call('GET', `/users/${accountId(started, email)}/manage?privileges=email.set,profile.read`)).raw
    expect(await manage('alice@acme.com')).toEqual({
      'email.set': { allowed: false, reason: { key: 'externalDirectory.scim' } },
      'profile.read': { allowed: true },
    })
    expect(await manage('jo@acme.com')).toEqual({ 'email.set': { allowed: true }, 'profile.read': { allowed: true } })
  })

  it('manages managed accounts only', async () => {
    const started = await start()
    const reply = await started.call('GET', `/users/${accountId(started, 'sam@partner.example')}/manage/profile`)
    expect([reply.status, at(reply.body, 'reason', 'key')]).toEqual([403, 'managedAccount'])
  })

  it('changes profile, email and lifecycle', async () => {
    const started = await start()
    const path = `/users/${accountId(started, 'jo@acme.com')}/manage`
    const profile = await started.call('PATCH', `${path}/profile`, { name: 'Jo L' })
    expect(at(profile.body, 'account', 'name')).toBe('Jo L')
    expect(at(profile.body, 'account')).not.toHaveProperty('mfaEnabled')
    expect((await started.call('PUT', `${path}/email`, { email: 'jo.l@acme.com' })).status).toBe(204)
    expect(accountId(started, 'JO.L@acme.com')).toBe(path.split('/')[2])
    expect((await started.call('PUT', `${path}/email`, { email: 'alice@acme.com' })).status).toBe(409)
    const account = started.simulator.state.accounts.byEmail.get('jo.l@acme.com')
    for (const [step, status, doomed] of [
      ['disable', 'inactive', false],
      ['enable', 'active', false],
      ['delete', 'active', true],
      ['cancel-delete', 'active', false],
    ] as const) {
      expect((await started.call('POST', `${path}/lifecycle/${step}`)).status).toBe(204)
      expect([account?.accountStatus, account?.deletionOn !== undefined]).toEqual([status, doomed])
    }
  })

  it('lists and revokes the tokens of a user', async () => {
    const started = await start()
    const path = `/users/${accountId(started, 'tara.quinn@acme.com')}/manage/api-tokens`
    const tokens = (await started.call('GET', path)).raw
    expect(tokens).toMatchObject([{ label: 'dashboards', expiry: '2027-01-08T08:00:00.000Z' }])
    expect((await started.call('DELETE', `${path}/${textAt(tokens, 0, 'id')}`)).status).toBe(204)
    expect((await started.call('GET', path)).raw).toEqual([])
    expect((await started.call('DELETE', `${path}/none`)).status).toBe(404)
  })
})

describe('API access', () => {
  it.each([
    [true, 'BLOCKED'],
    [false, 'ALLOWED'],
  ])('echoes the token setting of the policies by switch: %s', async (tokensFollowPolicy, blocked) => {
    const started = await start({ switches: { tokensFollowPolicy } })
    const statusOf = async (email: string): Promise<unknown> => {
      const tokens = dataOf(await started.call('GET', `${access}/api-tokens`))
      return tokens.find(token => at(token, 'user', 'id') === accountId(started, email))?.['status']
    }
    expect(await statusOf('quinn.daly@acme.com')).toBe('ALLOWED')
    await started.page('POST', `/authentication-policies/${ids.local}`, { apiTokens: 'block' })
    expect(await statusOf('quinn.daly@acme.com')).toBe(blocked)
    await started.page('POST', '/external-users/external', { apiTokens: 'block' })
    expect(await statusOf('bot@partner.example')).toBe('ALLOWED')
    started.clock.time += 600_000
    expect(await statusOf('bot@partner.example')).toBe(blocked)
  })

  it('counts and revokes tokens', async () => {
    const { call } = await start()
    expect((await call('GET', `${access}/api-tokens/count`)).body).toEqual({ count: 6 })
    const first = dataOf(await call('GET', `${access}/api-tokens`))[0]
    expect((await call('DELETE', `${access}/api-tokens`, { ids: [first?.['id'] ?? ''] })).status).toBe(204)
    expect((await call('GET', `${access}/api-tokens/count`)).body).toEqual({ count: 5 })
    expect((await call('POST', `${access}/service-accounts/count`)).body).toEqual({ count: 0 })
  })

  it('lists keys without their values, and revokes them', async () => {
    const started = await start()
    const reply = await started.call('GET', `${access}/api-keys`)
    expect(dataOf(reply)).toMatchObject([
      {
        label: 'postern',
        expiresAt: new Date(started.clock.time + 200 * 86_400_000).toISOString(),
        createdBy: { id: accountId(started, 'ci@acme.com') },
      },
    ])
    expect(JSON.stringify(reply.raw)).not.toContain(started.simulator.apiKey)
    expect((await started.call('GET', `${access}/api-keys/count`)).body).toEqual({ count: 1 })
    const path = `${access}/api-keys/revoke/${textAt(dataOf(reply)[0], 'id')}`
    expect((await started.call('PATCH', path)).status).toBe(204)
    expect((await started.call('GET', '/admin/v1/orgs')).status).toBe(401)
  })
})
