import { setTimeout as delay } from 'node:timers/promises'
import { ConnectionFailure } from './connection-failure.ts'

/** What the client needs of the outside world besides the network. */
export interface Time {
  /** Milliseconds since 1970. */
  readonly clock: () => number
  /** Resolves after so many milliseconds; may reject earlier once the signal is aborted. */
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>
  /** From 0 up to, not including, 1. */
  readonly random: () => number
  /** Rings after so many milliseconds unless it is cancelled by what it returns. */
  readonly timer: (milliseconds: number, ring: () => void) => () => void
}

/** The real ones. */
export const realTime: Time = {
  clock: () => Date.now(),
  sleep: (milliseconds, signal) => delay(milliseconds, undefined, signal && { signal }),
  random: () => Math.random(),
  timer: (milliseconds, ring) => {
    const timer = setTimeout(ring, milliseconds)
    return () => clearTimeout(timer)
  },
}

/** Waits unless the run is stopped, which rejects with a `stopped` failure: nothing was sent while waiting. */
export type Pause = (milliseconds: number) => Promise<void>

/** A pause over a sleep that ends with the run. */
export function createPause({ sleep }: Pick<Time, 'sleep'>, signal: AbortSignal | undefined): Pause {
  const isStopped = (): boolean => signal?.aborted === true
  return async milliseconds => {
    if (!isStopped()) {
      await sleep(milliseconds, signal).catch((error: unknown) => {
        if (!isStopped()) throw error
      })
    }
    if (isStopped()) throw stopped('no')
  }
}

/** The run was stopped. */
export const stopped = (sent: 'no' | 'maybe'): ConnectionFailure => new ConnectionFailure({ kind: 'stopped', sent })
