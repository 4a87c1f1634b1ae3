import { afterEach, describe, expect, it } from 'vitest'
import { parseFault, simulate, type FaultRule, type Simulator } from '../../src/simulator/index.ts'
import { accountId, at, dataOf, ids, start, startTime, textAt } from './start.ts'

const domains = '/admin/v1/orgs/ORG/domains'
const addUsers = `/admin/control/v1/orgs/ORG/auth-policy/${ids.contractors}/add-users`
const bulkFetch = '/admin/control/v1/orgs/ORG/users/auth-policies/bulk-fetch'

describe('which requests a rule strikes', () => {
  it.each<[string, Omit<FaultRule, 'then'>, readonly number[]]>([
    ['every one', {}, [503, 503, 503, 503]],
    ['the first two', { times: 2 }, [503, 503, 200, 200]],
    ['the second only', { match: { nth: 2 } }, [200, 503, 200, 200]],
    ['from the second on, twice', { match: { nth: 2 }, times: 2 }, [200, 503, 503, 200]],
    ['another method', { match: { method: 'post' } }, [200, 200, 200, 200]],
    ['another path', { match: { path: '/users' } }, [200, 200, 200, 200]],
    ['this path', { match: { method: 'get', path: '/domains' } }, [503, 503, 503, 503]],
  ])('%s', async (_, rule, statuses) => {
    const { call, simulator } = await start()
    simulator.fault({ ...rule, then: { status: 503 } })
    for (const status of statuses) expect((await call('GET', domains)).status).toBe(status)
  })
})

describe('what a fault does', () => {
  it('answers with status, headers and body', async () => {
    const { call, simulator } = await start()
    simulator.fault({ then: { status: 429, headers: { 'Retry-After': '7' }, body: { slow: true } } })
    const reply = await call('GET', domains)
    expect([reply.status, reply.headers.get('retry-after'), reply.raw]).toEqual([429, '7', { slow: true }])
  })

  it.each([
    ['reset', 0],
    ['lost', 1],
  ] as const)('%s: the connection breaks; %i tasks were made', async (kind, tasks) => {
    const { call, simulator } = await start()
    simulator.fault({ times: 1, then: kind === 'reset' ? { reset: true } : { lost: true } })
    await expect(call('POST', addUsers, { users: ['rosa.silva@acme.com'] })).rejects.toMatchObject({
      cause: { code: 'ECONNRESET' },
    })
    expect(simulator.state.tasks.size).toBe(tasks)
    expect(simulator.requests.at(-1)?.status).toBe('reset')
    expect((await call('GET', domains)).status).toBe(200)
  })

  it('waits', async () => {
    const waits: number[] = []
    const { call, simulator } = await start({
      sleep: milliseconds => {
        waits.push(milliseconds)
        return Promise.resolve()
      },
    })
    simulator.fault({ then: { latency: 250 } })
    simulator.fault({ then: { latency: 50 } })
    expect((await call('GET', domains)).status).toBe(200)
    expect(waits).toEqual([300])
  })

  it('lets a caller give up waiting', async () => {
    const { simulator } = await start({ sleep: () => new Promise(() => undefined) })
    simulator.fault({ then: { latency: 1 } })
    const controller = new AbortController()
    const answer = simulator.fetch('/admin/v1/orgs', { signal: controller.signal })
    controller.abort(new Error('enough'))
    await expect(answer).rejects.toThrow('enough')
  })

  it('slows tasks down and fails accounts', async () => {
    const { call, simulator, clock } = await start()
    simulator.fault({ match: { path: 'add-users' }, times: 1, then: { slowTasks: 60_000 } })
    const failAccounts = [{ email: 'Rosa.Silva@acme.com', status: 409, title: 'Locked' }]
    simulator.fault({ match: { path: 'add-users' }, then: { failAccounts } })
    const { body } = await call('POST', addUsers, { users: ['rosa.silva@acme.com', 'owen.price@acme.com'] })
    const task = `/admin/control/v1/orgs/ORG/auth-policy/task/${textAt(body, 'taskId')}`
    clock.time += 59_999
    expect((await call('GET', task)).body).toMatchObject({ inProgressCount: 1, failureCount: 1 })
    clock.time += 1
    expect((await call('GET', task)).body).toMatchObject({
      inProgressCount: 0,
      successCount: 1,
      failureReasons: [{ emails: ['rosa.silva@acme.com'], details: { status: 409, title: 'Locked' } }],
    })
  })

  it('answers the memberships of a while ago', async () => {
    const started = await start({ switches: { taskMilliseconds: 0 } })
    const { call, simulator, clock } = started
    const accountIds = [accountId(started, 'rosa.silva@acme.com')]
    const policy = async (): Promise<unknown> => at((await call('POST', bulkFetch, { accountIds })).raw, 0, 'policyId')
    clock.time += 10_000
    await call('POST', addUsers, { users: ['rosa.silva@acme.com'] })
    expect(await policy()).toBe(ids.contractors)
    simulator.fault({ match: { path: 'bulk-fetch' }, then: { stale: 5000 } })
    expect(await policy()).toBe(ids.local)
    clock.time += 5000
    expect(await policy()).toBe(ids.contractors)
  })

  it('serves members and types that nobody has heard of', async () => {
    const { call, simulator } = await start()
    simulator.fault({ then: { vendor: true } })
    const policies = dataOf(await call('GET', '/admin/control/v1/orgs/ORG/policies'))
    expect(policies.map(item => at(item, 'attributes', 'type'))).toContain('quantum-posture')
    expect(policies[0]).toHaveProperty('previewCapability')
    expect(dataOf(await call('GET', domains))).toHaveLength(2)
  })
})

