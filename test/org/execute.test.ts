import { describe, expect, it } from 'vitest'
import type { Json } from '../../src/model/json.ts'
import { apiKey, failure, orgId, paths, scriptedClient, settle, type Answer } from './scripted.ts'

const control = `/admin/control/v1/orgs/${orgId}`
const move = { method: 'POST', path: `${control}/auth-policy/p1/add-users`, body: { users: ['jo@acme.com'] } } as const
const accepted: Answer = { status: 202, json: { taskId: 't-1', taskLink: 'https://evil.example/t-1' } }
const task = (inProgressCount: number, successCount = 0, failureCount = 0, failureReasons: Json = []): Answer => ({
  json: { inProgressCount, successCount, failureCount, failureReasons },
})

describe('a move', () => {
  it('is followed to its end at our own address', async () => {
    const { client, requests, events, time } = scriptedClient([accepted, task(2), task(1, 1), task(0, 2)])
    expect(await client.execute(move)).toEqual({ taskId: 't-1', failures: [] })
    expect(paths(requests)).toEqual([
      'POST /admin/control/v1/orgs/ORG/auth-policy/p1/add-users',
      ...Array<string>(3).fill('GET /admin/control/v1/orgs/ORG/auth-policy/task/t-1'),
    ])
    expect(requests[0]?.body).toBe('{"users":["jo@acme.com"]}')
    // Half a second, growing by 1.6, each shortened by half of what chance gives.
    expect(time.slept.map(Math.round)).toEqual([375, 600, 960])
    expect(events.filter(({ type }) => type !== 'request')).toEqual([
      { type: 'accepted', operation: 'move accounts into an authentication policy', taskId: 't-1' },
      { type: 'task', inProgress: 2, succeeded: 0, failed: 0 },
      { type: 'task', inProgress: 1, succeeded: 1, failed: 0 },
      { type: 'task', inProgress: 0, succeeded: 2, failed: 0 },
    ])
    expect(client.counts).toEqual({ reads: 3, writes: 1 })
  })

  it('names who was left where they were', async () => {
    const details = { status: 404, title: 'Not found', detail: 'No such account' }
    const { client } = scriptedClient([accepted, task(0, 1, 2, [{ emails: ['x@y.example', 'z@y.example'], details }])])
    expect((await client.execute(move)).failures).toEqual([
      { email: 'x@y.example', ...details },
      { email: 'z@y.example', ...details },
    ])
  })

  const unfinished: readonly (readonly [string, readonly Answer[], RegExp])[] = [
    ['the task is gone', [accepted, { status: 404, json: {} }], /not known any more/],
    ['the scope is missing', [accepted, { status: 403, json: {} }], /read the progress of a move.*403/],
    ['its progress is unreadable', [accepted, { json: { status: 'ok' } }], /progress of a move/],
    ['the network fails', [accepted, { fails: 'ECONNRESET' }], /connection reset/],
    ['failures are not named', [accepted, task(0, 0, 3)], /3 accounts .* not named/],
    ['no task is named', [{ status: 202, json: {} }], /names no task/],
    ['the task is no id', [{ status: 202, json: { taskId: '../x' } }], /names no task/],
    ['the answer is empty', [{ status: 202 }], /names no task/],
  ]
  it.each(unfinished)('is unfinished, not failed, where %s', async (_, answers, why) => {
    const { client } = scriptedClient(answers)
    expect((await client.execute(move)).unfinished).toMatch(why)
  })

  it('is left after ten minutes, with looks at most ten seconds apart', async () => {
    const { client, time } = scriptedClient([accepted, task(1)])
    expect((await client.execute(move)).unfinished).toMatch(/not done after 600 s/)
    const total = time.slept.reduce((sum, each) => sum + each, 0)
    expect(total).toBeGreaterThanOrEqual(600_000)
    expect(total).toBeLessThan(610_000)
    expect(Math.max(...time.slept)).toBeLessThanOrEqual(10_000)
  })

  it('is unfinished where the run is stopped meanwhile', async () => {
    const stop = new AbortController()
    const { client } = scriptedClient([accepted, { hangs: true }], { signal: stop.signal })
    const waiting = client.execute(move)
    await settle()
    await settle()
    stop.abort()
    expect((await waiting).unfinished).toMatch(/stopped/)
  })

  it('can be followed again by its id', async () => {
    const { client } = scriptedClient([task(0, 1)])
    expect(await client.followTask('t-1')).toEqual({ taskId: 't-1', failures: [] })
  })

  it('that is refused fails', async () => {
    const { client } = scriptedClient([{ status: 400, json: {} }])
    expect(await failure(() => client.execute(move))).toMatchObject({ code: 'org/refused', facts: { written: 'no' } })
  })
})

