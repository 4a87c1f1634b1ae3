/**
 * Postern as a library. Silent: it prints nothing, and what it notices comes back as diagnostics.
 *
 * @packageDocumentation
 */
export { loadFolder as validate, type FolderRun, type LoadedFolder } from './operations/validate.ts'
export { plan, type PlanOptions } from './operations/plan.ts'
export { applyPlan as apply, type Applied, type ApplyOptions } from './operations/apply.ts'
export { revert, type RevertOptions } from './operations/revert.ts'
export { audit, type Audited } from './operations/audit.ts'
export { approve, mayApprove, type ApprovalRequest } from './operations/approve.ts'
export { coverage, type CoverageOptions } from './operations/coverage.ts'
export { explain, type ExplainOptions } from './operations/explain.ts'
export { readPlan, savePlan } from './operations/saved-plan.ts'
export { openLedger, type Ledger } from './operations/open-ledger.ts'
export type { Connection } from './operations/connection.ts'
export type { Diagnostic } from './diagnostics/diagnostic.ts'
export type { Outcome } from './diagnostics/outcome.ts'
export type { DiagnosticDocument } from './model/diagnostic-document.ts'
export type {
  AccountCoverage,
  CoverageLevel,
  CoverageReport,
  CoverageSummary,
  ExplainReport,
} from './model/coverage.ts'
export type { Approval } from './model/approval.ts'
export type { AuditedRun, RecordLink, RunOrigin, RunRecord } from './model/run-record.ts'
export type { Impact, Plan, SavedPlan, Step } from './model/plan.ts'
