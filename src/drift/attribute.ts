import { foldEmail } from '../model/account.ts'
import type { Actor, DriftDifference } from '../model/drift.ts'
import type { Json } from '../model/json.ts'
import type { EventSubject } from './event-subjects.ts'

/** An event of the audit log that is about something Postern governs. */
export interface SubjectEvent {
  readonly id: string
  readonly at: string
  readonly subject: EventSubject
  readonly actor?: Actor
  /** The address of origin. */
  readonly from?: string
  readonly context: readonly Json[]
}

/** What is known of the audit log. */
export interface AuditLog {
  /** The newest last. */
  readonly events: readonly SubjectEvent[]
  /** When the last apply ended. */
  readonly appliedAt?: string
  /** From when on it was read. */
  readonly since: string
  /** Why it could not be read, in words; absent where it could. */
  readonly unread?: string
}

/** Names who changed what was changed outside, or says why nobody can. */
export function attribute(
  difference: DriftDifference,
  log: AuditLog,
  /** The id of the object, where it has one. */
  objectId: string | undefined,
): DriftDifference {
  if (difference.class !== 'changed-outside' && difference.class !== 'conflict') return difference
  // What an apply itself did is in the log as well; only what came after it can be somebody else's.
  const event = log.events.findLast(
    candidate =>
      isAbout(candidate, difference, objectId) && !(Date.parse(candidate.at) <= Date.parse(log.appliedAt ?? '')),
  )
  if (event !== undefined) {
    return {
      ...difference,
      ...(event.actor && { actor: event.actor }),
      at: event.at,
      eventId: event.id,
      ...(event.from !== undefined && { from: event.from }),
      ...(event.actor === undefined && { why: joined(difference.why, 'the event names no actor') }),
    }
  }
  return { ...difference, why: joined(difference.why, whyUnknown(difference, log)) }
}

const joined = (...parts: readonly (string | undefined)[]): string =>
  parts.filter(part => part !== undefined && part !== '').join('; ')

function whyUnknown({ kind, evidence = [] }: DriftDifference, { unread, since }: AuditLog): string {
  if (unread !== undefined) return `who did it is not known: ${unread}`
  const [seen] = evidence
  const last =
    seen?.from === 'attestation'
      ? `; last attested ${seen.at.slice(0, 10)}${seen.by === undefined ? '' : ` by ${seen.by}`}`
      : ''
  return kind === 'ExternalUserPolicy'
    ? `who did it is not known: edits of the external user policy may not be in the audit log${last}`
    : `who did it is not known: the audit log has no event of it since ${since.slice(0, 16).replace('T', ' ')} UTC, which is no proof that nobody did${last}`
}

/** Whether an event can have brought a difference about: same kind, same object, and for accounts the account. */
export function isAbout(
  { subject, context }: SubjectEvent,
  { kind, name, path, account }: Pick<DriftDifference, 'kind' | 'name' | 'path' | 'account'>,
  objectId: string | undefined,
): boolean {
  const what = path === 'members' ? 'members' : path === 'access' ? 'access' : 'settings'
  if (subject.kind !== kind || subject.what !== what) return false
  if (account !== undefined) {
    const wanted = new Set([account.accountId ?? '', foldEmail(account.email)])
    return context.some(part => mentions(part, wanted))
  }
  if (subject.name !== undefined) return subject.name === name
  const wanted = new Set([...(objectId === undefined ? [] : [objectId]), foldEmail(name)])
  return context.length === 0 || context.some(part => mentions(part, wanted))
}

/** Whether a text stands anywhere in the context of an event: which members it has is not documented (ref 10.5). */
function mentions(part: Json, wanted: ReadonlySet<string>): boolean {
  if (typeof part === 'string') return wanted.has(part) || wanted.has(foldEmail(part))
  if (typeof part !== 'object' || part === null) return false
  return Object.values(part).some(value => mentions(value, wanted))
}