describe('a write to resources', () => {
  const id = 'ari:cloud:jira::site/1'
  const at = `${control}/policies/p1/resources`
  const resources = (...each: readonly (readonly [string, string])[]): Answer => ({
    json: { data: each.map(([id, applicationStatus]) => ({ id, applicationStatus })) },
  })
  const add = { method: 'POST', path: at, body: { id } } as const
  const remove = { method: 'DELETE', path: `${at}/${encodeURIComponent(id)}` } as const
  const taken: Answer = { status: 202, json: { id } }

  it('waits until it is applied', async () => {
    const answers = [taken, resources(), resources([id, 'applying']), resources([id, 'applied'], ['other', 'applying'])]
    const { client, requests } = scriptedClient(answers)
    expect(await client.execute(add)).toEqual({ failures: [] })
    expect(requests).toHaveLength(4)
  })

  it('waits until it is gone', async () => {
    const answers = [
      { status: 204 },
      resources([id, 'applied']),
      resources([id, 'removing'], ['other', 'applied']),
      resources(['other', 'applied']),
    ]
    const { client, requests } = scriptedClient(answers)
    expect(await client.execute(remove)).toEqual({ failures: [] })
    expect(requests).toHaveLength(4)
  })

  it('fails where it could not be applied', async () => {
    const { client } = scriptedClient([taken, resources([id, 'failed'])])
    expect(await failure(() => client.execute(add))).toMatchObject({
      code: 'org/not-applied',
      facts: { resources: [id] },
    })
  })

  it.each([
    ['applying for ever', resources([id, 'applying']), /not in effect yet: ari.*applying/],
    ['never listed', resources(), /not in effect yet: ari/],
    ['scheduled', resources([id, 'scheduled']), /scheduled/],
    ['not to be read', { status: 403, json: {} }, /403/],
  ] as const)('is unfinished where it is %s', async (_, answer, why) => {
    const { client } = scriptedClient([taken, answer])
    expect((await client.execute(add)).unfinished).toMatch(why)
  })

  it('follows all resources of a policy that is replaced', async () => {
    const put = { method: 'PUT', path: `${control}/policies/p1`, body: { data: {} } } as const
    const { client, requests } = scriptedClient([
      taken,
      resources(['a', 'applied'], ['b', 'applying']),
      resources(['a', 'applied'], ['b', 'enabled']),
    ])
    expect(await client.execute(put)).toEqual({ failures: [] })
    expect(requests).toHaveLength(3)
  })
})

describe('other writes', () => {
  it.each([
    [{ data: { id: 'p9' } }, 'p9'],
    [{ id: 'p9' }, 'p9'],
  ])('bring the id of what they made: %o', async (json, createdId) => {
    const { client } = scriptedClient([{ status: 202, json }])
    const create = { method: 'POST', path: `${control}/policies`, body: { data: {} } } as const
    expect(await client.execute(create)).toEqual({ createdId, failures: [] })
  })

  it('need no body in the answer', async () => {
    const { client } = scriptedClient([{ status: 204 }])
    const suspend = { method: 'POST', path: `/admin/v2/orgs/${orgId}/directories/-/users/a1/suspend` } as const
    expect(await client.execute(suspend)).toEqual({ failures: [] })
  })
})

describe('a request that no plan should hold', () => {
  const other = 'org-2'
  it.each([
    ['POST', `/admin/control/v1/orgs/${orgId}/auth-policy/p1/delete-everything`, 'unknown-operation'],
    ['POST', `/admin/control/v1/orgs/${orgId}/auth-policy/{created}/add-users`, 'unknown-operation'],
    ['POST', `https://evil.example/admin/control/v1/orgs/${orgId}/policies`, 'unknown-operation'],
    ['GET', `${control}/policies`, 'only-reads'],
    ['POST', `${control}/users/auth-policies/bulk-fetch`, 'only-reads'],
    ['POST', `/admin/v1/orgs/${orgId}/users/invite`, 'retired'],
    ['DELETE', '/users/a1/manage/api-tokens/t1', 'no-organization'],
    ['POST', `/admin/control/v1/orgs/${other}/auth-policy/p1/add-users`, 'other-organization'],
  ] as const)('%s %s', async (method, path, why) => {
    const { client, requests } = scriptedClient([{ json: {} }])
    const seen = await failure(() => client.execute({ method, path }))
    expect(seen).toMatchObject({ code: 'org/write-refused', facts: { why } })
    expect(requests).toHaveLength(0)
    expect(JSON.stringify(seen)).not.toContain(apiKey)
  })
})
