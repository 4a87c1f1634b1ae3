import type { Severity } from '../model/diagnostic-document.ts'
import { count, type WordingOf } from './wording.ts'

/** Why nothing is posted to a webhook at all. */
export type WebhookRefusal = 'no-url' | 'not-https' | 'credentials' | 'no-secret'

/** What goes wrong around the loop of checks. A webhook is named by its origin alone: its path is often a secret. */
export interface WatchFacts {
  'watch/webhook-failed': {
    readonly origin: string
    readonly attempts: number
    /** The last answer. */
    readonly status?: number
    /** Why there was no answer. */
    readonly cause?: string
    /** Whether it was given up because the loop was stopped. */
    readonly stopped: boolean
  }
  'watch/bad-webhook': { readonly origin?: string; readonly why: WebhookRefusal }
  'watch/cannot-listen': { readonly host: string; readonly port: number; readonly why: string }
}

export const watchWording: WordingOf<WatchFacts> = {
  'watch/webhook-failed': ({ origin, attempts, status, cause, stopped }) => ({
    summary:
      `the webhook at ${origin} was not told: ` +
      (status === undefined ? (cause ?? 'no answer') : `it answered ${status}`) +
      (attempts === 1 ? '' : `, after ${count(attempts, 'attempt')}`) +
      (stopped ? '; not tried again, since the loop was stopped' : ''),
    hint:
      status !== undefined && status >= 300 && status < 400
        ? 'redirects are not followed: name the address that it leads to'
        : 'what the check found and recorded is not affected',
  }),
  'watch/bad-webhook': ({ origin, why }) => ({
    summary: `the webhook${origin === undefined ? '' : ` at ${origin}`} cannot be used: ${refusals[why]}`,
    hint: 'nothing was posted',
  }),
  'watch/cannot-listen': ({ host, port, why }) => ({
    summary: `cannot listen on ${host}, port ${port}: ${why}`,
    hint: 'use port 0 for a free one, and an address of this machine; metrics and health are on loopback by default',
  }),
}

const refusals: Readonly<Record<WebhookRefusal, string>> = {
  'no-url': 'it is no address',
  'not-https': 'reports are posted over https only; http is for this machine',
  credentials: 'its address holds a name or a password',
  'no-secret': 'there is no secret to sign with',
}

export const watchSeverities = {} satisfies { readonly [C in keyof WatchFacts]?: Severity }
