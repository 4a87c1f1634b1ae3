/**
 * The headers in which the API states its limits. The reference lost its table of names; these are what public clients
 * read (ref 4).
 */
export const rateLimitHeaders = {
  limit: 'x-ratelimit-limit',
  remaining: 'x-ratelimit-remaining',
  reset: 'x-ratelimit-reset',
  retryAfter: 'retry-after',
} as const

type Headers = Readonly<Record<string, string>>

/** What an answer says of its limit: calls left, and when the count starts anew (milliseconds of the clock). */
export interface RateLimit {
  readonly limit?: number
  readonly remaining: number
  readonly resetAt: number
}

/** The limit that an answer states; undefined where it does not say how much is left and until when. */
export function rateLimitOf(headers: Headers, now: number): RateLimit | undefined {
  const limit = whole(headers[rateLimitHeaders.limit])
  const remaining = whole(headers[rateLimitHeaders.remaining])
  const resetAt = resetTime(headers[rateLimitHeaders.reset], now)
  if (remaining === undefined || resetAt === undefined) return undefined
  return { remaining, resetAt, ...(limit !== undefined && { limit }) }
}

/** Milliseconds that an answer asks to wait: `Retry-After` in seconds or as an HTTP date. */
export function retryAfter(headers: Headers, now: number): number | undefined {
  const text = headers[rateLimitHeaders.retryAfter]?.trim()
  if (text === undefined || text === '') return undefined
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000
  const at = Date.parse(text)
  return Number.isNaN(at) ? undefined : Math.max(0, at - now)
}

/** Milliseconds to the reset that an answer names. */
export function untilReset(headers: Headers, now: number): number | undefined {
  const at = resetTime(headers[rateLimitHeaders.reset], now)
  return at === undefined ? undefined : Math.max(0, at - now)
}

// The form of the reset is not documented: seconds from now, a time since 1970 in seconds or milliseconds, or a date.
function resetTime(text: string | undefined, now: number): number | undefined {
  if (text === undefined || text.trim() === '') return undefined
  const number = Number(text)
  if (Number.isNaN(number)) {
    const at = Date.parse(text)
    return Number.isNaN(at) ? undefined : at
  }
  if (number < 0) return undefined
  if (number < 1e8) return now + number * 1000
  return number < 1e11 ? number * 1000 : number
}

const whole = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d+$/.test(text.trim()) ? Number(text) : undefined
