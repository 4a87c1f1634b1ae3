import { wordsOf } from '../../diagnostics/to-document.ts'
import type { Ledger, ReadingPosition, StoredReading } from '../../ledger/contract.ts'
import type { DriftReading, ReadingReason } from '../../model/drift.ts'
import { OrgError } from '../../org/org-error.ts'
import type { OrgReader } from '../../org/reader.ts'
import type { CountingReader } from '../connection.ts'
import type { LedgerState } from '../ledger-state.ts'
import { overlap, type AuditRead, type Changes } from '../read-audit-log.ts'
import { readOnce } from '../read-once.ts'
import { countAccounts, countsAfter, countWords, isSameCount } from './count-accounts.ts'
import { countsOf, noAnswers, withoutPolicies, type Counts, type KeptAnswers } from './kept-answers.ts'
import { digestOf, openKeptReading, storedReading, type KeptReading } from './kept-reading.ts'
import { keepingReader } from './keeping-reader.ts'
import { packAnswers } from './packed-answers.ts'
import { readAccountsAgain } from './read-accounts-again.ts'
import { reasons } from './reading-reasons.ts'
import { whatToReadAgain } from './what-to-read-again.ts'

/** What it takes to decide how much is read. */
export interface ReadingChoice {
  readonly client: CountingReader
  readonly ledger: Ledger
  readonly state: LedgerState
  readonly organization: string
  /** When the check began, before anything was read. */
  readonly now: Date
  /** Whether everything is read, whatever is kept. */
  readonly isFull: boolean
  readonly audit: AuditRead
}

/** How an organization is read in one check. */
export interface ChosenReading {
  /** Asks the organization for everything, or for what may have changed. */
  readonly reader: OrgReader
  readonly report: DriftReading
  /** When the policies of accounts were read, where that was before this check. */
  readonly policiesReadAt: string | undefined
  /** Keeps what was read for the next check, once all of it was: the answers first, so that a crash before their position is written costs no more than another full reading. */
  keep(): Promise<ReadingPosition | undefined>
}

/**
 * From when on the audit log has to tell what changed since what is kept was read; undefined where nothing is kept. Events show late, and answers lag behind them (roles by 30 s, ref 2.1): so each event
 * is dealt with by every check until one that began a quarter of an hour after it.
 */
export function keptSince(position: ReadingPosition | undefined): number | undefined {
  const through = Date.parse(position?.through ?? '')
  return Number.isNaN(through) ? undefined : through - overlap
}

/**
 * Decides whether what an earlier check kept, with what the audit log tells of the time since, stands for a full reading. In doubt everything is read, and the report says why: a change that is not seen
 * is worse than requests.
 */
export async function chooseReading(given: ReadingChoice): Promise<ChosenReading> {
  // What is kept may be tens of megabytes: whether it is damaged is seen where it is read.
  const choice = { ...given, ledger: readOnce(given.ledger) }
  const { ledger, state, organization, now, isFull, audit } = choice
  const { changes } = audit
  if (isFull) return readAll(choice, [reasons.asked()])
  if (changes === undefined)
    return readAll(choice, [audit.isMissing === true ? reasons.noAuditLog() : reasons.auditLogUnread()])
  const kept = await openKeptReading(ledger, state, organization, now)
  if ('because' in kept) return readAll(choice, kept.because)
  const chosen = await goByLog(choice, kept, changes)
  return 'because' in chosen ? readAll(choice, chosen.because) : chosen
}

/** Reads everything, and keeps it where a later check could go by it. */
async function readAll(choice: ReadingChoice, because: readonly ReadingReason[]): Promise<ChosenReading> {
  const { client, state, organization, now } = choice
  const fullAt = now.toISOString()
  const counted = isWorthKeeping(choice) ? await countToKeep(choice) : undefined
  const into = noAnswers()
  return {
    reader: keepingReader(client, into),
    report: {
      kind: 'full',
      fullAt,
      because: [...because, ...(counted !== undefined && 'because' in counted ? [counted.because] : [])],
    },
    policiesReadAt: undefined,
    keep: async () => {
      if (counted === undefined || 'because' in counted || into.users === undefined) return undefined
      const run = state.lastApplied?.run
      return write(choice, {
        organization,
        fullAt,
        ...(run !== undefined && { run }),
        requests: client.counts.reads,
        counts: counted.counts,
        answers: await packAnswers(into),
      })
    },
  }
}

