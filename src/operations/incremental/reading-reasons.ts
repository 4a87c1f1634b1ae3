import { some } from '../../diagnostics/wording.ts'
import { keptCollections, type KeptCollection, type ReadingReason } from '../../model/drift.ts'

/** How old what is kept may become, in milliseconds: somewhat less than a day, since a job that runs daily starts earlier now and then, and must read everything all the same. */
export const fullEvery = 23 * 3_600_000

/** Why a check reads everything, or a part of it, that it might have been spared. */
export const reasons = {
  asked: (): ReadingReason => ({ code: 'asked', summary: 'that was asked for (`--full`)' }),
  dayOld: (): ReadingReason => ({ code: 'day-old', summary: 'everything is read once a day' }),
  future: (time: string): ReadingReason => ({
    code: 'future',
    summary: `what is kept is from the future (${time}): a clock was wrong`,
  }),
  unusable: (why: string): ReadingReason => ({ code: 'unusable', summary: `what is kept cannot be used: ${why}` }),
  damaged: (): ReadingReason => ({
    code: 'damaged',
    summary: 'the section `reading` of the ledger is damaged: nothing is kept in it before somebody removes it',
  }),
  otherOrganization: (): ReadingReason => ({
    code: 'other-organization',
    summary: 'what is kept is from another organization',
  }),
  applied: (): ReadingReason => ({ code: 'applied', summary: 'an apply ended since everything was last read' }),
  runOpen: (run: string): ReadingReason => ({ code: 'run-open', summary: `the run ${run} goes on, or was cut off` }),
  noAuditLog: (): ReadingReason => ({
    code: 'no-audit-log',
    summary: 'without the audit log nothing tells what changed',
  }),
  auditLogUnread: (): ReadingReason => ({ code: 'audit-log-unread', summary: 'the audit log could not be read' }),
  unknownAction: (actions: readonly string[]): ReadingReason => ({
    code: 'unknown-action',
    summary: `the audit log has events of which nobody knows what they changed: ${some(actions)}`,
  }),
  everyone: (actions: readonly string[]): ReadingReason => ({
    code: 'everyone',
    summary: `the audit log has events that may have changed all accounts: ${some(actions)}`,
  }),
  namesNoAccount: (actions: readonly string[]): ReadingReason => ({
    code: 'names-no-account',
    summary: `the audit log has events that do not name the account they are about: ${some(actions)}`,
  }),
  strangers: (ids: readonly string[]): ReadingReason => ({
    code: 'unknown-account',
    summary: `the audit log names accounts that no listing shows: ${some(ids)}`,
  }),
  everythingChanged: (): ReadingReason => ({
    code: 'everything-changed',
    summary: 'by the audit log nothing of what is kept still holds',
  }),
  actionsMissing: (collection: KeptCollection, changes: readonly string[]): ReadingReason => ({
    code: 'actions-missing',
    summary: `the audit log has no action for ${changes.join(', ')}: ${keptCollections[collection]} are read in full`,
  }),
  noCounts: (why: string): ReadingReason => ({
    code: 'no-counts',
    summary: `the accounts cannot be counted, so what the log does not tell would be seen by nothing: ${why}`,
  }),
  countsDisagree: (expected: string, counted: string): ReadingReason => ({
    code: 'counts-disagree',
    summary: `the organization counts ${counted}, and by what is kept and the audit log it should be ${expected}: something changed that the log does not tell`,
  }),
} as const
