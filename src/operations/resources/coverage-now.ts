import { failed, outcome, type Outcome } from '../../diagnostics/outcome.ts'
import type { Desired } from '../../kinds/resource.ts'
import type { CoverageReport } from '../../model/coverage.ts'
import { compareRead } from '../compare.ts'
import { measuredReport } from '../coverage.ts'
import { nowhere } from '../placeless-plan.ts'
import type { OrganizationView } from './organization-view.ts'

/** Who has to pass a second factor, by what evidence shows and by what the documents will bring. Only reads. */
export async function coverageNow(
  view: OrganizationView,
  desired: Desired,
): Promise<Outcome<Omit<CoverageReport, 'diagnostics'>>> {
  const read = await view.both(desired, { everyone: true, lastActive: 0 })
  if (!read.ok) return read
  const { connection, ledger } = view
  const compared = compareRead(desired, nowhere, read.value, { connection, ledger, allow: [], now: view.now() }, false)
  if (!compared.ok) return failed(...compared.diagnostics)
  const { report, problems } = measuredReport(compared.value, desired, nowhere, { all: false })
  // An unmet requirement is what is asked for, not a failure to tell it.
  const told = problems.map(found =>
    found.code === 'coverage/unmet' ? { ...found, severity: 'warning' as const } : found,
  )
  return outcome(report, told)
}
