import type { JsonObject } from '../model/json.ts'
import type { Account } from './accounts.ts'
import { perhapsUnlogged, type AuditActionId } from './audit-actions.ts'
import type { ApiKey, AuditEvent, State } from './state.ts'
import { nextId, type World } from './world.ts'

/** Something that happened, as its actor would put it. */
export interface Happening {
  readonly action: AuditActionId
  readonly actor: AuditEvent['actor']
  readonly context?: readonly JsonObject[]
  readonly message?: string
  /** When, if it was not just now. */
  readonly at?: number
}

/** Leaves an event in the audit log, if the audit mode has such events. */
export function leaveEvent(world: World, { action, actor, context = [], message, at }: Happening): void {
  if (world.audit === 'none' || (world.audit === 'documented' && perhapsUnlogged.has(action))) return
  if (world.switches.eventActionsMissing.includes(action)) return
  const { events } = world.state
  events.push({
    id: nextId(world, 'event'),
    // Listings rely on the order of time.
    time: Math.max(at ?? world.now(), events.at(-1)?.time ?? 0),
    action,
    actor,
    context,
    ...(message !== undefined && { message }),
  })
}

/** The account as the actor of an event. */
export const actorOf = ({ accountId, name, email }: Account): AuditEvent['actor'] => ({ id: accountId, name, email })

/** The admin that a key acts for (ref 4: a key acts with its owner's rights). */
export function keyActor({ accounts }: State, { id, label, ownerId }: ApiKey): AuditEvent['actor'] {
  const owner = ownerId === undefined ? undefined : accounts.byId.get(ownerId)
  return { ...(owner === undefined ? { id, name: label, email: '' } : actorOf(owner)), tokenLabel: label }
}

/** Who changes things in the console unless the form names somebody: the first org admin. */
export function firstAdmin({ accounts }: State): AuditEvent['actor'] {
  const admin = accounts.list.find(({ platformRoles }) => platformRoles.includes('atlassian/org-admin'))
  return admin === undefined ? { id: 'console', name: 'Console', email: '' } : actorOf(admin)
}

/** An account as the object of an event. */
export const accountContext = ({ accountId, email, name }: Account): JsonObject => ({
  id: accountId,
  type: 'users',
  attributes: { email, name },
})
