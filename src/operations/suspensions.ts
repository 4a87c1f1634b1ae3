import type { Ledger, Sections, Suspension } from '../ledger/contract.ts'
import { foldEmail } from '../model/account.ts'
import type { Step } from '../model/plan.ts'

/** Whether an apply took the access of an account and nobody gave it back, as far as the ledger knows. */
export const isTaken = (suspension: Suspension | undefined): boolean =>
  suspension !== undefined && suspension.restoredAt === undefined

type Accounts = Sections['suspensions']['accounts']

/**
 * Remembers whose access a step takes, before the first request: a crash in between must not leave somebody suspended whom no later apply would give access back.
 */
export async function rememberSuspensions(
  ledger: Ledger,
  { action, accounts = [] }: Step,
  { run, at }: { readonly run: string; readonly at: string },
): Promise<void> {
  if (action !== 'suspend') return
  const added = Object.fromEntries(
    accounts.flatMap(({ account: { accountId, email }, rule }) =>
      accountId === undefined ? [] : [[accountId, { email, at, run, ...(rule !== undefined && { rule }) }] as const],
    ),
  )
  await ledger.update('suspensions', before => ({ accounts: sorted({ ...before?.accounts, ...added }) }))
}

/**
 * Settles what became of a step. Whose access was never taken is forgotten; who has it back keeps the time, from which inactivity counts. `refused` are the folded addresses of accounts that
 * stayed as they were.
 */
export async function settleSuspensions(
  ledger: Ledger,
  { action, accounts = [] }: Step,
  refused: ReadonlySet<string>,
  at: string,
): Promise<void> {
  if (action !== 'suspend' && action !== 'restore') return
  const have = accounts.filter(({ account }) => refused.has(foldEmail(account.email)) === (action === 'suspend'))
  if (have.length === 0) return
  const ids = have.flatMap(({ account }) => account.accountId ?? [])
  if (action === 'restore') return markRestored(ledger, ids, at)
  const gone = new Set(ids)
  await ledger.update('suspensions', before => ({
    accounts: Object.fromEntries(Object.entries(before?.accounts ?? {}).filter(([accountId]) => !gone.has(accountId))),
  }))
}

/** Remembers that accounts have their access back: an apply gave it, or somebody else did. */
export async function markRestored(ledger: Ledger, accountIds: readonly string[], at: string): Promise<void> {
  if (accountIds.length === 0) return
  const back = new Set(accountIds)
  await ledger.update('suspensions', before => ({
    accounts: Object.fromEntries(
      Object.entries(before?.accounts ?? {}).map(([accountId, suspension]) => [
        accountId,
        back.has(accountId) ? { ...suspension, restoredAt: at } : suspension,
      ]),
    ),
  }))
}

const sorted = (accounts: Accounts): Accounts =>
  Object.fromEntries(Object.entries(accounts).sort(([a], [b]) => (a < b ? -1 : 1)))
