import { diagnostic } from '../diagnostics/diagnostic.ts'
import { callFacts } from './call-facts.ts'
import { OrgError } from './org-error.ts'
import type { Send } from './send.ts'

/** How many requests may be sent in all, by every client of a run, and how many were. */
export interface RequestLimit {
  readonly most: number
  sent: number
  /** A run that has begun to change something is not cut off in the middle. */
  lifted?: true
}

/** Stops before the first request too many, repetitions included, with `org/too-many-requests`. */
export const withRequestLimit =
  (send: Send, limit: RequestLimit): Send =>
  call => {
    const { most, sent, lifted } = limit
    if (lifted !== true && sent >= most)
      return Promise.reject(new OrgError(diagnostic('org/too-many-requests', { ...callFacts(call), most })))
    limit.sent = sent + 1
    return send(call)
  }
