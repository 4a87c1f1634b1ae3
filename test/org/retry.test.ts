import { describe, expect, it } from 'vitest'
import type { OperationName } from '../../src/org/operations.ts'
import { fullJitter } from '../../src/org/with-retry.ts'
import { failure, scriptedClient, settle, start, type Answer } from './scripted.ts'

const good = { json: { data: [] } }
const at = (seconds: number) => new Date(start + seconds * 1000)

describe('which call is made again', () => {
  const read = 'listDirectories'
  const create = 'createPolicy'
  const put = 'replacePolicy'
  const remove = 'deletePolicy'
  const move = 'addUsersToAuthPolicy'
  const cases: readonly (readonly [OperationName, Answer, number])[] = [
    [read, { status: 500 }, 2],
    [read, { status: 502, text: '<html>' }, 2],
    [read, { status: 503 }, 2],
    [read, { status: 504 }, 2],
    [read, { status: 408 }, 2],
    [read, { status: 429 }, 2],
    [read, { status: 501 }, 1],
    [read, { status: 400 }, 1],
    [read, { status: 401 }, 1],
    [read, { status: 403 }, 1],
    [read, { status: 404 }, 1],
    [read, { status: 409 }, 1],
    [read, { status: 302 }, 1],
    [read, { fails: 'ECONNRESET' }, 2],
    [read, { fails: 'ECONNREFUSED' }, 2],
    [read, { fails: 'EAI_AGAIN' }, 2],
    [create, { status: 500 }, 1],
    [create, { status: 503 }, 1],
    [create, { status: 408 }, 1],
    [create, { fails: 'ECONNRESET' }, 1],
    [create, { fails: 'UND_ERR_SOCKET' }, 1],
    [create, { status: 429 }, 2],
    [create, { fails: 'ECONNREFUSED' }, 2],
    [create, { fails: 'ENOTFOUND' }, 2],
    [create, { fails: 'UND_ERR_CONNECT_TIMEOUT' }, 2],
    [put, { status: 500 }, 2],
    [put, { fails: 'ECONNRESET' }, 2],
    [remove, { status: 502 }, 2],
    [remove, { fails: 'ECONNRESET' }, 2],
    [move, { status: 500 }, 2],
    [move, { fails: 'ECONNRESET' }, 2],
    [move, { status: 400 }, 1],
    ['suspendUser', { fails: 'ECONNRESET' }, 2],
    ['inviteUsers', { fails: 'ECONNRESET' }, 1],
  ]
  it.each(cases)('%s after %o: %d requests', async (name, answer, requestsExpected) => {
    const { client, requests } = scriptedClient([answer, good])
    const params = { policyId: 'p1', directoryId: '-', accountId: 'a1', taskId: 't1' }
    const work = () => client.call(name, params as never, name === read ? {} : { body: {} })
    if (requestsExpected === 1) await failure(work)
    else await work()
    expect(requests).toHaveLength(requestsExpected)
  })
})

