import type { Ledger, Sections } from '../ledger/contract.ts'
import { foldEmail } from '../model/account.ts'
import type { Step } from '../model/plan.ts'

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
    accounts.flatMap(({ account: { accountId, email } }) =>
      accountId === undefined ? [] : [[accountId, { email, at, run }] as const],
    ),
  )
  await ledger.update('suspensions', before => ({ accounts: sorted({ ...before?.accounts, ...added }) }))
}

/** Forgets those who have their access: given back by the step, or never taken. `refused` are the folded addresses of accounts that stayed as they were. */
export async function settleSuspensions(
  ledger: Ledger,
  { action, accounts = [] }: Step,
  refused: ReadonlySet<string>,
): Promise<void> {
  if (action !== 'suspend' && action !== 'restore') return
  const have = accounts.filter(({ account }) => refused.has(foldEmail(account.email)) === (action === 'suspend'))
  if (have.length === 0) return
  const gone = new Set(have.flatMap(({ account }) => account.accountId ?? []))
  await ledger.update('suspensions', before => ({
    accounts: Object.fromEntries(Object.entries(before?.accounts ?? {}).filter(([accountId]) => !gone.has(accountId))),
  }))
}

const sorted = (accounts: Accounts): Accounts =>
  Object.fromEntries(Object.entries(accounts).sort(([a], [b]) => (a < b ? -1 : 1)))
