import { createHmac } from 'node:crypto'
import { diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../diagnostics/outcome.ts'
import type { WebhookRefusal } from '../diagnostics/watch-codes.ts'
import { connectionFailure } from '../org/connection-failure.ts'
import { retryAfter } from '../org/rate-limit-headers.ts'
import { isLoopback } from '../org/loopback.ts'

/** A `fetch`, as far as it is used here. */
export type WebhookSend = (url: string, request: WebhookRequest) => Promise<WebhookAnswer>

export interface WebhookRequest {
  readonly method: 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly redirect: 'manual'
  /** Ends an attempt that brings no answer. */
  readonly signal: AbortSignal
}

export interface WebhookAnswer {
  readonly status: number
  readonly headers: { get(name: string): string | null }
  readonly body?: { cancel(): Promise<void> } | null
}

export interface WebhookOptions {
  readonly url: string
  /** What the receiver knows as well. It signs, and shows up nowhere. */
  readonly secret: string
  /** JSON text. */
  readonly body: string
  readonly send: WebhookSend
  readonly now: () => Date
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>
  /** From 0 up to, not including, 1. */
  readonly random: () => number
  /** In all; at least one is made. */
  readonly attempts: number
  /** An attempt under way is finished, another one is not begun. */
  readonly stop?: AbortSignal
}

/** That a receiver took it, and at which attempt. */
export interface WebhookReceipt {
  readonly status: number
  readonly attempts: number
}

const longestAttempt = 10_000
const firstWait = 1_000
const longestWait = 60_000
const longestAsked = 5 * 60_000

/**
 * Posts JSON to a receiver, signed so that it can tell who wrote it and when: the signature is over the time, a dot and the body. Tried again where no answer came, and after 429
 * and 5xx; every other answer is final, and no redirect is followed.
 */
export async function postWebhook(options: WebhookOptions): Promise<Outcome<WebhookReceipt>> {
  const checked = checkWebhook(options)
  if (!checked.ok) return checked
  const origin = checked.value
  for (let attempt = 1; ; attempt++) {
    const result = await post(options)
    if (result.taken) return outcome({ status: result.status, attempts: attempt }, [])
    const again = result.mayHelp && attempt < options.attempts
    if (again) await pause(result.asked ?? growing(attempt, options.random), options)
    const stopped = again && options.stop?.aborted === true
    if (again && !stopped) continue
    const { status, cause } = result
    const facts = { ...(status !== undefined && { status }), ...(cause !== undefined && { cause }) }
    return failed(diagnostic('watch/webhook-failed', { origin, attempts: attempt, ...facts, stopped }))
  }
}

/** The origin of a receiver that can be posted to. To be asked before the first finding, not at it. */
export function checkWebhook({ url: text, secret }: Pick<WebhookOptions, 'url' | 'secret'>): Outcome<string> {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const why = refusalOf(url, secret)
  const origin = url && `${url.protocol}//${url.host}`
  return origin === undefined || why !== undefined
    ? failed(diagnostic('watch/bad-webhook', { why: why ?? 'no-url', ...(origin !== undefined && { origin }) }))
    : outcome(origin, [])
}

function refusalOf(url: URL | undefined, secret: string): WebhookRefusal | undefined {
  if (url === undefined) return 'no-url'
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) return 'not-https'
  if (url.username !== '' || url.password !== '') return 'credentials'
  // A signature with an empty key is one that everybody can make.
  return secret === '' ? 'no-secret' : undefined
}

type Attempted =
  | { readonly taken: true; readonly status: number }
  | {
      readonly taken: false
      readonly status?: number
      readonly cause?: string
      /** Whether another attempt may go better, and the milliseconds to wait before it where the answer names them. */
      readonly mayHelp: boolean
      readonly asked?: number
    }

async function post({ url, secret, body, send, now }: WebhookOptions): Promise<Attempted> {
  // Each attempt is signed anew: a receiver that refuses old signatures must not refuse the attempts that come late.
  const timestamp = String(Math.floor(now().getTime() / 1000))
  const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')
  const headers = {
    'Content-Type': 'application/json',
    'User-Agent': 'postern',
    'X-Postern-Timestamp': timestamp,
    'X-Postern-Signature-256': `sha256=${signature}`,
  }
  try {
    const signal = AbortSignal.timeout(longestAttempt)
    const answer = await send(url, { method: 'POST', headers, body, redirect: 'manual', signal })
    const { status } = answer
    // Nothing in it is of use, and an answer that is not read keeps its connection open.
    await answer.body?.cancel().catch(() => undefined)
    if (status >= 200 && status < 300) return { taken: true, status }
    const mayHelp = status === 429 || status >= 500
    const asked = mayHelp ? waitAsked(answer, now().getTime()) : undefined
    return { taken: false, status, mayHelp, ...(asked !== undefined && { asked }) }
  } catch (error) {
    return { taken: false, ...noAnswer(error) }
  }
}

/** Why no answer came; never text of the error, which may hold the address or the headers. */
function noAnswer(error: unknown): { readonly cause: string; readonly mayHelp: boolean } {
  const late = { cause: `no answer in ${longestAttempt / 1000} s`, mayHelp: true }
  if (error instanceof Error && error.name === 'TimeoutError') return late
  const { facts } = connectionFailure(error)
  return facts.kind === 'network' ? { cause: facts.cause, mayHelp: facts.lasting !== true } : late
}

// A receiver that asks for no wait at all is not asked without end: it gets the shortest one.
function waitAsked({ headers }: WebhookAnswer, now: number): number | undefined {
  const asked = retryAfter({ 'retry-after': headers.get('retry-after') ?? '' }, now)
  return asked === undefined ? undefined : Math.min(longestAsked, Math.max(firstWait, asked))
}

/** Chance within the upper half of a bound that doubles: up to the longest, each wait is longer than the one before. */
function growing(attempt: number, random: () => number): number {
  const bound = Math.min(longestWait, firstWait * 2 ** attempt)
  return (bound / 2) * (1 + random())
}

async function pause(milliseconds: number, { sleep, stop }: WebhookOptions): Promise<void> {
  if (stop?.aborted === true) return
  await sleep(milliseconds, stop).catch((error: unknown) => {
    if (stop?.aborted !== true) throw error
  })
}
