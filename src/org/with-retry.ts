import { diagnostic } from '../diagnostics/diagnostic.ts'
import { callFacts, writtenBy } from './call-facts.ts'
import { ConnectionFailure } from './connection-failure.ts'
import type { OnEvent } from './events.ts'
import { OrgError } from './org-error.ts'
import { retryAfter, untilReset } from './rate-limit-headers.ts'
import type { ApiCall, ApiResponse, Send } from './send.ts'
import type { Pause, Time } from './time.ts'

/** When a call is made again. */
export interface RetryPolicy {
  /** Attempts in all at a call that fails; a call that is refused for its rate is tried while the budget lasts. */
  readonly attempts: number
  /** Answers that may turn out better the next time. */
  readonly statuses: ReadonlySet<number>
  /** Milliseconds before the next attempt where the server names none. */
  readonly wait: (attempt: number, random: () => number) => number
  /** Milliseconds that all waits of one call may come to. */
  readonly budget: number
}

/** Exponential backoff with full jitter: anything below a bound that doubles with each attempt. */
export const fullJitter =
  ({ first, longest }: { readonly first: number; readonly longest: number }): RetryPolicy['wait'] =>
  (attempt, random) =>
    random() * Math.min(longest, first * 2 ** (attempt - 1))

/** What the client does unless it is told otherwise. */
export const defaultRetry: RetryPolicy = {
  attempts: 5,
  statuses: new Set([408, 429, 500, 502, 503, 504]),
  wait: fullJitter({ first: 500, longest: 30_000 }),
  budget: 300_000,
}

// Without it, a server that answers `Retry-After: 0` for ever would be asked for ever.
const shortestAfterRefusal = 1000

type Result = { readonly response: ApiResponse } | { readonly failure: ConnectionFailure }

/**
 * Makes a call again where that may help and cannot do harm: a write that may have been carried out is repeated only if
 * repeating leaves the same state. What the server asks to wait is waited in full, or not at all where it exceeds the budget.
 */
export function withRetry(
  send: Send,
  policy: RetryPolicy,
  { clock, random, pause, onEvent }: Pick<Time, 'clock' | 'random'> & { pause: Pause; onEvent: OnEvent },
): Send {
  return async call => {
    let waited = 0
    let repeated = false
    for (let attempt = 1; ; attempt++) {
      const result = markRepeated(await trying(send, { ...call, attempt }), repeated)
      const limited = isLimited(result)
      const again = mayHelp(result, policy) && (limited || attempt < policy.attempts) && isHarmless(call, result)
      const asked = again ? waitAsked(result, clock()) : undefined
      const wait = Math.max(asked ?? policy.wait(attempt, random), limited ? shortestAfterRefusal : 0)
      if (!again || waited + wait > policy.budget) {
        if ('failure' in result) throw result.failure
        if (limited) throw rateLimited(call, result.response, waited, asked)
        return result.response
      }
      repeated ||= isInDoubt(call, result)
      onEvent({ type: 'waiting', seconds: wait / 1000, because: limited ? 'rate-limit' : 'retry' })
      await pause(wait).catch((error: unknown) => {
        throw repeated && error instanceof ConnectionFailure ? inDoubt(error) : error
      })
      waited += wait
    }
  }
}

async function trying(send: Send, call: ApiCall): Promise<Result> {
  try {
    return { response: await send(call) }
  } catch (error) {
    if (error instanceof ConnectionFailure) return { failure: error }
    throw error
  }
}

const isLimited = (result: Result): result is { response: ApiResponse } =>
  'response' in result && result.response.status === 429

const mayHelp = (result: Result, { statuses }: RetryPolicy): boolean =>
  'response' in result
    ? statuses.has(result.response.status)
    : result.failure.facts.kind !== 'stopped' && result.failure.facts.lasting !== true

/** Whether this attempt may have carried a write out. */
const isInDoubt = ({ operation }: ApiCall, result: Result): boolean =>
  operation.effect === 'write' &&
  ('response' in result ? writtenBy(result.response) : result.failure.facts.sent) === 'maybe'

const isHarmless = (call: ApiCall, result: Result): boolean =>
  call.operation.repeatable === true || !isInDoubt(call, result)

function waitAsked(result: Result, now: number): number | undefined {
  if ('failure' in result) return undefined
  const { headers } = result.response
  return retryAfter(headers, now) ?? (isLimited(result) ? untilReset(headers, now) : undefined)
}

// Doubt about an earlier attempt outlives a later one that surely did nothing.
function markRepeated(result: Result, repeated: boolean): Result {
  if (!repeated) return result
  return 'failure' in result ? { failure: inDoubt(result.failure) } : { response: { ...result.response, repeated } }
}

const inDoubt = ({ facts }: ConnectionFailure): ConnectionFailure => new ConnectionFailure({ ...facts, sent: 'maybe' })

const rateLimited = (call: ApiCall, response: ApiResponse, waited: number, asked: number | undefined): OrgError =>
  new OrgError(
    diagnostic('org/rate-limited', {
      ...callFacts(call, response),
      waited: Math.round(waited / 1000),
      ...(asked !== undefined && { asked: Math.ceil(asked / 1000) }),
    }),
  )
