import { failed, outcome, type Outcome } from '../diagnostics/outcome.ts'
import { LedgerError } from '../ledger/ledger-error.ts'
import { OrgError } from '../org/org-error.ts'

/** The edge of everything that reads or writes outside: a failure there becomes its diagnostic, a bug is thrown on. */
export async function attempt<T>(work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return outcome(await work(), [])
  } catch (error) {
    if (error instanceof OrgError || error instanceof LedgerError) return failed(error.diagnostic)
    throw error
  }
}
