import type { AuditLog, SubjectEvent } from '../drift/attribute.ts'
import { eventSubjects } from '../drift/event-subjects.ts'
import { wordsOf } from '../diagnostics/to-document.ts'
import { isOrgError, OrgError } from '../org/org-error.ts'
import type { OrgReader } from '../org/reader.ts'
import type { LedgerState } from './ledger-state.ts'

/** How long Atlassian keeps events (ref 2.5). */
const retention = 180 * 86_400_000

/** Events show minutes late (ref 2.5): so much of what was read before is read again. */
const overlap = 15 * 60_000

/** The audit log as far as it is known now, and whether it could be read. */
export interface AuditRead {
  readonly log: AuditLog
  /** Until when it was read; undefined where it was not. */
  readonly through: string | undefined
  /** Why the check is not complete without it; undefined where it was read, or where the organization has none. */
  readonly failure: string | undefined
}

/** Reads what is new in the audit log: the window starts where the last reading ended, and only what is about governed objects is kept. */
export async function readAuditLog(
  reader: OrgReader,
  { audit, lastApplied, facts }: LedgerState,
  now: Date,
  since: Date | undefined,
): Promise<AuditRead> {
  const oldest = now.getTime() - retention
  const kept = audit.events.filter(({ at }) => Date.parse(at) >= oldest)
  const starts = [
    ...(lastApplied === undefined ? [] : [Date.parse(lastApplied.at)]),
    ...facts.map(({ at }) => Date.parse(at)),
  ].filter(time => !Number.isNaN(time))
  if (since === undefined && audit.through === undefined && starts.length === 0) {
    const unread = 'there is neither an apply nor evidence to compare with'
    return { log: { events: [], since: now.toISOString(), unread }, through: undefined, failure: undefined }
  }
  const from = Math.max(
    oldest,
    since?.getTime() ?? (audit.through === undefined ? Math.min(...starts) : Date.parse(audit.through) - overlap),
  )
  const first = kept[0]
  const appliedAt = lastApplied === undefined ? {} : { appliedAt: lastApplied.at }
  const known = new Date(Math.min(from, first === undefined ? from : Date.parse(first.at))).toISOString()
  try {
    const subjects = eventSubjects(await reader.eventActions())
    const found = new Map(kept.map(event => [event.id, event]))
    for await (const page of reader.events({ from })) {
      for (const { id, time, action, actor, ip, context } of page) {
        const subject = subjects.get(action)
        if (subject === undefined) continue
        found.set(id, {
          id,
          at: time,
          subject,
          ...(actor && { actor }),
          ...(ip !== undefined && { from: ip }),
          context,
        })
      }
    }
    const events = [...found.values()].sort(byTime)
    return { log: { events, since: known, ...appliedAt }, through: now.toISOString(), failure: undefined }
  } catch (error) {
    if (!(error instanceof OrgError)) throw error
    const { summary } = wordsOf(error.diagnostic)
    const none = isOrgError(error, 'org/forbidden', 'org/not-found', 'org/feature-off')
    const unread = none ? 'the organization has no audit log (it needs Guard Standard)' : summary
    return {
      log: { events: kept, since: known, unread, ...appliedAt },
      through: undefined,
      failure: none ? undefined : summary,
    }
  }
}

const byTime = (a: SubjectEvent, b: SubjectEvent): number =>
  Date.parse(a.at) - Date.parse(b.at) || (a.id < b.id ? -1 : 1)
