import type { Approval } from './approval.ts'
import type { DiagnosticDocument } from './diagnostic-document.ts'
import type { GuardResult, Plan, SavedPlan } from './plan.ts'
import type { StepResult } from './reports.ts'

/** Who ran what. */
export interface RunOrigin {
  /** Such as `apply`. */
  readonly command: string
  /** A person or a CI job, in words. */
  readonly by: string
  /** The version of Postern. */
  readonly version: string
  /** The commit of the documents, and the page of the CI job, where they are known. */
  readonly commit?: string
  readonly job?: string
}

/** A record and its digest: SHA-256 over the canonical JSON (RFC 8785) of the whole record. */
export interface RecordLink {
  readonly run: string
  readonly digest: string
}

/** How a step ended, with the SHA-256 of the live objects it is about before and after it. */
export interface RecordedStep extends StepResult {
  readonly before?: string
  readonly after?: string
}

/**
 * The evidence bundle of one run, for auditors: what was planned, who agreed, what was done. Each names the one before it by its digest, so that one that is changed, removed or put in between
 * shows. Whoever can write them all can make the whole chain anew: its head belongs somewhere else too.
 */
export interface RunRecord {
  readonly formatVersion: '1.0'
  readonly run: string
  readonly previous: RecordLink | null
  readonly origin: RunOrigin
  readonly startedAt: string
  readonly endedAt: string
  /** False for a run that was cut off: the next one recorded what its journal tells. */
  readonly complete: boolean
  readonly organization: Plan['organization']
  readonly digest: string
  readonly plan: Plan
  /** What the steps changed, as it was. */
  readonly before: SavedPlan['before']
  readonly approvals: readonly Approval[]
  readonly guards: readonly GuardResult[]
  readonly steps: readonly RecordedStep[]
  readonly diagnostics: readonly DiagnosticDocument[]
}

/** One link of the chain as `audit` found it. */
export interface AuditedRun extends RecordLink {
  readonly at: string
  readonly by: string
  readonly complete: boolean
  readonly done: number
  readonly failed: number
  readonly approvedBy: readonly string[]
  /** What is wrong with it, in words; absent where nothing is. */
  readonly problem?: string
}

/** What `audit` prints: the chain from its head back to its beginning. */
export interface AuditReport {
  readonly formatVersion: '1.0'
  readonly head: RecordLink | null
  readonly intact: boolean
  readonly runs: readonly AuditedRun[]
  readonly diagnostics: readonly DiagnosticDocument[]
}
