import { isOrgError, OrgError, summaryOf } from './org-error.ts'
import { apiCall } from './api-call.ts'
import { ConnectionFailure } from './connection-failure.ts'
import { moveTaskShape, type MoveFailure } from './answers/task.ts'
import { createRhythm, type Following } from './following.ts'
import { readAnswer } from './read-answer.ts'

/** How a followed move ended. */
export interface MoveResult {
  readonly failures: readonly MoveFailure[]
  /** Why it could not be followed to its end: who was moved is then seen by reading the memberships again. */
  readonly unfinished?: string
}

/**
 * Follows a move until nothing is in progress. The task is asked for at our own address by its id: its `taskLink` may
 * point to another host, where the key must not go. The move was accepted, so trouble here never says that it failed.
 */
export async function followTask(following: Following, taskId: string): Promise<MoveResult> {
  const { send, orgId, onEvent } = following
  const call = apiCall('getAuthPolicyTask', { orgId, taskId })
  const rhythm = createRhythm(following)
  let failures: readonly MoveFailure[] = []
  try {
    while (await rhythm.next()) {
      const task = await readAnswer(send, call, moveTaskShape)
      const { inProgress, succeeded, failed } = task
      failures = task.failures
      onEvent({ type: 'task', inProgress, succeeded, failed })
      if (inProgress > 0) continue
      const unnamed = failed - failures.length
      return unnamed > 0
        ? { failures, unfinished: `${unnamed} accounts could not be moved and are not named` }
        : { failures }
    }
  } catch (error) {
    if (error instanceof ConnectionFailure)
      return { failures, unfinished: `the run was stopped while the task ${taskId} went on` }
    if (!(error instanceof OrgError)) throw error
    // How long a task is kept is not documented (ref 1.4).
    const gone = isOrgError(error, 'org/not-found')
    return { failures, unfinished: gone ? `the task ${taskId} is not known any more` : summaryOf(error.diagnostic) }
  }
  return { failures, unfinished: `the task ${taskId} was not done after ${following.limits.followSeconds} s` }
}