describe('rules as JSON', () => {
  it.each<[unknown, string]>([
    [{}, 'rule.then is missing'],
    [{ then: {} }, 'rule.then must have one of status'],
    [{ then: { status: '503' } }, 'rule.then.status must be a number'],
    [{ then: { reset: false } }, 'rule.then.reset must be true'],
    [{ match: { host: 'x' }, then: { reset: true } }, 'rule.match.host is unknown'],
    [{ then: { failAccounts: [{ email: 'x' }] } }, 'rule.then.failAccounts[0].email must be an email address'],
    ['nonsense', 'rule must be an object'],
  ])('%j: %s', (rule, message) => {
    expect(() => parseFault(rule)).toThrow(message)
  })
})

describe('over a socket', () => {
  const clock = { now: () => startTime }
  let simulator: Simulator | undefined

  afterEach(() => simulator?.close())

  it('steers by the side door, apart from the public surface', async () => {
    simulator = await simulate({ clock })
    const { url, apiKey } = simulator
    const side = (method: string, path: string, body?: string): Promise<Response> =>
      fetch(`${url}/simulator${path}`, { method, ...(body !== undefined && { body }) })
    const orgs = (): Promise<Response> =>
      fetch(`${url}/admin/v1/orgs`, { headers: { authorization: `Bearer ${apiKey}` } })
    expect((await side('POST', '/faults', '{"then":{"status":500}}')).status).toBe(204)
    expect((await orgs()).status).toBe(500)
    expect((await side('DELETE', '/faults')).status).toBe(204)
    expect((await orgs()).status).toBe(200)
    const bad = await side('POST', '/faults', '{"then":{}}')
    expect(bad.status).toBe(400)
    expect(await bad.json()).toMatchObject({ error: expect.stringContaining('rule.then') as string })
    const { requests } = (await (await side('GET', '/requests')).json()) as { requests: unknown[] }
    expect(requests).toEqual([
      { method: 'GET', path: '/admin/v1/orgs', query: {}, status: 500 },
      { method: 'GET', path: '/admin/v1/orgs', query: {}, status: 200 },
    ])
    await side('POST', '/faults', '{"then":{"reset":true}}')
    await expect(orgs()).rejects.toThrow('fetch failed')
    expect((await side('POST', '/reset')).status).toBe(204)
    expect(simulator.requests).toEqual([])
    expect((await orgs()).status).toBe(200)
  })

  it('closes more than once', async () => {
    const closing = await simulate({ clock })
    await closing.close()
    await expect(closing.close()).resolves.toBeUndefined()
  })
})
