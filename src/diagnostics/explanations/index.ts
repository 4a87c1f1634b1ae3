import type { Facts } from '../catalogue.ts'
import { applyExplanations } from './apply.ts'
import { approvalExplanations } from './approval.ts'
import { awsExplanations } from './aws.ts'
import { baseExplanations } from './base.ts'
import { ciExplanations } from './ci.ts'
import { coverageExplanations } from './coverage.ts'
import { documentExplanations } from './document.ts'
import { driftExplanations } from './drift.ts'
import { evidenceExplanations } from './evidence.ts'
import type { ExplanationsOf } from './explanation.ts'
import { forgeExplanations } from './forge.ts'
import { guardExplanations } from './guard.ts'
import { importExplanations } from './import.ts'
import { initExplanations } from './init.ts'
import { ledgerExplanations } from './ledger.ts'
import { orgExplanations } from './org.ts'
import { planExplanations } from './plan.ts'
import { rolloutExplanations } from './rollout.ts'
import { ruleExplanations } from './rule.ts'
import { runExplanations } from './run.ts'
import { snapshotExplanations } from './snapshot.ts'
import { watchExplanations } from './watch.ts'

/** What the reference says of every code: a code without an explanation does not compile. Links are relative to the folder `docs`. No command loads it. */
export const explanations: ExplanationsOf<Facts> = {
  ...documentExplanations,
  ...ruleExplanations,
  ...orgExplanations,
  ...evidenceExplanations,
  ...planExplanations,
  ...rolloutExplanations,
  ...guardExplanations,
  ...coverageExplanations,
  ...driftExplanations,
  ...ledgerExplanations,
  ...runExplanations,
  ...applyExplanations,
  ...watchExplanations,
  ...approvalExplanations,
  ...importExplanations,
  ...forgeExplanations,
  ...initExplanations,
  ...baseExplanations,
  ...snapshotExplanations,
  ...ciExplanations,
  ...awsExplanations,
}
