import { describe, expect, it } from 'vitest'
import { diagnostic } from '../../src/diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../../src/diagnostics/outcome.ts'
import type { DriftReport } from '../../src/model/drift.ts'
import { watch, type WatchOptions } from '../../src/operations/watch.ts'

const minute = 60_000
const begin = Date.parse('2026-11-24T12:00:00Z')

const good = outcome({ formatVersion: '1.0' } as DriftReport, [])
const bad = failed(diagnostic('org/no-key', {}))

interface Check {
  /** Minutes that it takes. */
  readonly takes?: number
  /** Minutes by which the clock is set forward while it runs. */
  readonly clockJumps?: number
  readonly result?: Outcome<DriftReport>
  readonly throws?: Error
  readonly stops?: true
}

/** Runs the loop through these checks, in time that passes by checking and sleeping alone. It is stopped in the sleep after the last, or in place of one more check. */
async function run(script: readonly Check[], changes: Partial<WatchOptions> = {}) {
  const controller = new AbortController()
  const starts: number[] = []
  const sleeps: number[] = []
  const handed: { readonly result: Outcome<DriftReport>; readonly at: Date }[] = []
  let passed = 0
  let setForward = 0
  let running = 0
  const ended = await watch({
    everyMilliseconds: 15 * minute,
    jitter: 0,
    check: async () => {
      const { takes = 0, clockJumps = 0, result = good, throws, stops } = script[starts.length] ?? { stops: true }
      starts.push(passed)
      expect(++running).toBe(1)
      await Promise.resolve()
      if (stops) controller.abort()
      passed += takes
      setForward += clockJumps
      running--
      if (throws !== undefined) throw throws
      return result
    },
    onCheck: async (result, at) => {
      // A check that begins before the result of the last one was handed on would be seen here.
      expect(++running).toBe(1)
      await Promise.resolve()
      running--
      handed.push({ result, at })
    },
    now: () => new Date(begin + (passed + setForward) * minute),
    random: () => 0.5,
    sleep: (milliseconds, signal) => {
      sleeps.push(milliseconds / minute)
      passed += milliseconds / minute
      if (starts.length < script.length) return Promise.resolve()
      controller.abort()
      return Promise.reject(signal.reason as Error)
    },
    stop: controller.signal,
    ...changes,
  })
  return { ended, starts, sleeps, handed }
}

describe('when the loop checks', () => {
  const cases: readonly (readonly [string, readonly Check[], readonly number[]])[] = [
    ['at once, then once in each interval', [{}, {}, {}], [0, 15, 30]],
    ['counted from the start of the last check', [{ takes: 4 }, { takes: 1 }, {}], [0, 15, 30]],
    ['at once after a check that took longer', [{ takes: 20 }, {}, {}], [0, 20, 35]],
    ['without making up for those missed', [{ takes: 100 }, { takes: 1 }, {}], [0, 100, 115]],
    ['after one interval where the clock was set back', [{ takes: 2, clockJumps: -300 }, {}], [0, 17]],
    ['at once where the clock was set forward, and in step from then on', [{ clockJumps: 300 }, {}, {}], [0, 0, 15]],
  ]
  it.each(cases)('%s', async (_, script, expected) => {
    expect((await run(script)).starts).toEqual(expected)
  })

  it.each([
    [0, 0.1, 13.5],
    [0.25, 0.1, 14.25],
    [0.5, 0.1, 15],
    [0.75, 0.1, 15.75],
    [0.25, 1, 7.5],
    [0, 1, 0],
    [0, 2, 0],
    [0.75, 0, 15],
  ])('a chance of %d shifts it by up to %d of the interval: %d minutes', async (chance, jitter, expected) => {
    expect((await run([{}, {}], { jitter, random: () => chance })).starts.slice(0, 2)).toEqual([0, expected])
  })

  it('never asks a timer for more than it can wait', async () => {
    const { starts, sleeps } = await run([{}, {}], { everyMilliseconds: 60 * 24 * 60 * minute })
    expect(starts[1]).toBeCloseTo(60 * 24 * 60, 6)
    expect(sleeps.every(slept => Math.round(slept * minute) <= 2 ** 31 - 1)).toBe(true)
  })
})

describe('what the loop hands on', () => {
  it('is every result, with the time at which its check began', async () => {
    const { handed, ended } = await run([{ takes: 3 }, { result: bad }, {}])
    expect(handed.map(({ result, at }) => [result, at.toISOString()])).toEqual([
      [good, '2026-11-24T12:00:00.000Z'],
      [bad, '2026-11-24T12:15:00.000Z'],
      [good, '2026-11-24T12:30:00.000Z'],
    ])
    expect(ended).toEqual({ checks: 3, failed: 1 })
  })

  it('is a diagnostic of a check that throws, without its message', async () => {
    const { handed, ended } = await run([{ throws: new RangeError('a secret in a message') }, {}])
    expect(handed[0]?.result).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'run/internal', facts: { name: 'RangeError' } }],
    })
    expect(JSON.stringify(handed)).not.toContain('secret')
    expect([handed[1]?.result, ended]).toEqual([good, { checks: 2, failed: 1 }])
  })

  it('is not lost in silence: who throws over a result ends the loop', async () => {
    await expect(run([{}, {}], { onCheck: () => Promise.reject(new Error('disk full')) })).rejects.toThrow('disk full')
  })
})

describe('how the loop stops', () => {
  it('does not begin where it is stopped already', async () => {
    const { starts, ended } = await run([{}], { stop: AbortSignal.abort() })
    expect([starts, ended]).toEqual([[], { checks: 0, failed: 0 }])
  })

  it('ends a sleep at once', async () => {
    const { starts, sleeps, ended } = await run([{}])
    expect([starts, sleeps, ended]).toEqual([[0], [15], { checks: 1, failed: 0 }])
  })

  it('ends a sleep that resolves early too', async () => {
    const controller = new AbortController()
    const { starts } = await run([{}, {}], {
      stop: controller.signal,
      sleep: () => {
        controller.abort()
        return Promise.resolve()
      },
    })
    expect(starts).toEqual([0])
  })

  it.each<[Check]>([[{ stops: true }], [{ stops: true, throws: new Error('late') }]])(
    'finishes the check and hands its result on: %o',
    async last => {
      const { starts, sleeps, handed, ended } = await run([{}, last, {}])
      expect([starts, sleeps, handed.length]).toEqual([[0, 15], [15], 2])
      expect(ended).toEqual({ checks: 2, failed: 'throws' in last ? 1 : 0 })
    },
  )

  it('does not take the failure of a sleep for a stop', async () => {
    await expect(run([{}, {}], { sleep: () => Promise.reject(new Error('no timer')) })).rejects.toThrow('no timer')
  })
})
