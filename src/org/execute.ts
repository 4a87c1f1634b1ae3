import { diagnostic } from '../diagnostics/diagnostic.ts'
import type { WriteRefusal } from '../diagnostics/org-codes.ts'
import type { ApiRequest } from '../model/api-request.ts'
import type { MoveFailure } from './answers/task.ts'
import type { Following } from './following.ts'
import { followResources } from './follow-resources.ts'
import { followTask } from './follow-task.ts'
import { matchOperation, type OperationMatch } from './match-operation.ts'
import { textAt } from './members.ts'
import { OrgError } from './org-error.ts'
import type { ApiResponse } from './send.ts'
import { stopped, type Pause } from './time.ts'

/** What became of a planned write that was accepted. */
export interface Execution {
  /** The id of the object that the write made. */
  readonly createdId?: string
  /** The task as which a move goes on, by which it can be followed again. */
  readonly taskId?: string
  /** Accounts that a move left where they were. */
  readonly failures: readonly MoveFailure[]
  /** Why it could not be followed to its end. */
  readonly unfinished?: string
}

/** What an accepted write can be found by again. */
export interface Accepted {
  readonly createdId?: string
  readonly taskId?: string
}

/** How a write is watched. */
export interface Watching {
  /** Told before the write is followed: what it is given must be known if the run ends here. */
  readonly onAccepted?: (accepted: Accepted) => Promise<void>
  /** Ends the following, and nothing else: the write goes on without anybody looking. */
  readonly stop?: AbortSignal | undefined
}

/**
 * Carries out one write of a plan and follows it to its end. What is no documented write of this organization is refused
 * with `org/write-refused` before anything is sent: a plan is a file, and a file can be edited.
 */
export async function execute(
  following: Following,
  today: string,
  request: ApiRequest,
  { onAccepted, stop }: Watching = {},
): Promise<Execution> {
  const { operation, params } = accepted(following.orgId, today, request)
  const call = { ...request, operation }
  const response = await following.send(call)
  const taskId = operation.follow === 'task' ? taskIn(response) : undefined
  const createdId = operation.follow === undefined && request.method === 'POST' ? idIn(response) : undefined
  await onAccepted?.({ ...(taskId !== undefined && { taskId }), ...(createdId !== undefined && { createdId }) })
  const watched = stop === undefined ? following : { ...following, pause: until(stop, following.pause) }
  if (operation.follow === 'task') return await moved(watched, operation.words, taskId)
  if (operation.follow === 'resources') {
    const resourceId = params['resourceId'] ?? textAt(request.body, 'id')
    const touched = { policyId: params['policyId'] ?? '', resourceId, removed: request.method === 'DELETE' }
    const unfinished = await followResources(watched, touched, { call, response })
    return { failures: [], ...(unfinished !== undefined && { unfinished }) }
  }
  return { failures: [], ...(createdId !== undefined && { createdId }) }
}

function accepted(orgId: string, today: string, request: ApiRequest): OperationMatch {
  const refuse = (why: WriteRefusal): OrgError => {
    const [path = ''] = request.path.split('?')
    return new OrgError(diagnostic('org/write-refused', { request: `${request.method} ${path}`, why }))
  }
  const match = matchOperation(request.method, request.path)
  if (match === undefined) throw refuse('unknown-operation')
  const { operation, params } = match
  if (operation.effect !== 'write') throw refuse('only-reads')
  if (operation.retired !== undefined && operation.retired < today) throw refuse('retired')
  if (params['orgId'] === undefined) throw refuse('no-organization')
  if (params['orgId'] !== orgId) throw refuse('other-organization')
  return match
}

async function moved(following: Following, operation: string, taskId: string | undefined): Promise<Execution> {
  if (taskId === undefined) {
    return { failures: [], unfinished: 'the move was accepted, but the answer names no task to follow' }
  }
  following.onEvent({ type: 'accepted', operation, taskId })
  return { taskId, ...(await followTask(following, taskId)) }
}

function taskIn({ body }: ApiResponse): string | undefined {
  const taskId = textAt(body, 'taskId')
  return taskId !== undefined && /^[\w-]+$/.test(taskId) ? taskId : undefined
}

/** A pause that rejects once it is asked to stop. */
const until =
  (stop: AbortSignal, pause: Pause): Pause =>
  async milliseconds => {
    if (stop.aborted) throw stopped('no')
    let onAbort: (() => void) | undefined
    const interrupted = new Promise<never>((_, reject) => {
      onAbort = () => reject(stopped('no'))
      stop.addEventListener('abort', onAbort)
    })
    try {
      await Promise.race([pause(milliseconds), interrupted])
    } finally {
      if (onAbort !== undefined) stop.removeEventListener('abort', onAbort)
    }
  }

const idIn = ({ body }: ApiResponse): string | undefined => textAt(body, 'data', 'id') ?? textAt(body, 'id')
