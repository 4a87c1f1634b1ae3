import { describe, expect, it } from 'vitest'
import { bodyOf, collect, failure, paths, scriptedClient, settle } from './scripted.ts'

const domain = (name: string) => ({
  id: name,
  type: 'domains',
  attributes: { name, claim: { type: 'dns', status: 'verified' } },
})
const user = (accountId: string) => ({ accountId, claimStatus: 'managed' })
const policy = (id: string, type = 'ip-allowlist') => ({ id, type: 'policy', attributes: { type, name: id } })

describe('pages', () => {
  it('v1: take the cursor out of a URL and never call the URL', async () => {
    const { client, requests } = scriptedClient([
      {
        json: { data: [domain('a')], links: { next: 'https://evil.example/admin/v1/orgs/x/domains?cursor=c%2B1&x=y' } },
      },
      { json: { data: [domain('b')], links: { next: '/admin/v1/orgs/x/domains?cursor=c2' } } },
      { json: { data: [domain('c')], links: { next: 'c3' } } },
      { json: { data: [], links: { next: null } } },
    ])
    expect((await client.domains()).map(({ name }) => name)).toEqual(['a', 'b', 'c'])
    expect(paths(requests)).toEqual([
      'GET /admin/v1/orgs/ORG/domains',
      'GET /admin/v1/orgs/ORG/domains?cursor=c%2B1',
      'GET /admin/v1/orgs/ORG/domains?cursor=c2',
      'GET /admin/v1/orgs/ORG/domains?cursor=c3',
    ])
  })

  it('v1: do not end with a URL without a cursor', async () => {
    const { client } = scriptedClient([
      { json: { data: [domain('a')], links: { next: 'https://host/domains?page=2' } } },
    ])
    expect(await failure(() => client.domains())).toMatchObject({ code: 'org/unreadable' })
  })

  it('v2: send the token in the body, with the same filters', async () => {
    const { client, requests } = scriptedClient([
      { json: { data: [user('a')], links: { next: '/token+1==' } } },
      { json: { data: [user('b')], links: {} } },
    ])
    const users = await collect(client.users({ claimStatus: 'managed', emailDomains: ['acme.com'], expand: [] }))
    expect(users.map(({ accountId }) => accountId)).toEqual(['a', 'b'])
    expect(paths(requests)[1]).toBe('POST /admin/v2/orgs/ORG/directories/-/users/search')
    const filters = { claimStatus: 'managed', emailDomains: ['acme.com'], expand: [], limit: 100 }
    expect(requests.map(bodyOf)).toEqual([filters, { ...filters, cursor: '/token+1==' }])
  })

  it('v2: send the token in the query of a GET', async () => {
    const { client, requests } = scriptedClient([
      { json: { data: [{ id: 't1' }], links: { next: 'n1' } } },
      { json: { data: [{ id: 't2' }] } },
    ])
    expect(await collect(client.apiTokens())).toEqual([{ id: 't1' }, { id: 't2' }])
    expect(paths(requests)[1]).toBe('GET /admin/api-access/v1/orgs/ORG/api-tokens?pageSize=1000&cursor=n1')
  })

  it('control: take meta.next, else links.next, and keep the type', async () => {
    const { client, requests } = scriptedClient([
      { json: { data: [policy('a')], meta: { next: 'm1' }, links: { next: 'https://h/x?cursor=other' } } },
      { json: { data: [policy('b')], links: { next: 'https://h/x?cursor=m2' } } },
      { json: { data: [policy('c')], meta: { next: '' }, links: {} } },
    ])
    expect((await client.controlPolicies('ip-allowlist')).map(({ id }) => id)).toEqual(['a', 'b', 'c'])
    expect(paths(requests).slice(1)).toEqual([
      'GET /admin/control/v1/orgs/ORG/policies?type=ip-allowlist&cursor=m1',
      'GET /admin/control/v1/orgs/ORG/policies?type=ip-allowlist&cursor=m2',
    ])
  })

  it('that come back to a cursor are unreadable', async () => {
    const { client, requests } = scriptedClient([
      { json: { data: [user('a')], links: { next: 'x' } } },
      { json: { data: [user('b')], links: { next: 'y' } } },
      { json: { data: [user('c')], links: { next: 'x' } } },
    ])
    expect(await failure(() => collect(client.users({})))).toMatchObject({
      code: 'org/unreadable',
      facts: { expected: 'a listing that ends' },
    })
    expect(requests).toHaveLength(3)
  })

  it('that stay empty for ever are unreadable', async () => {
    let page = 0
    const { client } = scriptedClient([], {
      transport: () =>
        Promise.resolve({ status: 200, headers: {}, body: JSON.stringify({ data: [], links: { next: `${page++}` } }) }),
    })
    expect(await failure(() => collect(client.users({})))).toMatchObject({ code: 'org/unreadable' })
  })

  it('that are empty in between go on', async () => {
    const { client } = scriptedClient([{ json: { data: [], links: { next: 'x' } } }, { json: { data: [user('b')] } }])
    expect(await collect(client.users({}))).toEqual([{ accountId: 'b', claimStatus: 'managed' }])
  })

  it('are fetched ahead while the consumer works, one at a time', async () => {
    const { client, requests } = scriptedClient([
      { json: { data: [user('a')], links: { next: 'x' } } },
      { json: { data: [user('b')], links: { next: 'y' } } },
      { json: { data: [user('c')] } },
    ])
    const seen: (string | number | undefined)[] = []
    for await (const [first] of client.users({})) {
      await settle()
      seen.push(first?.accountId, requests.length)
    }
    expect(seen).toEqual(['a', 2, 'b', 3, 'c', 3])
  })

  it('ask for nothing before they are read, and may be left early though the next one fails', async () => {
    const { client, requests } = scriptedClient([
      { json: { data: [user('a')], links: { next: 'x' } } },
      { status: 400, json: {} },
    ])
    const users = client.users({})
    await settle()
    expect(requests).toHaveLength(0)
    for await (const page of users) {
      expect(page).toHaveLength(1)
      break
    }
    await settle()
    expect(requests).toHaveLength(2)
  })

  it('that fail halfway are an error, not a shorter list', async () => {
    const { client } = scriptedClient([
      { json: { data: [domain('a')], links: { next: 'x' } } },
      { status: 400, json: {} },
    ])
    expect(await failure(() => client.domains())).toMatchObject({ code: 'org/refused' })
  })
})

