/**
 * Postern as a library. Each function takes one object of options and brings an `Outcome`: a value, as a rule the document that the command of that name prints with `--format json`, or diagnostics
 * that say why there is none. Nothing is printed, no signal is listened to, the process is never ended, and nothing stays open once a call has resolved. The environment is not read, except by the
 * AWS SDK where the ledger is a bucket. Only a mistake in the call throws, such as a missing option.
 *
 * @packageDocumentation
 */
export { apply, type ApplyOptions } from './library/apply.ts'
export { approve, type ApproveOptions } from './library/approve.ts'
export { audit, type AuditOptions } from './library/audit.ts'
export { coverage, type CoverageOptions } from './library/coverage.ts'
export { drift, type DriftOptions } from './library/drift.ts'
export {
  readDocuments,
  type DocumentsRead,
  type FolderOptions,
  type InlineOptions,
  type ReadDocuments,
} from './library/documents.ts'
export { doctor, type DoctorOptions } from './library/doctor.ts'
export { explain, type ExplainOptions } from './library/explain.ts'
export { importOrganization, type ImportOptions } from './library/import.ts'
export { plan, type PlanOptions } from './library/plan.ts'
export { revert, type RevertOptions } from './library/revert.ts'
export { readPlan, savePlan } from './library/saved-plan.ts'
export { validate, type Policies, type PolicyDocument, type ValidateOptions } from './library/validate.ts'

export { escapeTemplate } from './blocks/escape-template.ts'
export type { Clock } from './library/clock.ts'
export type {
  Configuration,
  ConfigurationObject,
  ConfigurationReference,
  ConfigurationResource,
  ConfigurationValue,
} from './blocks/configuration.ts'
export type { Connection } from './library/connection.ts'
export type { CallOptions, LiveOptions, OnEvent, OrgEvent, WaitingReason } from './library/options.ts'
export type { Outcome } from './library/outcome.ts'

export type { AccountRef } from './model/account.ts'
export type { ApiRequest } from './model/api-request.ts'
export type { Approval } from './model/approval.ts'
export type { AccountMove, Action, FieldChange } from './model/change.ts'
export {
  coverageLevels,
  type AccountClass,
  type AccountCoverage,
  type Bypass,
  type Claim,
  type CoverageCheck,
  type CoverageLevel,
  type CoveragePopulation,
  type CoverageReport,
  type CoverageSummary,
  type CoverageTotals,
  type Excepted,
  type ExplainedSetting,
  type ExplainReport,
  type LevelCounts,
  type NotCovered,
  type Remedy,
  type RequirementResult,
  type Risk,
} from './model/coverage.ts'
export type { DiagnosticDocument, Severity } from './model/diagnostic-document.ts'
export type { DoctorCheck, DoctorReport } from './model/doctor-report.ts'
export type { AccountListDocument } from './model/documents/account-list-document.ts'
export type { AuthenticationPolicyDocument } from './model/documents/authentication-policy-document.ts'
export type { CoverageRequirementDocument } from './model/documents/coverage-requirement-document.ts'
export type { ExceptionDocument } from './model/documents/exception-document.ts'
export type { ExternalUserPolicyDocument } from './model/documents/external-user-policy-document.ts'
export type { InlineDocument } from './model/documents/inline-document.ts'
export type { IpAllowlistDocument } from './model/documents/ip-allowlist-document.ts'
export type { OrganizationDocument } from './model/documents/organization-document.ts'
export {
  driftClasses,
  type Actor,
  type DomainNotice,
  type DriftClass,
  type DriftDifference,
  type DriftReading,
  type DriftReport,
  type KeptCollection,
  type LifeLeft,
  type NotRead,
  type ReadingReason,
} from './model/drift.ts'
export type { Evidence, EvidenceSource } from './model/evidence.ts'
export type { FoundCounts, ImportedFile, ImportReport, LeftOutPart, UnobservedSetting } from './model/import-report.ts'
export type { Json, JsonObject } from './model/json.ts'
export type {
  ConsoleSetting,
  ConsoleStep,
  Direction,
  GuardResult,
  Impact,
  Origin,
  Plan,
  PlanSnapshot,
  ProvenField,
  RequestBudget,
  RolloutStage,
  SavedPlan,
  SinceBase,
  Step,
  UnverifiedField,
  WayBack,
} from './model/plan.ts'
export type { BreakGlassAccount, FormerSetting, Recovery, RecoveryPage, Undo, UndoPart } from './model/recovery.ts'
export type { ApplyReport, StepResult } from './model/reports.ts'
export type { AuditedRun, AuditReport, RecordLink } from './model/run-record.ts'
export type { Source } from './model/span.ts'
