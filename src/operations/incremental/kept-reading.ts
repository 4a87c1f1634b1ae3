import { isFromTheFuture } from '../../evidence/field-state.ts'
import type { Ledger, ReadingPosition, StoredReading } from '../../ledger/contract.ts'
import { LedgerError } from '../../ledger/ledger-error.ts'
import type { ReadingReason } from '../../model/drift.ts'
import { sha256 } from '../hash.ts'
import type { LedgerState } from '../ledger-state.ts'
import type { KeptAnswers } from './kept-answers.ts'
import { unpackAnswers } from './packed-answers.ts'
import { fullEvery, reasons } from './reading-reasons.ts'

/** What an earlier check kept, and up to where it is known to hold. */
export interface KeptReading {
  readonly stored: StoredReading
  readonly position: ReadingPosition
  readonly answers: KeptAnswers
}

/** Why there is no reading that can be gone by; empty where none was kept. */
export interface NoReading {
  readonly because: readonly ReadingReason[]
}

/** What ties a position in the audit log to exactly the answers that it belongs to: checks at the same time, crashes and damage all break it. */
export const digestOf = ({ organization, fullAt, run, requests, counts, answers }: StoredReading): string =>
  sha256(
    JSON.stringify([
      organization,
      fullAt,
      run ?? null,
      requests,
      counts.managed,
      counts.unmanaged,
      counts.twoStep,
      answers,
    ]),
  )

const refused = (...because: readonly ReadingReason[]): NoReading => ({ because })

/** What the last check kept of this organization, if it can be gone by at all. */
export async function openKeptReading(
  ledger: Ledger,
  { drift, lastApplied, open }: LedgerState,
  organization: string,
  now: Date,
): Promise<KeptReading | NoReading> {
  const position = drift?.reading
  if (position === undefined) return refused()
  if (open !== undefined) return refused(reasons.runOpen(open.run))
  const stored = await storedReading(ledger)
  // Whoever would write a new one in its place says so.
  if (stored === 'damaged') return refused()
  if (stored === undefined) return refused(reasons.unusable('it is not there any more'))
  if (stored.organization !== organization) return refused(reasons.otherOrganization())
  const { fullAt } = stored
  const { through } = position
  const future = [fullAt, through].find(at => isFromTheFuture({ at }, now))
  if (future !== undefined) return refused(reasons.future(future))
  if (position.of !== digestOf(stored) || Date.parse(through) < Date.parse(fullAt))
    return refused(reasons.unusable('it was not written whole, or by another check'))
  if (now.getTime() - Date.parse(fullAt) >= fullEvery) return refused(reasons.dayOld())
  if (stored.run !== lastApplied?.run) return refused(reasons.applied())
  const answers = await unpackAnswers(stored.answers)
  return answers === undefined ? refused(reasons.unusable('it cannot be unpacked')) : { stored, position, answers }
}

/** What is stored. Damage is no more than lost time here: whatever it was can be read again. */
export async function storedReading(ledger: Ledger): Promise<StoredReading | 'damaged' | undefined> {
  try {
    return await ledger.read('reading')
  } catch (error) {
    if (error instanceof LedgerError && error.diagnostic.code === 'ledger/garbled') return 'damaged'
    throw error
  }
}
