import { attempt } from '../operations/attempt.ts'
import type { Problem } from './contract.ts'
import { problemsOf } from './problems.ts'

/** Does work on the ledger, and says what was wrong with it. */
export async function ledgerProblems(work: () => Promise<void>): Promise<readonly Problem[]> {
  const done = await attempt(work)
  return problemsOf(done.diagnostics)
}
