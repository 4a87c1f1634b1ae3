import { describe, expect, it } from 'vitest'
import { rateLimitOf } from '../../src/org/rate-limit-headers.ts'
import { scriptedClient, settle, start, type Answer } from './scripted.ts'

const limited = (remaining: number, reset: number, limit?: number): Answer => ({
  json: { data: [] },
  headers: {
    'x-ratelimit-remaining': `${remaining}`,
    'x-ratelimit-reset': `${reset}`,
    ...(limit !== undefined && { 'x-ratelimit-limit': `${limit}` }),
  },
})

describe('the limit that an answer states', () => {
  const cases: readonly (readonly [Record<string, string>, object | undefined])[] = [
    [{}, undefined],
    [{ 'x-ratelimit-remaining': '5' }, undefined],
    [{ 'x-ratelimit-reset': '5' }, undefined],
    [{ 'x-ratelimit-remaining': 'few', 'x-ratelimit-reset': '5' }, undefined],
    [{ 'x-ratelimit-remaining': '5', 'x-ratelimit-reset': 'later' }, undefined],
    [{ 'x-ratelimit-remaining': '5', 'x-ratelimit-reset': '-5' }, undefined],
    [
      { 'x-ratelimit-remaining': '5', 'x-ratelimit-reset': '10' },
      { remaining: 5, resetAt: start + 10_000 },
    ],
    [
      { 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '10' },
      { limit: 100, remaining: 0, resetAt: start + 10_000 },
    ],
  ]
  it.each(cases)('%o', (headers, expected) => expect(rateLimitOf(headers, start)).toEqual(expected))
})

describe('pacing', () => {
  const slept = async (first: Answer, calls = 1): Promise<readonly number[]> => {
    const { client, time } = scriptedClient([first, { json: { data: [] } }])
    await client.directories()
    for (let call = 0; call < calls; call++) await client.directories()
    return time.slept
  }

  it('does not slow down while much is left', async () => {
    expect(await slept(limited(50, 60, 100))).toEqual([])
    expect(await slept(limited(10, 60))).toEqual([])
  })

  it('spreads the calls that are left over the time until the reset', async () => {
    expect(await slept(limited(3, 40, 100))).toEqual([10_000])
    expect(await slept(limited(3, 40, 100), 4)).toEqual([10_000, 10_000, 10_000, 10_000])
    expect(await slept(limited(3, 40), 1)).toEqual([10_000])
  })

  it('waits for the reset where nothing is left, and is free after it', async () => {
    expect(await slept(limited(0, 40, 100), 3)).toEqual([40_000])
  })

  it('does not believe a reset far away', async () => {
    expect(await slept(limited(0, 86_400, 100))).toEqual([60_000])
  })

  it('is free once the reset is past', async () => {
    const { client, time } = scriptedClient([limited(1, 10, 100), { json: { data: [] } }])
    await client.directories()
    await time.sleep(10_000)
    await client.directories()
    expect(time.slept).toEqual([10_000])
  })

  it('holds back that operation alone', async () => {
    const { client, time } = scriptedClient([limited(0, 40, 100), { json: { data: [] } }])
    await client.directories()
    await client.domains()
    expect(time.slept).toEqual([])
  })

  it('spreads calls that come together too', async () => {
    const { client, time } = scriptedClient([limited(3, 40, 100), { json: { data: [] } }])
    await client.directories()
    const before = time.clock()
    await Promise.all([client.directories(), client.directories(), client.directories()])
    // The fake clock adds sleeps up, so only the last departure is telling.
    expect(time.slept[0]).toBe(10_000)
    expect(time.clock() - before).toBeGreaterThanOrEqual(30_000)
  })

  it('holds the other calls of an operation back after a refusal', async () => {
    let wake: () => void = () => undefined
    const sleeping = new Promise<void>(resolve => {
      wake = resolve
    })
    const { client, requests, events } = scriptedClient(
      [{ status: 429, headers: { 'retry-after': '30' } }, { json: { data: [] } }],
      { sleep: () => sleeping },
    )
    const first = client.directories()
    await settle()
    const second = client.directories()
    await settle()
    expect(requests).toHaveLength(1)
    expect(events.slice(1)).toEqual([
      { type: 'waiting', seconds: 30, because: 'rate-limit' },
      { type: 'waiting', seconds: 30, because: 'pacing' },
    ])
    wake()
    await Promise.all([first, second])
    expect(requests).toHaveLength(3)
  })
})

describe('a published quota', () => {
  it('is kept in every span of its length', async () => {
    const { client, time, events } = scriptedClient([{ json: { data: [] } }])
    for (let call = 0; call < 21; call++) await client.call('listEvents', {})
    expect(time.slept).toEqual([60_000, 60_000])
    expect(events.filter(({ type }) => type === 'waiting')).toEqual([
      { type: 'waiting', seconds: 60, because: 'quota' },
      { type: 'waiting', seconds: 60, because: 'quota' },
    ])
  })

  it('does not hold other calls up', async () => {
    const { client, requests } = scriptedClient([{ json: { data: [] } }], { sleep: () => new Promise(() => undefined) })
    for (let call = 0; call < 20; call++) void client.call('listEvents', {})
    await settle()
    await client.directories()
    expect(requests).toHaveLength(11)
  })
})
