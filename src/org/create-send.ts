import { withChecks } from './failed-call.ts'
import { createPause, type Pause, type Time } from './time.ts'
import type { OnEvent } from './events.ts'
import { jsonSend } from './json-send.ts'
import type { Limits } from './limits.ts'
import type { Send } from './send.ts'
import type { Transport } from './transport.ts'
import { withConcurrency } from './with-concurrency.ts'
import { withCounting, type Counts } from './with-counting.ts'
import { withKey, withoutEcho } from './with-key.ts'
import { withPacing } from './with-pacing.ts'
import { withQuotas } from './with-quotas.ts'
import { withReadOnly } from './with-read-only.ts'
import { withRequestLimit, type RequestLimit } from './with-request-limit.ts'
import { withRetry } from './with-retry.ts'
import { withTimeOut } from './with-time-out.ts'

/** What the sender is made of. */
export interface SendOptions {
  readonly transport: Transport
  readonly origin: string
  readonly key: string
  readonly readOnly: boolean
  readonly limits: Limits
  readonly time: Time
  readonly onEvent: OnEvent
  readonly signal: AbortSignal | undefined
  readonly limit: RequestLimit | undefined
}

/** The one sender of a client, and what it did so far. */
export interface Sender {
  readonly send: Send
  readonly counts: Counts
  readonly pause: Pause
}

/** Puts the wrappers together, the innermost first. What leaves is a good answer or an `OrgError`. */
export function createSend(options: SendOptions): Sender {
  const { transport, origin, key, readOnly, limits, time, onEvent, signal, limit } = options
  const pause = createPause(time, signal)
  const rim = { ...time, pause, onEvent }
  const timed = withTimeOut(transport, { seconds: limits.requestSeconds, timer: time.timer, signal })
  const json = withoutEcho(jsonSend(withKey(timed, key), origin), key)
  const { send: counted, counts } = withCounting(json, onEvent)
  const limited = limit === undefined ? counted : withRequestLimit(counted, limit)
  const guarded = readOnly ? withReadOnly(limited) : limited
  const paced = withPacing(guarded, limits.pacing, rim)
  const retried = withRetry(paced, limits.retry, rim)
  const bounded = withConcurrency(retried, limits.concurrency)
  // Outside the bound: a call that waits for its quota must not hold up the others.
  const withinQuotas = withQuotas(bounded, rim)
  return { send: withChecks(withinQuotas, origin), counts, pause }
}
