import { longestFollowing } from './assumptions.ts'
import type { Pacing } from './with-pacing.ts'
import { defaultRetry, type RetryPolicy } from './with-retry.ts'

/** How hard the client tries, and how gently. */
export interface Limits {
  /** Calls under way at a time. */
  readonly concurrency: number
  /** Seconds for one request. */
  readonly requestSeconds: number
  /** Seconds that an accepted write is followed. */
  readonly followSeconds: number
  readonly retry: RetryPolicy
  readonly pacing: Pacing
}

export const defaultLimits: Limits = {
  concurrency: 4,
  requestSeconds: 30,
  followSeconds: longestFollowing,
  retry: defaultRetry,
  pacing: { lowShare: 0.2, lowCalls: 10, longestSeconds: 60 },
}
