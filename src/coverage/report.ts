import type { Activity, LiveDomain } from '../kinds/live.ts'
import type { Desired } from '../kinds/resource.ts'
import type { AccountRef } from '../model/account.ts'
import { compareText } from '../model/address.ts'
import type { CoverageCheck, CoveragePopulation, CoverageReport, RequirementResult } from '../model/coverage.ts'
import { accountCoverage, type Describing } from './account-coverage.ts'
import type { Assessment } from './assess.ts'
import { gapsOf, isCounted, worstFirst, type Counted } from './gaps.ts'
import { countLevels } from './levels.ts'
import { notCoveredOf } from './not-covered.ts'
import type { VerdictContext } from './policy-verdict.ts'
import type { PolicyViews } from './policy-view.ts'
import { remediesOf } from './remedies.ts'
import { externalsByDomain } from './remedies-domains.ts'
import type { Requirement } from './requirements.ts'
import { tokensOf } from './summary.ts'

/** Everything that a coverage report is made of. */
export interface ReportInput extends Assessment {
  readonly desired: Desired
  readonly now: PolicyViews
  readonly declared: PolicyViews
  readonly context: VerdictContext
  readonly activity: ReadonlyMap<string, Activity>
  readonly domains: readonly LiveDomain[]
  readonly organization: { readonly name: string; readonly id: string }
  readonly requirements: readonly Requirement[]
  readonly results: readonly RequirementResult[]
  /** Earlier checks, and the external accounts that the last of them saw. */
  readonly checks: readonly CoverageCheck[]
  readonly seen: readonly string[]
  /** Whether every account is listed. */
  readonly all: boolean
}

/** Who has to pass what, who does not, and what can be done: the report without what was noticed while reading. */
export function reportOf(input: ReportInput): Omit<CoverageReport, 'diagnostics'> {
  const { context, activity, requirements, domains } = input
  const rows = input.rows.filter(isCounted)
  const describing: Describing = { now: context.now, activity, requirements }
  const managed = rows.filter(({ accountClass }) => accountClass === 'managed').length
  const levels = countLevels(rows.map(({ now }) => now.verdict.level))
  const tokens = tokensOf(rows.map(({ now }) => now))
  const situation = { rows, levels, tokenAccounts: tokens === 'unknown' ? undefined : tokens.accounts }
  const apart = [...input.apart].sort(([a], [b]) => compareText(a, b))
  return {
    formatVersion: '1.0',
    at: context.now.toISOString(),
    organization: input.organization,
    totals: {
      accounts: rows.length,
      managed,
      external: rows.length - managed,
      apart: apart.reduce((sum, [, accounts]) => sum + accounts, 0),
    },
    apart: apart.map(([accountClass, accounts]) => ({ accountClass, accounts })),
    levels,
    // Who loses access with the plan is counted with the level of today: both counts are over the same accounts.
    declaredLevels: countLevels(rows.map(({ now, declared }) => (declared ?? now).verdict.level)),
    tokens,
    populations: populationsOf(rows),
    requirements: input.results,
    gaps: gapsOf(rows, describing),
    remedies: remediesOf({ ...input, ...situation }),
    notCovered: notCoveredOf(rows, input.apart),
    ...newExternals(rows, input),
    unclaimed: unclaimedOf(rows, domains),
    trend: input.checks,
    ...(input.all && { accounts: rows.map(row => accountCoverage(row, describing)).sort(worstFirst) }),
  }
}

/** Managed and external accounts, then the members of each policy. */
function populationsOf(rows: readonly Counted[]): readonly CoveragePopulation[] {
  const groups = new Map<
    string,
    { readonly by: CoveragePopulation['by']; readonly name: string; readonly rows: Counted[] }
  >()
  const add = (by: CoveragePopulation['by'], name: string, row: Counted): void => {
    const key = `${by} ${row.accountClass} ${name}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { by, name, rows: [row] })
    else group.rows.push(row)
  }
  for (const row of rows) {
    add('class', row.accountClass, row)
    add('policy', row.now.policy ?? 'unknown', row)
  }
  const order = ({ by, name, rows: [first] }: { by: string; name: string; rows: readonly Counted[] }): string =>
    `${by} ${first?.accountClass === 'managed' ? 0 : 1} ${name}`
  return [...groups.values()]
    .sort((a, b) => compareText(order(a), order(b)))
    .map(({ by, name, rows: own }) => ({
      by,
      name,
      accounts: own.length,
      levels: countLevels(own.map(({ now }) => now.verdict.level)),
      declaredLevels: countLevels(own.map(({ now, declared }) => (declared ?? now).verdict.level)),
    }))
}

const refOf = ({ account: { accountId, email } }: Counted): AccountRef => ({ accountId, email })

const byEmail = (a: AccountRef, b: AccountRef): number => compareText(a.email, b.email)

function newExternals(rows: readonly Counted[], { checks, seen }: ReportInput): Pick<CoverageReport, 'newExternals'> {
  const last = checks.at(-1)
  if (last === undefined) return {}
  const known = new Set(seen)
  const added = rows.filter(({ accountClass, account }) => accountClass === 'external' && !known.has(account.accountId))
  return { newExternals: { since: last.at, accounts: added.map(refOf).sort(byEmail) } }
}

function unclaimedOf(rows: readonly Counted[], domains: readonly LiveDomain[]): CoverageReport['unclaimed'] {
  const verified = new Set(domains.filter(({ status }) => status === 'verified').map(({ name }) => name))
  return [...externalsByDomain(rows)]
    .filter(([domain]) => verified.has(domain))
    .sort(([a], [b]) => compareText(a, b))
    .map(([domain, own]) => ({ domain, accounts: own.map(refOf).sort(byEmail) }))
}
