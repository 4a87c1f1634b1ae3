import type { Json } from '../../model/json.ts'
import { isStrings } from '../../model/json.ts'
import { at, listAt, numberAt, present, textAt } from '../members.ts'
import { objectShape } from '../shape.ts'

/** An account that a move left where it was, and why as far as Atlassian says. */
export interface MoveFailure {
  readonly email: string
  readonly status?: number
  readonly title?: string
  readonly detail?: string
}

/** How far a move is (ref 1.4). It is done when nothing is in progress. */
export interface MoveTask {
  readonly inProgress: number
  readonly succeeded: number
  readonly failed: number
  readonly failures: readonly MoveFailure[]
}

export const moveTaskShape = objectShape<MoveTask>('the progress of a move', task => {
  const inProgress = numberAt(task, 'inProgressCount')
  if (inProgress === undefined) return undefined
  return {
    inProgress,
    succeeded: numberAt(task, 'successCount') ?? 0,
    failed: numberAt(task, 'failureCount') ?? 0,
    failures: (listAt(task, 'failureReasons') ?? []).flatMap(failuresOf),
  }
})

function failuresOf(reason: Json): readonly MoveFailure[] {
  const emails = at(reason, 'emails')
  const why = {
    status: numberAt(reason, 'details', 'status'),
    title: textAt(reason, 'details', 'title'),
    detail: textAt(reason, 'details', 'detail'),
  }
  return isStrings(emails) ? emails.map(email => present({ email, ...why })) : []
}
