import type { DiagnosticDocument } from './diagnostic-document.ts'

/** What `doctor` prints. */
export interface DoctorReport {
  readonly formatVersion: '1.0'
  /** Absent where no document and no key told which organization it is. */
  readonly organization?: { readonly name: string; readonly id: string }
  /** In the order in which one needs the other. */
  readonly checks: readonly DoctorCheck[]
  readonly diagnostics: readonly DiagnosticDocument[]
}

/** One thing that Postern needs to run. */
export interface DoctorCheck {
  /** What was looked at, in one or two words with hyphens: `key`, `key-expiry`, `scopes-plan`, `clock`, `ledger`, `guard-standard`. */
  readonly check: string
  /** `not-checked` where an earlier failure, or the API, keeps it from being told. */
  readonly status: 'ok' | 'warning' | 'failed' | 'not-checked'
  readonly summary: string
  /** What to do about it; absent where it is ok. */
  readonly fix?: string
}
