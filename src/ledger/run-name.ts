import { diagnostic } from '../diagnostics/diagnostic.ts'
import { isRunName } from './contract.ts'
import { LedgerError } from './ledger-error.ts'

/** The name of a run that something is written for. Anything else could be a path out of the ledger, and is refused. */
export function runNamed(run: string): string {
  if (!isRunName(run)) throw new LedgerError(diagnostic('ledger/no-run-name', { run }))
  return run
}
