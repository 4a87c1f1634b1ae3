import { outcome, type Outcome } from '../diagnostics/outcome.ts'
import type { Ledger, LockHolder } from '../ledger/contract.ts'
import { isGone, thisProcess } from '../ledger/process-identity.ts'
import { acquireLock, releaseLock } from '../ledger/run-lock.ts'
import { attempt } from './attempt.ts'

/** The right to change the organization, until it is released. */
export interface HeldLock {
  readonly run: string
  /** A run that died on this machine and left it. */
  readonly tookOver?: LockHolder
  release(): Promise<Outcome<undefined>>
}

/** Takes the lock of a ledger for one run. Refused with `ledger/locked` while another run holds it. */
export async function holdLock(
  ledger: Ledger,
  {
    run,
    command,
    owner,
    now,
  }: { readonly run: string; readonly command: string; readonly owner: string; readonly now: () => Date },
): Promise<Outcome<HeldLock>> {
  const holder: LockHolder = { run, command, owner, ...thisProcess(), at: now().toISOString() }
  const taken = await attempt(() => acquireLock(ledger, holder, { isGone }))
  if (!taken.ok) return taken
  const { takenOverFrom: tookOver } = taken.value
  return outcome(
    {
      run,
      ...(tookOver !== undefined && { tookOver }),
      release: () =>
        attempt(async () => {
          await releaseLock(ledger, run)
          return undefined
        }),
    },
    [],
  )
}
