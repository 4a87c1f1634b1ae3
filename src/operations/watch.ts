import { diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, type Outcome } from '../diagnostics/outcome.ts'
import type { DriftReport } from '../model/drift.ts'

/** What the loop does, and what it needs of the outside world. */
export interface WatchOptions {
  /** From the start of one check to the start of the next. */
  readonly everyMilliseconds: number
  /** By what share of the interval a start may be early or late, such as 0.1: many loops must not ask at the same moment. */
  readonly jitter: number
  readonly check: () => Promise<Outcome<DriftReport>>
  /** Is given every result, with the time at which its check began. What it throws ends the loop. */
  readonly onCheck: (result: Outcome<DriftReport>, at: Date) => Promise<void>
  readonly now: () => Date
  /** From 0 up to, not including, 1. */
  readonly random: () => number
  /** Resolves after so many milliseconds; may reject earlier once the signal is aborted. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>
  /** Ends the loop: a sleep at once, a check only when it is done and its result was handed on. */
  readonly stop: AbortSignal
}

/**
 * Checks at once, then again and again until it is stopped. Checks never overlap; one that takes longer than the interval is followed at once by the next, and those missed are not
 * made up for. A check that fails or throws counts as failed and does not end the loop.
 */
export async function watch(options: WatchOptions): Promise<{ readonly checks: number; readonly failed: number }> {
  const { check, onCheck, now, stop } = options
  const isStopped = (): boolean => stop.aborted
  let checks = 0
  let failures = 0
  while (!isStopped()) {
    const at = now()
    const result = await settled(check)
    checks++
    if (!result.ok) failures++
    await onCheck(result, at)
    if (!isStopped()) await pause(waitAfter(now().getTime() - at.getTime(), options), options)
  }
  return { checks, failed: failures }
}

/** A check that throws has a fault of its own: it is told, and the next check may do better. */
async function settled(check: WatchOptions['check']): Promise<Outcome<DriftReport>> {
  try {
    return await check()
  } catch (error) {
    // The message is left out: that of an unexpected error may hold anything.
    const { name, stack = '' } = error instanceof Error ? error : { name: 'unknown' }
    const at = stack.split('\n').find(line => /^\s+at /.test(line)) ?? ''
    return failed(diagnostic('run/internal', { name, at: at.replace(/^\s+at /, '') }))
  }
}

/** Milliseconds left until the next start. */
function waitAfter(elapsed: number, { everyMilliseconds, jitter, random }: WatchOptions): number {
  const interval = everyMilliseconds * (1 + jitter * (2 * random() - 1))
  // A clock that was set back makes the time that passed negative: it counts as none, so that no wait is longer than one interval.
  return Math.max(0, interval - Math.max(0, elapsed))
}

// A timer of Node.js that is asked to wait longer rings at once: an interval of a month would become none at all.
const longestTimer = 2 ** 31 - 1

async function pause(milliseconds: number, { sleep, stop }: WatchOptions): Promise<void> {
  for (let left = milliseconds; left > 0 && !stop.aborted; left -= longestTimer) {
    await sleep(Math.min(left, longestTimer), stop).catch((error: unknown) => {
      if (!stop.aborted) throw error
    })
  }
}
