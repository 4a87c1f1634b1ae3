import type { Facts } from '../../src/diagnostics/catalogue.ts'
import type { DocumentFacts } from '../../src/diagnostics/document-codes.ts'
import type { RuleFacts } from '../../src/diagnostics/rule-codes.ts'
import { awsSamples } from './samples-aws.ts'
import { baseSamples } from './samples-base.ts'
import { ciSamples } from './samples-ci.ts'
import { documentSamples, importSamples, initSamples } from './samples-documents.ts'
import { forgeSamples } from './samples-forge.ts'
import { coverageSamples, driftSamples, evidenceSamples, orgSamples } from './samples-organization.ts'
import { guardSamples, planSamples, rolloutSamples } from './samples-plan.ts'
import { snapshotSamples } from './samples-snapshot.ts'
import { applySamples, approvalSamples, ledgerSamples, runSamples, watchSamples } from './samples-runs.ts'

/** Facts of each code that no case shows. A new code of these areas does not compile without. */
export const samples: typeof documentSamples & Omit<Facts, keyof DocumentFacts | keyof RuleFacts> = {
  ...documentSamples,
  ...importSamples,
  ...forgeSamples,
  ...initSamples,
  ...baseSamples,
  ...snapshotSamples,
  ...ciSamples,
  ...orgSamples,
  ...evidenceSamples,
  ...planSamples,
  ...rolloutSamples,
  ...guardSamples,
  ...coverageSamples,
  ...driftSamples,
  ...ledgerSamples,
  ...applySamples,
  ...runSamples,
  ...watchSamples,
  ...approvalSamples,
  ...awsSamples,
}
