import { diagnostic } from '../diagnostics/diagnostic.ts'
import { LedgerError } from './ledger-error.ts'
import type { TextProblem } from './section-text.ts'

/** The earlier content of a damaged file: where it is, and from when. */
export interface KeptContent {
  readonly file: string
  /** RFC 3339 in UTC. */
  readonly at: string
}

/** A stored text that cannot be used, as the error that says so. `kept` is what can be brought back in its place. */
export const refusedText = (file: string, problem: TextProblem, kept?: KeptContent | 'versions'): LedgerError =>
  new LedgerError(
    problem.problem === 'newer'
      ? diagnostic('ledger/newer', { file, version: problem.version })
      : diagnostic('ledger/garbled', { file, why: problem.why, ...(kept !== undefined && { kept }) }),
  )
