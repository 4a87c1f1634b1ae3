import { reportOf } from '../coverage/report.ts'
import { isCounted } from '../coverage/gaps.ts'
import { requirementProblems, requirementResult } from '../coverage/requirements.ts'
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { failed } from '../diagnostics/outcome.ts'
import type { Places } from '../diagnostics/to-document.ts'
import type { Desired } from '../kinds/resource.ts'
import type { Ledger, StoredCheck } from '../ledger/contract.ts'
import type { CoverageCheck, CoverageReport } from '../model/coverage.ts'
import { attempt } from './attempt.ts'
import { claimLedger } from './claim-ledger.ts'
import { compare, type Compared } from './compare.ts'
import type { PlanOptions } from './plan.ts'
import { loadFolder, type FolderRun } from './validate.ts'

export interface CoverageOptions extends Omit<PlanOptions, 'allow' | 'base'> {
  /** Lists every counted account, not only the gaps. */
  readonly all: boolean
  /** Adds the numbers to the checks in the ledger. */
  readonly record: boolean
}

/** What is said of access rules; without asking when somebody was last active it would be half the truth. */
const aboutAccess: ReadonlySet<string> = new Set([
  'plan/access-violated',
  'plan/access-spared',
  'plan/activity-unknown',
  'plan/activity-limit',
])

/** Checks that the ledger keeps. A trend needs no more. */
const checksKept = 100

/** Measures who has to pass a second factor, now and as declared. Only reads, unless the check is to be recorded. */
export async function coverage(options: CoverageOptions): Promise<FolderRun<CoverageReport>> {
  const loaded = await loadFolder(options.folder, options.now, 'kept')
  if (!loaded.result.ok) return { loaded, outcome: loaded.result }
  const { value: desired, diagnostics: noticed } = loaded.result
  // When somebody was last active costs a request each: asked only where it decides who loses access.
  const suspends = desired.ExternalUserPolicy.some(({ spec }) => spec.access?.onViolation === 'suspend')
  const asking = suspends ? {} : { lastActive: 0 }
  const compared = await compare(desired, loaded, { ...options, allow: [], ...asking }, { everyone: true })
  if (!compared.ok) return { loaded, outcome: failed(...noticed, ...compared.diagnostics) }
  const { report, problems } = measuredReport(compared.value, desired, loaded.places, options)
  const seen = compared.diagnostics.filter(({ code }) => suspends || !aboutAccess.has(code))
  const diagnostics = [...noticed, ...seen, ...problems]
  const recorded = options.record
    ? await attempt(() => record(options.ledger, desired, compared.value, report))
    : undefined
  if (recorded?.ok === false) return { loaded, outcome: failed(...diagnostics, ...recorded.diagnostics) }
  // What is wrong with a requirement does not keep the measurement from being shown.
  const whole = { ...report, diagnostics: diagnostics.map(found => loaded.places.document(found)) }
  return { loaded, outcome: { ok: true, value: whole, diagnostics } }
}

/** What was compared as a report, and what is wrong with how requirements are met. */
export function measuredReport(
  { live, measured, state }: Compared,
  desired: Desired,
  places: Pick<Places, 'source'>,
  { all }: Pick<CoverageOptions, 'all'>,
): { readonly report: Omit<CoverageReport, 'diagnostics'>; readonly problems: readonly Diagnostic[] } {
  const { rows, requirements } = measured
  const results = requirements.map(requirement =>
    requirementResult(requirement, rows, 'now', span => places.source(span)),
  )
  const report = reportOf({
    ...measured,
    desired,
    activity: live.activity,
    domains: live.domains,
    organization: { name: desired.organization.spec.name, id: live.organization.id },
    results,
    checks: (state.checks?.checks ?? []).map(storedCheck),
    seen: state.checks?.externals ?? [],
    all,
  })
  return {
    report,
    problems: [
      ...organizationProblems(report, live.domains, desired),
      ...requirementProblems(requirements, results, rows),
    ],
  }
}

function organizationProblems(
  { totals }: Omit<CoverageReport, 'diagnostics'>,
  domains: Compared['live']['domains'],
  { organization: { spec, locate } }: Desired,
): readonly Diagnostic[] {
  // An empty listing is never a clean organization (ref 7).
  if (totals.accounts === 0) return [diagnostic('coverage/no-accounts', {})]
  if (domains.some(({ status }) => status === 'verified')) return []
  const { domains: declared = [] } = spec
  return [
    diagnostic(
      'coverage/no-verified-domain',
      { accounts: totals.accounts, declared },
      { span: locate(declared.length > 0 ? ['domains'] : []) },
    ),
  ]
}

/** Levels that a ledger of another version does not know count nothing. */
const storedCheck = ({ at, totals, levels }: StoredCheck): CoverageCheck => ({
  at,
  totals,
  levels: { none: 0, optional: 0, 'step-up': 0, 'two-step': 0, 'sso-mfa': 0, ...levels },
})

async function record(
  ledger: Ledger,
  desired: Desired,
  { measured }: Compared,
  { at, totals, levels }: Omit<CoverageReport, 'diagnostics'>,
): Promise<void> {
  const { name, id } = desired.organization.spec
  const { accounts, managed, external } = totals
  await claimLedger(ledger, { name, id })
  await ledger.update('checks', before => ({
    checks: [...(before?.checks ?? []), { at, totals: { accounts, managed, external }, levels }].slice(-checksKept),
    externals: measured.rows
      .filter(row => isCounted(row) && row.accountClass === 'external')
      .map(({ account }) => account.accountId)
      .sort(),
  }))
}
