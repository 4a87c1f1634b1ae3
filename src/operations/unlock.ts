import { diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../diagnostics/outcome.ts'
import type { Ledger, LockHolder } from '../ledger/contract.ts'
import { isGone, thisProcess } from '../ledger/process-identity.ts'
import { breakLock } from '../ledger/run-lock.ts'
import { attempt } from './attempt.ts'

/** Who holds a lock, and what is known of whether they live. */
export interface Holder extends LockHolder {
  /** `alive` and `gone` only where the process is, or was, on this machine. */
  readonly state: 'alive' | 'gone' | 'elsewhere'
}

/** Who holds the lock of a ledger; null where nobody does. */
export async function lockHolder(ledger: Ledger): Promise<Outcome<Holder | null>> {
  const read = await attempt(() => ledger.read('lock'))
  if (!read.ok) return read
  const holder = read.value?.holder ?? null
  if (holder === null) return outcome(null, [])
  const here = holder.host === thisProcess().host
  return outcome({ ...holder, state: isGone(holder) ? 'gone' : here ? 'alive' : 'elsewhere' }, [])
}

/** Takes the lock from a holder that was looked at, if it is still the one. A holder that lives on this machine keeps it unless `force` says otherwise. */
export async function unlock(ledger: Ledger, holder: Holder, force: boolean): Promise<Outcome<LockHolder>> {
  const { run, owner, pid, state } = holder
  if (state === 'alive' && !force) return failed(diagnostic('unlock/alive', { run, owner, pid }))
  const broken = await attempt(() => breakLock(ledger, run))
  if (!broken.ok) return broken
  if (broken.value !== undefined) return outcome(broken.value, [])
  const now = await lockHolder(ledger)
  return failed(
    now.ok && now.value !== null
      ? diagnostic('unlock/other-run', { run, holder: now.value.run })
      : { ...diagnostic('unlock/not-locked', {}), severity: 'error' },
  )
}
