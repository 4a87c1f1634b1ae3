import type { Approval } from './approval.ts'
import type { DiagnosticDocument } from './diagnostic-document.ts'
import type { Json } from './json.ts'
import type { GuardResult } from './plan.ts'
import type { RecordLink } from './run-record.ts'

/** What `validate` prints. */
export interface ValidateReport {
  readonly formatVersion: '1.0'
  readonly diagnostics: readonly DiagnosticDocument[]
}

/** What a failed run prints in place of its document. */
export interface FailureReport {
  readonly formatVersion: '1.0'
  readonly diagnostics: readonly DiagnosticDocument[]
}

/** How one step ended. `pending` is left for a person: a console step, or one that waits for it. */
export interface StepResult {
  readonly id: string
  readonly status: 'done' | 'failed' | 'not-attempted' | 'pending'
  readonly reason?: string
}

/** What `apply` prints. */
export interface ApplyReport {
  readonly formatVersion: '1.0'
  /** Names the run in the ledger. */
  readonly run: string
  readonly digest: string
  readonly steps: readonly StepResult[]
  readonly guards: readonly GuardResult[]
  /** The evidence bundle that the run left in the ledger: the head of the chain. Absent where nothing was begun. */
  readonly record?: RecordLink
  readonly diagnostics: readonly DiagnosticDocument[]
}

/** What one console export told. */
export interface ObservedFile {
  readonly file: string
  readonly export: 'members' | 'accounts' | 'external-users'
  /** How the console calls it. */
  readonly title: string
  readonly exportedAt: string
  readonly rows: number
  readonly policies: readonly string[]
  readonly facts: readonly StatedFact[]
  readonly unknownColumns: readonly string[]
}

/** One fact that was recorded. */
export interface StatedFact {
  readonly kind: string
  readonly name: string
  readonly path: string
  readonly value: Json
}

/** What `observe` prints. */
export interface ObserveReport {
  readonly formatVersion: '1.0'
  readonly files: readonly ObservedFile[]
  readonly diagnostics: readonly DiagnosticDocument[]
}

/** What `attest` prints. */
export interface AttestReport {
  readonly formatVersion: '1.0'
  readonly at: string
  readonly by: string
  readonly facts: readonly StatedFact[]
  readonly diagnostics: readonly DiagnosticDocument[]
}

/** One rule of the documents about approvals that holds for a plan, and how many of them are missing. */
export interface ApprovalRule {
  readonly rule: 'loosening' | 'suspensions' | 'everything'
  readonly needed: number
  readonly missing: number
}

/** What `approve` prints. */
export interface ApproveReport {
  readonly formatVersion: '1.0'
  readonly organization: { readonly name: string; readonly id: string }
  readonly digest: string
  /** What was recorded. Absent where the plan needs no approval. */
  readonly approval?: Approval
  /** The names of all whose approval of this plan counts now. */
  readonly approvedBy: readonly string[]
  readonly rules: readonly ApprovalRule[]
  readonly diagnostics: readonly DiagnosticDocument[]
}

/** What `unlock` prints: whose lock was taken away; null where nobody held it. */
export interface UnlockReport {
  readonly formatVersion: '1.0'
  readonly holder: {
    readonly run: string
    readonly command: string
    readonly owner: string
    readonly host: string
    readonly pid: number
    readonly at: string
  } | null
  readonly diagnostics: readonly DiagnosticDocument[]
}
