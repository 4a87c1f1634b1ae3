import { rateLimitOf, retryAfter, untilReset } from './rate-limit-headers.ts'
import type { OnEvent } from './events.ts'
import type { Send } from './send.ts'
import type { Pause, Time } from './time.ts'

/** When to slow down. */
export interface Pacing {
  /** Slow down once less than this share of the limit is left … */
  readonly lowShare: number
  /** … or, where the limit is not stated, fewer calls than this. */
  readonly lowCalls: number
  /** Never hold a request longer than this: the headers are not documented, and a refusal says more than a guess. */
  readonly longestSeconds: number
}

interface Track {
  remaining: number
  resetAt: number
  low: boolean
  /** The next request may leave at this time. */
  nextAt: number
}

/**
 * Slows down before the limit is reached: when few calls are left, they are spread over the time until the count starts
 * anew; after a refusal the other calls of that operation wait too. Limits are those of an endpoint (ref 4).
 */
export function withPacing(
  send: Send,
  pacing: Pacing,
  { clock, pause, onEvent }: { clock: Time['clock']; pause: Pause; onEvent: OnEvent },
): Send {
  const tracks = new Map<string, Track>()

  const reserve = (endpoint: string, now: number): number => {
    const track = tracks.get(endpoint)
    if (track === undefined) return 0
    if (now >= track.resetAt) {
      tracks.delete(endpoint)
      return 0
    }
    if (!track.low) return 0
    const leaveAt = track.remaining > 0 ? Math.max(now, track.nextAt) : track.resetAt
    track.remaining = Math.max(0, track.remaining - 1)
    track.nextAt = leaveAt + (track.resetAt - leaveAt) / (track.remaining + 1)
    return Math.min(leaveAt - now, pacing.longestSeconds * 1000)
  }

  const learn = (endpoint: string, status: number, headers: Readonly<Record<string, string>>): void => {
    const now = clock()
    if (status === 429) {
      const wait = retryAfter(headers, now) ?? untilReset(headers, now)
      if (wait === undefined) return
      tracks.set(endpoint, { remaining: 0, resetAt: now + wait, low: true, nextAt: now + wait })
      return
    }
    const stated = rateLimitOf(headers, now)
    if (stated === undefined) return
    const { limit, remaining, resetAt } = stated
    const low = limit === undefined ? remaining < pacing.lowCalls : remaining < limit * pacing.lowShare
    const known = tracks.get(endpoint)
    const gap = Math.max(0, resetAt - now) / (remaining + 1)
    tracks.set(endpoint, { remaining, resetAt, low, nextAt: known?.low === true ? known.nextAt : now + gap })
  }

  return async call => {
    const endpoint = `${call.method} ${call.operation.path}`
    const wait = reserve(endpoint, clock())
    if (wait > 0) {
      onEvent({ type: 'waiting', seconds: wait / 1000, because: 'pacing' })
      await pause(wait)
    }
    const response = await send(call)
    learn(endpoint, response.status, response.headers)
    return response
  }
}
