import { describe, expect, it } from 'vitest'
import { routes } from '../../src/simulator/routes/index.ts'
import type { Scenario } from '../../src/simulator/index.ts'
import { at, codeOf, start } from './start.ts'

const retired = new Set(['/admin/v1/orgs/:orgId/users/search', '/admin/v1/orgs/:orgId/users/invite'])

const scenario: Scenario = {
  organization: { id: 'org-1', name: 'one' },
  otherOrganizations: [{ id: 'org-2', name: 'two' }],
  accounts: [
    { email: 'ada@one.example', managed: true, platformRoles: ['atlassian/org-admin'] },
    { email: 'gone@one.example', managed: true, accountStatus: 'inactive' },
  ],
  apiKeys: [
    { key: 'main' },
    { key: 'expired', expiresAt: '2026-11-24T07:59:59Z' },
    { key: 'revoked', revoked: true },
    { key: 'orphan', owner: 'gone@one.example' },
    { key: 'no-scopes-at-all', scopes: [] },
    { key: 'orgs-only', scopes: ['read:orgs:admin'] },
    ...[...new Set(routes.flatMap(({ scope }) => scope ?? []))].map(scope => ({
      key: `key/${scope}`,
      scopes: [scope],
    })),
  ],
}

describe('keys', () => {
  it.each([
    ['main', 200],
    ['expired', 401],
    ['revoked', 401],
    ['orphan', 401],
    ['never-made', 401],
    ['orgs-only', 200],
    ['no-scopes-at-all', 403],
  ])('%s → %i', async (key, status) => {
    const { call } = await start({ scenario })
    expect((await call('GET', '/admin/v1/orgs', undefined, key)).status).toBe(status)
  })

  it('asks for a Bearer header', async () => {
    const { simulator } = await start({ scenario })
    expect((await simulator.fetch('/admin/v1/orgs', { headers: { authorization: 'Basic bWFpbg==' } })).status).toBe(401)
    expect((await simulator.fetch('/admin/v1/orgs')).status).toBe(401)
  })

  it('expires by the clock', async () => {
    const { call, clock } = await start()
    expect((await call('GET', '/admin/v1/orgs')).status).toBe(200)
    clock.time += 200 * 86_400_000
    expect((await call('GET', '/admin/v1/orgs')).status).toBe(401)
  })

  it('takes the value of the caller for the key without scopes', async () => {
    const { simulator, call } = await start({ apiKey: 'mine' })
    expect(simulator.apiKey).toBe('mine')
    expect((await call('GET', '/admin/v1/orgs', undefined, 'mine')).status).toBe(200)
  })

  it('dies with its owner’s admin role by switch', async () => {
    const { call } = await start({ switches: { ownerMustBeOrgAdmin: true } })
    expect(codeOf(await call('GET', '/admin/v1/orgs'))).toBe('ADMIN-403-3')
  })
})

describe('scopes', () => {
  const scoped = routes.filter(({ scope }) => scope !== undefined)

  it.each(scoped)('$method $path wants $scope', async route => {
    const { call } = await start({ scenario, rateLimits: 'off' })
    const path = route.path.replace(':orgId', 'org-1').replaceAll(/:\w+/g, 'some')
    const refused = await call(route.method, path, route.method === 'GET' ? undefined : {}, 'no-scopes-at-all')
    expect(refused.status).toBe(403)
    expect(refused.body['acceptableScopes']).toEqual([route.scope])
    const passed = await call(route.method, path, route.method === 'GET' ? undefined : {}, `key/${route.scope ?? ''}`)
    expect(passed.body['acceptableScopes']).toBeUndefined()
    expect(passed.status).not.toBe(401)
  })

  it.each(routes.filter(({ unscopedOnly }) => unscopedOnly))('$method $path takes no scoped key', async route => {
    const { call } = await start({ scenario })
    const path = route.path.replaceAll(/:\w+/g, 'some')
    const refused = await call(route.method, path, undefined, 'orgs-only')
    expect([refused.status, refused.body['acceptableScopes']]).toEqual([403, ['manage:org']])
    expect((await call(route.method, path)).status).toBe(404)
  })

  it.each([
    ['none', 200],
    ['required', 403],
  ] as const)('unlisted scopes %s → %i', async (unlistedScopes, status) => {
    const { call } = await start({ scenario, switches: { unlistedScopes } })
    const path = '/admin/v2/orgs/org-1/directories/-/users/search'
    expect((await call('POST', path, {}, 'no-scopes-at-all')).status).toBe(status)
  })
})

describe('organizations', () => {
  it.each([
    ['/admin/v1/orgs/org-1', 200, undefined],
    ['/admin/v1/orgs/org-2', 200, undefined],
    ['/admin/v1/orgs/org-2/domains', 403, 'ADMIN-403-3'],
    ['/admin/v1/orgs/org-3', 404, 'ADMIN-404-2'],
    ['/admin/v1/orgs/org-3/domains', 404, 'ADMIN-404-2'],
  ])('%s → %i %s', async (path, status, code) => {
    const { call } = await start({ scenario })
    const reply = await call('GET', path)
    expect([reply.status, codeOf(reply)]).toEqual([status, code])
  })

  it('hides unknown organizations behind 403 by switch', async () => {
    const { call } = await start({ scenario, switches: { unknownOrganizationStatus: 403 } })
    expect(codeOf(await call('GET', '/admin/v1/orgs/org-3'))).toBe('ADMIN-403-3')
  })

  it('lists those of the key', async () => {
    const { call } = await start({ scenario })
    const { body } = await call('GET', '/admin/v1/orgs')
    expect(at(body, 'data', 0, 'attributes', 'name')).toBe('one')
    expect(at(body, 'data', 1, 'attributes', 'name')).toBe('two')
  })
})

describe('paths', () => {
  it.each([
    ['GET', '/admin/v1/organizations', 404],
    ['GET', '/admin/control/v3/orgs/ORG/policies', 404],
    ['GET', '/somewhere', 404],
    ['PUT', '/admin/v1/orgs/ORG', 405],
    ['GET', '/admin/v2/orgs/ORG/directories/-/users/search', 404],
  ])('%s %s → %i', async (method, path, status) => {
    const { call } = await start()
    expect((await call(method, path)).status).toBe(status)
  })

  it('answers a wrong path like the gateway', async () => {
    const { call } = await start()
    expect((await call('GET', '/admin/nope')).body).toEqual({ code: 404, message: 'Request failed to match any route' })
  })

  it.each([404, 410] as const)('answers %i where v1 was removed', async retiredRoutesStatus => {
    const { call } = await start({ switches: { retiredRoutesStatus } })
    for (const path of retired)
      expect((await call('POST', path.replace(':orgId', 'ORG'), {})).status).toBe(retiredRoutesStatus)
  })

  it('has every operation once', () => {
    const names = routes.map(({ method, path }) => `${method} ${path}`)
    expect(new Set(names).size).toBe(names.length)
  })
})
