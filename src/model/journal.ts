import type { SavedPlan } from './plan.ts'
import type { StepResult } from './reports.ts'

/**
 * One line of the journal of a run. Each is durable before what follows it is done, so that after a crash anywhere it is known which requests were not sent, which were
 * answered, and which one may or may not have been carried out.
 */
export type JournalEntry =
  | {
      readonly type: 'begin'
      readonly at: string
      readonly run: string
      /** Who runs it, in words. */
      readonly by: string
      readonly plan: SavedPlan
      /** Whether the documents of the plan become what was last applied. */
      readonly remember: boolean
    }
  /** The request is about to be sent: without an `accepted` or `refused` after it, it may have been carried out. */
  | { readonly type: 'sending'; readonly at: string; readonly step: string; readonly request: number }
  /** It was accepted: as a task that goes on, or as an object with an id. */
  | {
      readonly type: 'accepted'
      readonly at: string
      readonly step: string
      readonly request: number
      readonly taskId?: string
      readonly createdId?: string
    }
  /** It failed. `carriedOut` says whether it may have taken effect all the same. */
  | {
      readonly type: 'refused'
      readonly at: string
      readonly step: string
      readonly request: number
      readonly code: string
      readonly carriedOut: 'no' | 'maybe'
    }
  /** A step has ended. `refused` are the folded addresses of accounts that stayed as they were. */
  | {
      readonly type: 'step'
      readonly at: string
      readonly result: StepResult
      readonly refused?: readonly string[]
      /** SHA-256 of the objects it is about, as they were seen after it. */
      readonly after?: string
    }
  | { readonly type: 'end'; readonly at: string }
