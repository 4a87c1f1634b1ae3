import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../src/model/json.ts'
import type { Scenario } from '../../src/simulator/index.ts'
import { at, codeOf, dataOf, start, type Started } from './start.ts'

const many = Array.from({ length: 120 }, (_, index) => index)

const scenario: Scenario = {
  organization: { id: 'org-1', name: 'one' },
  otherOrganizations: many.map(index => ({ id: `other-${index}`, name: `other ${index}` })),
  domains: many.map(index => ({ name: `d${index}.example` })),
  directories: many.map(index => ({ name: `directory ${index}`, identityProvider: `idp ${index}` })),
  groups: many.map(index => ({ name: `group ${index}` })),
  accounts: many.map(index => ({ email: `user${index}@d0.example`, tokens: [{ label: 'a' }] })),
  ipAllowlists: many.map(index => ({ name: `list ${index}`, rule: { in: [] } })),
  sites: many.map(index => ({ id: `ari:cloud:jira::site/${index}`, name: `site ${index}` })),
}

type Next = (body: JsonObject) => string | undefined

const textOf = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined)
const token: Next = body => textOf(at(body, 'links', 'next'))
const meta: Next = body => textOf(at(body, 'meta', 'next'))

/** Follows a listing to its end and returns every item with the number of calls. */
async function follow(
  { call, simulator }: Started,
  { method, path, next, body }: { method: 'GET' | 'POST'; path: string; next: Next; body?: JsonObject },
): Promise<{ items: readonly JsonObject[]; pages: number }> {
  const items: JsonObject[] = []
  let cursor: string | undefined
  for (let pages = 1; ; pages++) {
    const url = cursor?.startsWith('http') ? cursor.replace(simulator.url, '') : undefined
    const separator = path.includes('?') ? '&' : '?'
    const query = method === 'GET' && cursor !== undefined ? `${separator}cursor=${cursor}` : ''
    const sent = method === 'POST' ? { ...body, ...(cursor !== undefined && { cursor }) } : undefined
    const reply = await call(method, url ?? `${path}${query}`, sent)
    expect(reply.status).toBe(200)
    items.push(...dataOf(reply))
    cursor = next(reply.body)
    if (cursor === undefined) return { items, pages }
  }
}

describe('listings come whole, in pages', () => {
  it.each([
    ['v1: a URL', 'GET', '/admin/v1/orgs', token, 121, 2],
    ['v1: a URL', 'GET', '/admin/v1/orgs/org-1/domains', token, 120, 2],
    ['v1: a URL', 'GET', '/admin/v1/orgs/org-1/users', token, 120, 2],
    ['v2: a token', 'GET', '/admin/v2/orgs/org-1/directories', token, 121, 3],
    ['v2: a token', 'GET', '/admin/v2/orgs/org-1/directories/-/users?limit=100', token, 120, 2],
    ['v2: a token', 'POST', '/admin/v2/orgs/org-1/directories/-/users/search', token, 120, 3],
    ['v2: a token', 'GET', '/admin/v2/orgs/org-1/directories/-/groups?limit=100', token, 120, 2],
    ['v2: a token', 'POST', '/admin/v2/orgs/org-1/directories/-/groups/search', token, 120, 6],
    ['v2: a token', 'POST', '/admin/v2/orgs/org-1/workspaces', token, 120, 3],
    ['api-access: a token', 'GET', '/admin/api-access/v1/orgs/org-1/api-tokens?pageSize=50', token, 120, 3],
    ['control: meta.next', 'GET', '/admin/control/v1/orgs/org-1/policies?type=ip-allowlist', meta, 120, 5],
    ['control: meta.next', 'GET', '/admin/v1/orgs/org-1/policies', meta, 122, 5],
  ] as const)('%s %s %s', async (style, method, path, next, count, pages) => {
    const started = await start({ scenario })
    const listing = await follow(started, { method, path, next })
    expect([listing.items.length, listing.pages]).toEqual([count, pages])
    expect(new Set(listing.items.map(item => JSON.stringify(item))).size).toBe(count)
    const first = next((await started.call(method, path, method === 'POST' ? {} : undefined)).body)
    expect(first?.startsWith(`${started.simulator.url}/admin/v1/`)).toBe(style.startsWith('v1'))
  })

  it('keeps its place while accounts are filtered and added', async () => {
    const started = await start({ scenario, switches: { pageSizes: { v1: 7, v2: 7, control: 7, events: 7 } } })
    const path = '/admin/v2/orgs/org-1/directories/-/users/search'
    const body = { emailDomains: ['d0.example'], mfaEnabled: false }
    const { items } = await follow(started, { method: 'POST', path, next: token, body })
    expect(items).toHaveLength(120)
  })
})

describe('cursors', () => {
  const path = '/admin/v2/orgs/org-1/directories/-/users/search'

  it('are opaque and bound to the filters', async () => {
    const { call } = await start({ scenario })
    const cursor = token((await call('POST', path, { claimStatus: 'managed' })).body) ?? ''
    expect(cursor).toMatch(/^[\w-]+$/)
    expect((await call('POST', path, { claimStatus: 'managed', cursor })).status).toBe(200)
    expect((await call('POST', path, { claimStatus: 'managed', cursor, limit: 5 })).status).toBe(200)
    expect(codeOf(await call('POST', path, { cursor }))).toBe('ADMIN-400-1')
    expect(codeOf(await call('POST', path.replace('users', 'groups'), { cursor }))).toBe('ADMIN-400-1')
  })

  it.each(['nonsense', '0', 'MTAw', ''])('refuses %j', async cursor => {
    const { call } = await start({ scenario })
    expect(codeOf(await call('POST', path, { cursor }))).toBe('ADMIN-400-1')
    expect(codeOf(await call('GET', `/admin/v1/orgs/org-1/users?cursor=${cursor}`))).toBe('ADMIN-400-1')
  })

  it.each([
    ['/admin/api-access/v1/orgs/org-1/api-tokens?pageSize=1001', 400],
    ['/admin/api-access/v1/orgs/org-1/api-tokens?pageSize=1000', 200],
    ['/admin/v1/orgs/org-1/events?limit=501', 400],
    ['/admin/v1/orgs/org-1/events?limit=500', 200],
    ['/admin/v1/orgs/org-1/events-stream?limit=501', 400],
  ])('%s → %i', async (listing, status) => {
    const { call } = await start({ scenario })
    expect((await call('GET', listing)).status).toBe(status)
  })
})
