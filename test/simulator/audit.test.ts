import { describe, expect, it } from 'vitest'
import { at, codeOf, dataOf, start, type Started, startTime, textAt } from './start.ts'

const events = '/admin/v1/orgs/ORG/events'

/** Makes so many events, a second apart. */
async function busy(started: Started, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    const name = `policy ${(started.clock.time - startTime) / 1000}`
    await started.page('POST', '/authentication-policies', { name, actor: 'bob@acme.com' })
    started.clock.time += 1000
  }
}

const times = (items: readonly unknown[]): readonly unknown[] =>
  items.map(item => at(item as never, 'attributes', 'time'))

describe('audit modes', () => {
  it.each([
    ['full', 200, ['auth_policy_updated', 'external_user_policy_updated', 'external_user_test_policy_updated']],
    ['documented', 200, ['auth_policy_updated']],
    ['none', 403, []],
  ] as const)('%s', async (audit, status, actions) => {
    const started = await start({ audit })
    const [policy] = started.simulator.state.authenticationPolicies
    await started.page('POST', `/authentication-policies/${policy?.id ?? ''}`, { idleSession: '8h' })
    await started.page('POST', '/external-users/external', { apiTokens: 'block' })
    await started.page('POST', '/external-users/test', { sessionDuration: '1d' })
    const reply = await started.call('GET', `${events}-stream`)
    expect(reply.status).toBe(status)
    if (status === 200) expect(dataOf(reply).map(event => at(event, 'attributes', 'action'))).toEqual(actions)
  })

  it.each([events, `${events}-stream`, `${events}/some`, '/admin/v1/orgs/ORG/event-actions'])(
    'is off without Guard, with no scope to ask for: %s',
    async path => {
      const { call } = await start({ scenario: 'without-guard' })
      const reply = await call('GET', path)
      expect([reply.status, codeOf(reply)]).toEqual([403, 'ADMIN-403-3'])
      expect(reply.body).not.toHaveProperty('acceptableScopes')
    },
  )
})

describe('/events', () => {
  it('comes newest first, whole over pages, while events are added', async () => {
    const started = await start({ rateLimits: 'off' })
    await busy(started, 7)
    const first = await started.call('GET', `${events}?limit=3`)
    await busy(started, 2)
    const second = await started.call('GET', `${events}?limit=3&cursor=${textAt(first.body, 'meta', 'next')}`)
    const third = await started.call('GET', `${events}?limit=3&cursor=${textAt(second.body, 'meta', 'next')}`)
    const all = [first, second, third].flatMap(dataOf)
    expect(all).toHaveLength(7)
    expect(times(all)).toEqual([...times(all)].sort().reverse())
    expect(at(third.body, 'meta')).not.toHaveProperty('next')
    expect(at(first.body, 'links', 'next')).toBe(at(first.body, 'meta', 'next'))
  })

  it('filters by time, action, actor and text', async () => {
    const started = await start({ rateLimits: 'off' })
    await busy(started, 3)
    const count = async (query: string): Promise<number> =>
      dataOf(await started.call('GET', `${events}?${query}`)).length
    expect(await count(`from=${startTime + 1000}`)).toBe(2)
    expect(await count(`from=${startTime}&to=${startTime + 1000}`)).toBe(2)
    expect(await count('action=auth_policy_created')).toBe(3)
    expect(await count('action=user_login')).toBe(0)
    expect(await count('actor=bob@acme.com')).toBe(3)
    expect(await count('actor=alice@acme.com')).toBe(0)
    expect(await count('q=POLICY%202')).toBe(1)
    expect(await count('product=jira')).toBe(0)
    expect(codeOf(await started.call('GET', `${events}?from=yesterday`))).toBe('ADMIN-400-3')
  })

  it('serves one event with its actor and what it was about', async () => {
    const started = await start()
    await busy(started, 1)
    const event = dataOf(await started.call('GET', events))[0]
    expect(event).toMatchObject({
      type: 'events',
      attributes: { action: 'auth_policy_created', actor: { name: 'Bob Tanaka', email: 'bob@acme.com' } },
    })
    expect(at(event, 'attributes', 'context', 0, 'attributes', 'name')).toBe('policy 0')
    expect(at(event, 'attributes')).not.toHaveProperty('processedAt')
    const one = await started.call('GET', `${events}/${textAt(event, 'id')}`)
    expect(at(one.body, 'data', 'id')).toBe(event?.['id'])
    expect(codeOf(await started.call('GET', `${events}/none`))).toBe('ADMIN-404-4')
  })

  it('shows events late by switch, and drops them after 180 days', async () => {
    const started = await start({ switches: { eventDelayMilliseconds: 120_000 }, rateLimits: 'off' })
    await busy(started, 1)
    expect(dataOf(await started.call('GET', events))).toHaveLength(0)
    started.clock.time += 120_000
    expect(dataOf(await started.call('GET', events))).toHaveLength(1)
    started.clock.time += 181 * 86_400_000
    expect(dataOf(await started.call('GET', events))).toHaveLength(0)
  })
})

describe('/events-stream', () => {
  it('hands out a cursor at the end, which later events follow', async () => {
    const started = await start()
    await busy(started, 3)
    const first = await started.call('GET', `${events}-stream?limit=2`)
    expect(at(dataOf(first)[0], 'attributes')).toHaveProperty('processedAt')
    const next = (reply: typeof first): string =>
      `${events}-stream?limit=2&cursor=${textAt(reply.body, 'meta', 'next')}`
    const second = await started.call('GET', next(first))
    const end = await started.call('GET', next(second))
    expect([first, second, end].map(reply => dataOf(reply).length)).toEqual([2, 1, 0])
    await busy(started, 1)
    expect(dataOf(await started.call('GET', next(end)))).toHaveLength(1)
  })

  it('goes backwards', async () => {
    const started = await start()
    await busy(started, 3)
    const reply = await started.call('GET', `${events}-stream?sortOrder=desc`)
    expect(times(dataOf(reply))).toEqual([...times(dataOf(reply))].sort().reverse())
    expect((await started.call('GET', `${events}-stream?sortOrder=up`)).status).toBe(400)
  })
})

it('lists the actions', async () => {
  const { call } = await start()
  const actions = dataOf(await call('GET', '/admin/v1/orgs/ORG/event-actions'))
  expect(actions.find(({ id }) => id === 'user_login')).toMatchObject({
    attributes: { displayName: 'Logged in to account', groupDisplayName: 'Accounts' },
  })
})
