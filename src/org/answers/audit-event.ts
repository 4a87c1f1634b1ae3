import { at, listAt, present, textAt } from '../members.ts'
import { objectShape } from '../shape.ts'
import type { Json } from '../../model/json.ts'

/** Who did something. */
export interface AuditActor {
  readonly id?: string
  readonly name?: string
  readonly email?: string
}

/** An entry of the audit log (ref 2.5). */
export interface AuditEvent {
  readonly id: string
  readonly time: string
  readonly processedAt?: string
  readonly action: string
  readonly actor?: AuditActor
  /** The address of origin. */
  readonly ip?: string
  /** What it was done to. The members are not documented for policies (ref 10.5), so they are handed on as they come. */
  readonly context: readonly Json[]
  readonly container: readonly Json[]
}

export const auditEventShape = objectShape<AuditEvent>('audit events with an id, a time and an action', event => {
  const id = textAt(event, 'id')
  const time = textAt(event, 'attributes', 'time')
  const action = textAt(event, 'attributes', 'action')
  if (id === undefined || time === undefined || action === undefined) return undefined
  const actor = at(event, 'attributes', 'actor')
  return present({
    id,
    time,
    processedAt: textAt(event, 'attributes', 'processedAt'),
    action,
    actor:
      actor === undefined || actor === null
        ? undefined
        : present({ id: textAt(actor, 'id'), name: textAt(actor, 'name'), email: textAt(actor, 'email') }),
    ip: textAt(event, 'attributes', 'location', 'ip'),
    context: listAt(event, 'attributes', 'context') ?? [],
    container: listAt(event, 'attributes', 'container') ?? [],
  })
})

/** An action id of the audit log, with the name that the console shows for it. */
export interface EventAction {
  readonly id: string
  readonly displayName?: string
  readonly groupDisplayName?: string
}

export const eventActionShape = objectShape<EventAction>('actions with an id', action => {
  const id = textAt(action, 'id')
  if (id === undefined) return undefined
  return present({
    id,
    displayName: textAt(action, 'attributes', 'displayName'),
    groupDisplayName: textAt(action, 'attributes', 'groupDisplayName'),
  })
})