describe('how long it waits', () => {
  const cases: readonly (readonly [string, Answer, number])[] = [
    ['seconds', { status: 429, headers: { 'retry-after': '40' } }, 40_000],
    ['a date', { status: 429, headers: { 'retry-after': at(75).toUTCString() } }, 75_000],
    ['a date in the past, for a second', { status: 429, headers: { 'retry-after': at(-75).toUTCString() } }, 1000],
    ['a refusal that asks for nothing, for a second', { status: 429, headers: { 'retry-after': '0' } }, 1000],
    ['a reset in seconds', { status: 429, headers: { 'x-ratelimit-reset': '20' } }, 20_000],
    ['a reset as a time in seconds', { status: 429, headers: { 'x-ratelimit-reset': `${start / 1000 + 9}` } }, 9000],
    ['a reset as a time in milliseconds', { status: 429, headers: { 'x-ratelimit-reset': `${start + 8000}` } }, 8000],
    ['a reset as a date', { status: 429, headers: { 'x-ratelimit-reset': at(7).toISOString() } }, 7000],
    ['Retry-After before a reset', { status: 429, headers: { 'retry-after': '3', 'x-ratelimit-reset': '20' } }, 3000],
    ['a header nobody can read', { status: 429, headers: { 'retry-after': 'soon' } }, 1000],
    ['no header', { status: 429 }, 1000],
    ['a fault that names a wait', { status: 503, headers: { 'retry-after': '12' } }, 12_000],
    ['a fault, by chance', { status: 503 }, 250],
    ['a reset is nothing to a fault', { status: 500, headers: { 'x-ratelimit-reset': '20' } }, 250],
  ]
  it.each(cases)('%s', async (_, answer, expected) => {
    const { client, time } = scriptedClient([answer, good])
    await client.directories()
    expect(time.slept).toEqual([expected])
  })

  it('doubles the bound up to its longest, and takes anything below it', () => {
    const wait = fullJitter({ first: 500, longest: 3000 })
    expect([1, 2, 3, 4, 50].map(attempt => wait(attempt, () => 1))).toEqual([500, 1000, 2000, 3000, 3000])
    expect(wait(4, () => 0.25)).toBe(750)
    expect(wait(4, () => 0)).toBe(0)
  })

  it('gives a failing call up after its attempts', async () => {
    const { client, requests, time } = scriptedClient([{ status: 503 }])
    expect(await failure(() => client.directories())).toMatchObject({ code: 'org/server-error' })
    expect(requests).toHaveLength(5)
    expect(time.slept).toEqual([250, 500, 1000, 2000])
  })

  it('gives a refused call up when its budget is used up', async () => {
    const { client, requests, time } = scriptedClient([{ status: 429, headers: { 'retry-after': '70' } }])
    expect(await failure(() => client.directories())).toMatchObject({
      code: 'org/rate-limited',
      facts: { waited: 280, asked: 70, status: 429 },
    })
    expect(time.slept).toEqual([70_000, 70_000, 70_000, 70_000])
    expect(requests).toHaveLength(5)
  })

  it('does not begin to wait for longer than its budget', async () => {
    const { client, requests, time } = scriptedClient([{ status: 429, headers: { 'retry-after': '3600' } }])
    expect(await failure(() => client.directories())).toMatchObject({
      code: 'org/rate-limited',
      facts: { waited: 0, asked: 3600 },
    })
    expect(time.slept).toEqual([])
    expect(requests).toHaveLength(1)
  })

  it('is not held for ever by a server that asks for no wait', async () => {
    const { client, requests } = scriptedClient([{ status: 429, headers: { 'retry-after': '0' } }])
    expect(await failure(() => client.directories())).toMatchObject({ code: 'org/rate-limited' })
    expect(requests.length).toBeLessThanOrEqual(301)
  })

  it('takes its policy as a value', async () => {
    const retry = { attempts: 2, statuses: new Set([418]), wait: () => 7, budget: 100 }
    const { client, requests, time } = scriptedClient([{ status: 418, json: {} }], { limits: { retry } })
    await failure(() => client.directories())
    expect([requests.length, time.slept]).toEqual([2, [7]])
  })

  it('tells of every attempt and every wait', async () => {
    const { client, events } = scriptedClient([
      { status: 429, headers: { 'retry-after': '2' } },
      { fails: 'ECONNRESET' },
      good,
    ])
    await client.directories()
    const request = { type: 'request', operation: 'list directories', effect: 'read' }
    expect(events).toEqual([
      { ...request, attempt: 1, status: 429 },
      { type: 'waiting', seconds: 2, because: 'rate-limit' },
      { ...request, attempt: 2 },
      { type: 'waiting', seconds: 0.5, because: 'retry' },
      { ...request, attempt: 3, status: 200 },
    ])
    expect(client.counts).toEqual({ reads: 3, writes: 0 })
  })
})

describe('what is known of a write that failed', () => {
  const cases: readonly (readonly [OperationName, readonly Answer[], string, 'no' | 'maybe'])[] = [
    ['createPolicy', [{ status: 400, json: {} }], 'org/refused', 'no'],
    ['createPolicy', [{ status: 401, json: {} }], 'org/key-refused', 'no'],
    ['createPolicy', [{ status: 500, json: {} }], 'org/server-error', 'maybe'],
    ['createPolicy', [{ status: 303 }], 'org/redirected', 'maybe'],
    ['createPolicy', [{ text: '<html>' }], 'org/unreadable', 'maybe'],
    ['createPolicy', [{ fails: 'ECONNREFUSED' }], 'org/unreachable', 'no'],
    ['createPolicy', [{ fails: 'ECONNRESET' }], 'org/unreachable', 'maybe'],
    ['createPolicy', [{ status: 429, headers: { 'retry-after': '9999' } }], 'org/rate-limited', 'no'],
    // Doubt about the first attempt stays, whatever the later ones were.
    ['deletePolicy', [{ fails: 'ECONNRESET' }, { status: 404, json: {} }], 'org/not-found', 'maybe'],
    ['deletePolicy', [{ status: 502 }, { fails: 'ECONNREFUSED' }], 'org/unreachable', 'maybe'],
    [
      'deletePolicy',
      [{ status: 502 }, { status: 429, headers: { 'retry-after': '9999' } }],
      'org/rate-limited',
      'maybe',
    ],
    ['deletePolicy', [{ fails: 'ECONNREFUSED' }, { status: 404, json: {} }], 'org/not-found', 'no'],
  ]
  it.each(cases)('%s %o', async (name, answers, code, written) => {
    const { client } = scriptedClient(answers)
    const seen = await failure(() => client.call(name, { policyId: 'p1' } as never))
    expect(seen).toMatchObject({ code, facts: { written } })
  })
})

describe('calls at a time', () => {
  it.each([undefined, 2])('are bounded, limit %s', async concurrency => {
    const release: (() => void)[] = []
    const { client } = scriptedClient([], {
      transport: () =>
        new Promise(resolve => release.push(() => resolve({ status: 200, headers: {}, body: '{"data":[]}' }))),
      limits: concurrency === undefined ? {} : { concurrency },
    })
    const all = Promise.all(Array.from({ length: 9 }, () => client.directories()))
    let most = 0
    for (let done = 0; done < 9; done++) {
      await settle()
      most = Math.max(most, release.length - done)
      release[done]?.()
    }
    await all
    expect(most).toBe(concurrency ?? 4)
  })
})
