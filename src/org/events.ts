/** What the client tells while it works, for progress. No event holds a key, a header or a body. */
export type OrgEvent =
  /** A request was sent and answered; without a status no answer came. */
  | {
      readonly type: 'request'
      readonly operation: string
      readonly effect: 'read' | 'write'
      readonly status?: number
      readonly attempt: number
    }
  | { readonly type: 'waiting'; readonly seconds: number; readonly because: WaitingReason }
  /** A write was accepted and goes on as a task, which can be followed by its id. */
  | { readonly type: 'accepted'; readonly operation: string; readonly taskId: string }
  | { readonly type: 'task'; readonly inProgress: number; readonly succeeded: number; readonly failed: number }

/** `pacing`: the limit is near; `quota`: a documented quota is used up; `rate-limit`: it was refused; `retry`: it failed. */
export type WaitingReason = 'pacing' | 'quota' | 'rate-limit' | 'retry'

/** Takes events. It is called in the order of things and must not throw. */
export type OnEvent = (event: OrgEvent) => void
