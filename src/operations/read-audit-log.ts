import type { AuditLog, SubjectEvent } from '../drift/attribute.ts'
import { accountsNamed, eventEffects, unloggedChanges, type EventEffect } from '../drift/event-effects.ts'
import { eventSubjects } from '../drift/event-subjects.ts'
import { wordsOf } from '../diagnostics/to-document.ts'
import { isFromTheFuture } from '../evidence/field-state.ts'
import type { KeptCollection } from '../model/drift.ts'
import type { AuditEvent } from '../org/answers/audit-event.ts'
import { isOrgError, OrgError } from '../org/org-error.ts'
import type { OrgReader } from '../org/reader.ts'
import type { LedgerState } from './ledger-state.ts'

/** How long Atlassian keeps events (ref 2.5). */
const retention = 180 * 86_400_000

/** Events show minutes late (ref 2.5): so much of what was read before is read again. */
export const overlap = 15 * 60_000

/** An event that may have changed what an earlier check kept. */
export interface Happened {
  readonly id: string
  /** When it came into the log. Milliseconds since 1970. */
  readonly at: number
  readonly action: string
  readonly effect: EventEffect
  /** Ids of the accounts that it names. */
  readonly accounts: readonly string[]
}

/** What the audit log tells of changes, and what it cannot tell. */
export interface Changes {
  readonly happened: readonly Happened[]
  /** The kinds of change that it has no action for, in words. */
  readonly unlogged: Readonly<Record<KeptCollection, readonly string[]>>
}

/** The audit log as far as it is known now, and whether it could be read. */
export interface AuditRead {
  readonly log: AuditLog
  /** Until when it was read; undefined where it was not. */
  readonly through: string | undefined
  /** Why the check is not complete without it; undefined where it was read, or where the organization has none. */
  readonly failure: string | undefined
  /** What changed since the time that was asked for; absent where the log was not read. */
  readonly changes?: Changes
  /** The organization has no log, or the key may not see it. */
  readonly isMissing?: true
}

/** From when on the log is read. */
export interface AuditWindow {
  /** For what is about governed objects; where the last reading ended if undefined. */
  readonly since: Date | undefined
  /** For what changed. Milliseconds since 1970; the overlap with what comes next where nothing is kept that could change. */
  readonly changesSince: number | undefined
}

/** Reads what is new in the audit log: the window starts where the last reading ended, and only what is about governed objects, or may have changed what is kept, is told. */
export async function readAuditLog(
  reader: OrgReader,
  { audit, lastApplied, facts }: LedgerState,
  now: Date,
  { since, changesSince }: AuditWindow,
): Promise<AuditRead> {
  const oldest = now.getTime() - retention
  // What a clock that was ahead recorded is not believed: the log is read again from where evidence begins.
  const through = audit.through === undefined || isFromTheFuture({ at: audit.through }, now) ? undefined : audit.through
  const kept = audit.events.filter(({ at }) => Date.parse(at) >= oldest)
  const starts = [
    ...(lastApplied === undefined ? [] : [Date.parse(lastApplied.at)]),
    ...facts.map(({ at }) => Date.parse(at)),
  ].filter(time => !Number.isNaN(time))
  // Without history and evidence there is nobody to name: then the log tells what changed, or is done without.
  const notNeeded =
    since === undefined && through === undefined && starts.length === 0
      ? {
          log: {
            events: [],
            since: now.toISOString(),
            unread: 'there is neither an apply nor evidence to compare with',
          },
          through: undefined,
          failure: undefined,
        }
      : undefined
  const changesFrom = changesSince ?? now.getTime() - overlap
  // Never from later than where the last reading ended: what is between would be taken for read from then on.
  const unread = through === undefined ? Math.min(...starts) : Date.parse(through) - overlap
  const from = Math.max(oldest, Math.min(since?.getTime() ?? unread, unread, changesFrom))
  const first = kept[0]
  const appliedAt = lastApplied === undefined ? {} : { appliedAt: lastApplied.at }
  const known = new Date(Math.min(from, first === undefined ? from : Date.parse(first.at))).toISOString()
  try {
    const actions = await reader.eventActions()
    const subjects = eventSubjects(actions)
    const effects = eventEffects(actions)
    const happened: Happened[] = []
    const found = new Map(kept.map(event => [event.id, event]))
    for await (const page of reader.events({ from })) {
      for (const event of page) {
        const { id, time, action, actor, ip, context } = event
        const effect = effects.get(action) ?? 'unknown'
        const at = loggedAt(event)
        if (effect !== 'nothing' && effect !== 'other' && !(at < changesFrom))
          happened.push({ id, at, action, effect, accounts: accountsNamed(context) })
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
    const changes = { happened, unlogged: unloggedChanges(actions) }
    if (notNeeded !== undefined) return { ...notNeeded, changes }
    const events = [...found.values()].sort(byTime)
    return {
      log: { events, since: known, ...appliedAt },
      through: now.toISOString(),
      failure: undefined,
      changes,
    }
  } catch (error) {
    if (!(error instanceof OrgError)) throw error
    const { summary } = wordsOf(error.diagnostic)
    const none = isOrgError(error, 'org/forbidden', 'org/not-found', 'org/feature-off')
    const isMissing = none && { isMissing: true as const }
    if (notNeeded !== undefined) return { ...notNeeded, ...isMissing }
    const why = none ? 'the organization has no audit log (it needs Guard Standard)' : summary
    return {
      log: { events: kept, since: known, unread: why, ...appliedAt },
      through: undefined,
      failure: none ? undefined : summary,
      ...isMissing,
    }
  }
}

/** By the time of processing, which comes after that of the event. A time that is none counts as new. */
const loggedAt = ({ time, processedAt }: AuditEvent): number => Date.parse(processedAt ?? time)

const byTime = (a: SubjectEvent, b: SubjectEvent): number =>
  Date.parse(a.at) - Date.parse(b.at) || (a.id < b.id ? -1 : 1)