/** Whether a later check could go by what this one reads. */
function isWorthKeeping({ state, isFull, audit }: ReadingChoice): boolean {
  // Who always reads everything keeps nothing: what was kept before is renewed, though, since it does not hold what this check finds.
  return audit.changes !== undefined && state.open === undefined && (!isFull || state.drift?.reading !== undefined)
}

async function countToKeep({ client, ledger }: ReadingChoice): ReturnType<typeof countIfPossible> {
  return (await storedReading(ledger)) === 'damaged' ? { because: reasons.damaged() } : countIfPossible(client)
}

/** Reads again what the log says may have changed; only reasons where that is not enough. */
async function goByLog(
  choice: ReadingChoice,
  { stored, position, answers }: KeptReading,
  changes: Changes,
): Promise<ChosenReading | { readonly because: readonly ReadingReason[] }> {
  const { client } = choice
  const decided = whatToReadAgain(changes, position)
  if (!('again' in decided)) return decided
  const { again, accounts, mayBeGone } = decided
  const current = again.accounts
    ? { answers: withoutPolicies(answers, accounts), counts: undefined }
    : await withAccounts(client, { ids: accounts, mayBeGone }, stored, answers)
  if ('because' in current) return current
  const into = noAnswers()
  const { fullAt } = stored
  return {
    reader: keepingReader(client, into, { answers: current.answers, again }),
    report: {
      kind: 'incremental',
      fullAt,
      because: decided.because,
      kept: {
        collections: (['accounts', 'policies', 'groups'] as const).filter(collection => !again[collection]),
        accountsReadAgain: again.accounts ? 0 : accounts.length,
        fullRequests: stored.requests,
      },
    },
    policiesReadAt: again.policies ? undefined : fullAt,
    keep: async () => {
      const isAsMuch = [...into.groups.keys()].every(name => answers.groups.has(name))
      const isAsBefore = isAsMuch && accounts.length === 0 && !again.accounts && !again.policies && !again.groups
      // What did not change is not written again: it may be megabytes.
      if (isAsBefore) return positionOf(choice, position.of)
      if (into.users === undefined) return undefined
      const counts =
        current.counts ??
        countsAfter(stored.counts, countsOf(answers.users?.values() ?? []), countsOf(into.users.values()))
      return write(choice, { ...stored, counts, answers: await packAnswers(into) })
    },
  }
}

/** What is kept with these accounts as they are now, if the organization counts as many as that makes. */
async function withAccounts(
  client: OrgReader,
  { ids, mayBeGone }: { readonly ids: readonly string[]; readonly mayBeGone: ReadonlySet<string> },
  { counts: keptCounts }: StoredReading,
  kept: KeptAnswers,
): Promise<
  { readonly answers: KeptAnswers; readonly counts: Counts } | { readonly because: readonly ReadingReason[] }
> {
  const { answers, before, after, unknown } = await readAccountsAgain(client, ids, kept)
  const strangers = unknown.filter(id => !mayBeGone.has(id))
  if (strangers.length > 0) return { because: [reasons.strangers(strangers)] }
  const counted = await countIfPossible(client)
  if ('because' in counted) return { because: [] }
  const expected = countsAfter(keptCounts, countsOf(before), countsOf(after))
  return isSameCount(counted.counts, expected)
    ? { answers, counts: counted.counts }
    : { because: [reasons.countsDisagree(countWords(expected), countWords(counted.counts))] }
}

async function countIfPossible(
  client: OrgReader,
): Promise<{ readonly counts: Counts } | { readonly because: ReadingReason }> {
  try {
    return { counts: await countAccounts(client) }
  } catch (error) {
    if (!(error instanceof OrgError)) throw error
    return { because: reasons.noCounts(wordsOf(error.diagnostic).summary) }
  }
}

async function write(choice: ReadingChoice, stored: StoredReading): Promise<ReadingPosition> {
  await choice.ledger.update('reading', () => stored)
  return positionOf(choice, digestOf(stored))
}

const positionOf = ({ now, audit }: ReadingChoice, of: string): ReadingPosition => ({
  of,
  through: now.toISOString(),
  handled: (audit.changes?.happened ?? []).filter(({ at }) => at >= now.getTime() - overlap).map(({ id }) => id),
})
