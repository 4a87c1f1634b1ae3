import { diagnostic } from '../diagnostics/diagnostic.ts'
import type { Ledger, LockHolder } from './contract.ts'
import { LedgerError } from './ledger-error.ts'

export interface LockOptions {
  /** True only where a holder is surely dead: `isGone` of process-identity.ts. */
  readonly isGone: (holder: LockHolder) => boolean
}

/**
 * Makes `holder` the one run that may change the organization, as of its `at`. A dead holder is replaced, and returned so that this can be said; a
 * living one is a `LedgerError`. A run that dies right after this left a dead holder, which the next one finds.
 */
export async function acquireLock(
  ledger: Ledger,
  holder: LockHolder,
  { isGone }: LockOptions,
): Promise<{ readonly takenOverFrom?: LockHolder }> {
  /** Who is replaced, if anybody is. */
  const replaced = (held: LockHolder | null | undefined): LockHolder | undefined => {
    if (held === null || held === undefined || isSame(held, holder)) return undefined
    if (!isGone(held)) throw new LedgerError(diagnostic('ledger/locked', lockedFacts(held, holder)))
    return held
  }
  // Those who come in vain only look, so that they do not keep the one they wait for from its work.
  replaced((await ledger.read('lock'))?.holder)
  let takenOverFrom: LockHolder | undefined
  await ledger.update('lock', before => {
    takenOverFrom = replaced(before?.holder)
    return { holder }
  })
  return takenOverFrom === undefined ? {} : { takenOverFrom }
}

/** Ends the hold of a run that is over. False where it did not hold the lock, or no longer: another's is left alone. */
export const releaseLock = async (ledger: Ledger, run: string): Promise<boolean> =>
  (await breakLock(ledger, run)) !== undefined

/** Takes the lock from a run, only if that very run still holds it. Returns who held it; undefined where nothing was changed. */
export async function breakLock(ledger: Ledger, run: string): Promise<LockHolder | undefined> {
  let broken: LockHolder | undefined
  try {
    await ledger.update('lock', before => {
      broken = before?.holder?.run === run ? before.holder : undefined
      // What another run holds is not written anew, not even as it is.
      if (broken === undefined) throw otherHolder
      return { holder: null }
    })
  } catch (error) {
    if (error !== otherHolder) throw error
  }
  return broken
}

/** Leaves an update without having written anything. */
const otherHolder = new Error('another run holds the lock')

const isSame = (a: LockHolder, b: LockHolder): boolean =>
  a.run === b.run && a.host === b.host && a.pid === b.pid && a.process === b.process

const lockedFacts = (held: LockHolder, { host, at }: LockHolder) => ({
  owner: held.owner,
  command: held.command,
  run: held.run,
  host: held.host,
  pid: held.pid,
  seconds: Math.round((Date.parse(at) - Date.parse(held.at)) / 1000),
  here: held.host === host,
})
