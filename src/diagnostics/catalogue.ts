import type { Severity } from '../model/diagnostic-document.ts'
import { coverageWording, coverageSeverities, type CoverageFacts } from './coverage-codes.ts'
import { driftWording, driftSeverities, type DriftFacts } from './drift-codes.ts'
import { evidenceWording, evidenceSeverities, type EvidenceFacts } from './evidence-codes.ts'
import { orgWording, orgSeverities, type OrgFacts } from './org-codes.ts'
import { planWording, planSeverities, type PlanFacts } from './plan-codes.ts'
import { documentWording, type DocumentFacts } from './document-codes.ts'
import { ruleWording, ruleSeverities, type RuleFacts } from './rule-codes.ts'
import { runWording, runSeverities, type RunFacts } from './run-codes.ts'
import { watchWording, watchSeverities, type WatchFacts } from './watch-codes.ts'
import type { WordingOf } from './wording.ts'

/** The facts that each code carries. */
export interface Facts
  extends
    DocumentFacts,
    RuleFacts,
    OrgFacts,
    EvidenceFacts,
    PlanFacts,
    CoverageFacts,
    DriftFacts,
    RunFacts,
    WatchFacts {}

export type Code = keyof Facts

/** The words of every code. */
export const wording: WordingOf<Facts> = {
  ...documentWording,
  ...ruleWording,
  ...orgWording,
  ...evidenceWording,
  ...planWording,
  ...coverageWording,
  ...driftWording,
  ...runWording,
  ...watchWording,
}

/** Codes that are no errors. */
export const severities = {
  ...ruleSeverities,
  ...orgSeverities,
  ...evidenceSeverities,
  ...planSeverities,
  ...coverageSeverities,
  ...driftSeverities,
  ...runSeverities,
  ...watchSeverities,
} satisfies Readonly<Partial<Record<Code, Severity>>>
