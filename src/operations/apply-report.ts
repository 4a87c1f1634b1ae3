import type { DiagnosticDocument } from '../model/diagnostic-document.ts'
import type { SavedPlan } from '../model/plan.ts'
import type { ApplyReport } from '../model/reports.ts'
import type { Applied } from './apply.ts'

/** What an apply tells of a run. */
export const applyReport = (
  run: string,
  { digest }: Pick<SavedPlan, 'digest'>,
  { results, guards, record }: Applied,
  diagnostics: readonly DiagnosticDocument[],
): ApplyReport => ({
  formatVersion: '1.0',
  run,
  digest,
  steps: results,
  guards,
  ...(record && { record }),
  diagnostics,
})
