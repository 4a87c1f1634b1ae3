import type { Severity } from '../model/diagnostic-document.ts'
import { approvalWording, approvalSeverities, type ApprovalFacts } from './approval-codes.ts'
import { applyWording, applySeverities, type ApplyFacts } from './apply-codes.ts'
import { awsWording, awsSeverities, type AwsFacts } from './aws-codes.ts'
import { baseWording, baseSeverities, type BaseFacts } from './base-codes.ts'
import { ciWording, ciSeverities, type CiFacts } from './ci-codes.ts'
import { coverageWording, coverageSeverities, type CoverageFacts } from './coverage-codes.ts'
import { driftWording, driftSeverities, type DriftFacts } from './drift-codes.ts'
import { evidenceWording, evidenceSeverities, type EvidenceFacts } from './evidence-codes.ts'
import { forgeWording, forgeSeverities, type ForgeFacts } from './forge-codes.ts'
import { guardWording, type GuardFacts } from './guard-codes.ts'
import { importWording, importSeverities, type ImportFacts } from './import-codes.ts'
import { initWording, initSeverities, type InitFacts } from './init-codes.ts'
import { ledgerWording, ledgerSeverities, type LedgerFacts } from './ledger-codes.ts'
import { orgWording, orgSeverities, type OrgFacts } from './org-codes.ts'
import { planWording, planSeverities, type PlanFacts } from './plan-codes.ts'
import { documentWording, type DocumentFacts } from './document-codes.ts'
import { rolloutWording, rolloutSeverities, type RolloutFacts } from './rollout-codes.ts'
import { ruleWording, ruleSeverities, type RuleFacts } from './rule-codes.ts'
import { runWording, runSeverities, type RunFacts } from './run-codes.ts'
import { watchWording, watchSeverities, type WatchFacts } from './watch-codes.ts'
import { snapshotWording, snapshotSeverities, type SnapshotFacts } from './snapshot-codes.ts'
import type { WordingOf } from './wording.ts'

/** The facts that each code carries. */
export interface Facts
  extends
    DocumentFacts,
    RuleFacts,
    OrgFacts,
    EvidenceFacts,
    PlanFacts,
    RolloutFacts,
    GuardFacts,
    CoverageFacts,
    DriftFacts,
    LedgerFacts,
    RunFacts,
    ApplyFacts,
    WatchFacts,
    ApprovalFacts,
    ImportFacts,
    ForgeFacts,
    InitFacts,
    BaseFacts,
    SnapshotFacts,
    CiFacts,
    AwsFacts {}

export type Code = keyof Facts

/** The words of every code. */
export const wording: WordingOf<Facts> = {
  ...documentWording,
  ...ruleWording,
  ...orgWording,
  ...evidenceWording,
  ...planWording,
  ...rolloutWording,
  ...guardWording,
  ...coverageWording,
  ...driftWording,
  ...ledgerWording,
  ...runWording,
  ...applyWording,
  ...watchWording,
  ...approvalWording,
  ...importWording,
  ...forgeWording,
  ...initWording,
  ...baseWording,
  ...snapshotWording,
  ...ciWording,
  ...awsWording,
}

/** Codes that are no errors. */
export const severities = {
  ...ruleSeverities,
  ...orgSeverities,
  ...evidenceSeverities,
  ...planSeverities,
  ...rolloutSeverities,
  ...coverageSeverities,
  ...driftSeverities,
  ...ledgerSeverities,
  ...runSeverities,
  ...applySeverities,
  ...watchSeverities,
  ...approvalSeverities,
  ...importSeverities,
  ...forgeSeverities,
  ...initSeverities,
  ...baseSeverities,
  ...snapshotSeverities,
  ...ciSeverities,
  ...awsSeverities,
} satisfies Readonly<Partial<Record<Code, Severity>>>
