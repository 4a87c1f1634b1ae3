/** A number of calls a minute. */
export interface RateLimit {
  /** How the path of the route ends, with its parameters as `:name`: `/events`. */
  readonly path: string
  readonly perMinute: number
  /** Whose calls count together: those of one admin, or everybody's. */
  readonly per: 'user' | 'organization'
}

/** The numbers that are published; all other limits are not (ref 4). */
export const documentedRateLimits: readonly RateLimit[] = [
  { path: '/last-active-dates', perMinute: 200, per: 'organization' },
  { path: '/events', perMinute: 10, per: 'user' },
  { path: '/events', perMinute: 10, per: 'organization' },
  { path: '/events-stream', perMinute: 60, per: 'user' },
  { path: '/events-stream', perMinute: 50, per: 'organization' },
]

/** Where a caller stands after a call: the tightest limit of the route. */
export interface Standing {
  readonly limit: number
  readonly remaining: number
  /** When the minute is over. */
  readonly resetAt: number
  readonly exceeded: boolean
}

/** Counts calls by the minute of the clock. */
export interface RateLimiter {
  /** Counts a call; undefined for a route without a limit. */
  readonly count: (routePath: string, user: string, now: number) => Standing | undefined
  readonly clear: () => void
}

const minute = 60_000

/** A limiter that has seen no calls. */
export function rateLimiter(limits: readonly RateLimit[]): RateLimiter {
  const counts = new Map<string, { window: number; calls: number }>()

  function countOne(limit: RateLimit, user: string, now: number): Standing {
    const key = JSON.stringify([limit.path, limit.per, limit.per === 'user' ? user : ''])
    const window = Math.floor(now / minute)
    const last = counts.get(key)
    const calls = (last?.window === window ? last.calls : 0) + 1
    counts.set(key, { window, calls })
    return {
      limit: limit.perMinute,
      remaining: Math.max(0, limit.perMinute - calls),
      resetAt: (window + 1) * minute,
      exceeded: calls > limit.perMinute,
    }
  }

  return {
    count: (routePath, user, now) =>
      limits
        .filter(({ path }) => routePath.endsWith(path))
        .map(limit => countOne(limit, user, now))
        .reduce<Standing | undefined>(
          (tightest, standing) =>
            tightest === undefined ||
            standing.exceeded ||
            (!tightest.exceeded && standing.remaining < tightest.remaining)
              ? standing
              : tightest,
          undefined,
        ),
    clear: () => {
      counts.clear()
    },
  }
}
