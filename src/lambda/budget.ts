import type { Invocation, LambdaWorld } from './contract.ts'

/** The time of one invocation: `stop` when no new request may be begun, `abort` when the one under way must end too. */
export interface Budget {
  readonly stop: AbortSignal
  readonly abort: AbortSignal
  /** How long it takes until `stop`. */
  readonly seconds: number
  /** Calls both off. */
  readonly end: () => void
}

/** What is left for the journal, the lock and the reports once everything has been stopped. */
const forTheEnd = 10_000

/** What the request under way may take: a write that is cut off leaves it open whether it happened. */
const forTheRequest = 35_000

/** Two signals that come before the service ends the process. A function with little time gives a third of it to each part. */
export function budgetOf({ after }: Pick<LambdaWorld, 'after'>, invocation: Invocation): Budget {
  const left = Math.max(0, invocation.getRemainingTimeInMillis())
  const stop = new AbortController()
  const abort = new AbortController()
  const untilAbort = left - Math.min(forTheEnd, left / 3)
  const untilStop = untilAbort - Math.min(forTheRequest, left / 3)
  const calledOff = [after(untilStop, () => stop.abort()), after(untilAbort, () => abort.abort())]
  return {
    stop: stop.signal,
    abort: abort.signal,
    seconds: Math.round(untilStop / 1000),
    end: () => calledOff.forEach(callOff => callOff()),
  }
}
