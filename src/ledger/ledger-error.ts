import type { Diagnostic } from '../diagnostics/diagnostic.ts'

/** A ledger that cannot be read or written, as the diagnostic that says so. */
export class LedgerError extends Error {
  readonly diagnostic: Diagnostic

  constructor(found: Diagnostic) {
    super(found.code)
    this.name = 'LedgerError'
    this.diagnostic = found
  }
}