describe('audit events', () => {
  const event = (id: string) => ({
    id,
    attributes: { time: '2026-11-24T00:00:00Z', action: 'x', actor: { id: 'a', name: 'A' } },
  })
  it.each([
    ['an empty page', { data: [], meta: { next: 'c3' } }],
    ['a page again', { data: [event('e2')], meta: { next: 'c3' } }],
  ])('end with %s though there is a cursor', async (_, last) => {
    const { client, requests } = scriptedClient([
      { json: { data: [event('e1')], meta: { next: 'c1' } } },
      { json: { data: [event('e2')], meta: { next: 'c2' } } },
      { json: last },
    ])
    expect((await collect(client.events({ from: 5, to: 9 }))).map(({ id }) => id)).toEqual(['e1', 'e2'])
    expect(paths(requests)[1]).toBe('GET /admin/v1/orgs/ORG/events-stream?from=5&to=9&limit=500&cursor=c1')
    expect(requests).toHaveLength(3)
  })

  it('end where the cursor stays', async () => {
    const { client, requests } = scriptedClient([
      { json: { data: [event('e1')], meta: { next: 'c1' } } },
      { json: { data: [event('e2')], meta: { next: 'c1' } } },
    ])
    expect((await collect(client.events({ from: 5 }))).map(({ id }) => id)).toEqual(['e1', 'e2'])
    expect(requests).toHaveLength(2)
  })
})
