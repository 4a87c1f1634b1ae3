import type { LiveDomain } from '../kinds/live.ts'
import type { AccountRef } from '../model/account.ts'
import { compareText } from '../model/address.ts'
import { grouped } from '../model/grouped.ts'
import type { CoverageCheck, CoveragePopulation, CoverageReport, RequirementResult } from '../model/coverage.ts'
import { describing } from './account-coverage.ts'
import type { Assessment } from './assess.ts'
import { gapsOf, isCounted, worstFirst, type Counted } from './gaps.ts'
import { countLevels } from './levels.ts'
import { notCoveredOf } from './not-covered.ts'
import { remediesOf, type RemedyInput } from './remedies.ts'
import { externalsByDomain } from './remedies-domains.ts'
import type { Requirement } from './requirements.ts'
import { tokensOf } from './summary.ts'
import type { Situation } from './what-if.ts'

/** Everything that a coverage report is made of. */
export interface ReportInput extends Assessment, Omit<RemedyInput, keyof Situation> {
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
  // Sorted once: everything that is made of the rows is in their order.
  const rows = input.rows.filter(isCounted).sort((a, b) => compareText(a.account.email, b.account.email))
  const describe = describing({ now: context.now, activity, requirements })
  const managed = rows.filter(({ accountClass }) => accountClass === 'managed').length
  const levels = countLevels(rows.map(({ now }) => now))
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
    declaredLevels: countLevels(rows.map(({ now, declared }) => declared ?? now)),
    tokens,
    populations: populationsOf(rows),
    requirements: input.results,
    gaps: gapsOf(rows, describe),
    remedies: remediesOf({ ...input, ...situation }),
    notCovered: notCoveredOf(rows, input.apart),
    ...newExternals(rows, input),
    unclaimed: unclaimedOf(rows, domains),
    trend: input.checks,
    ...(input.all && { accounts: worstFirst(rows.map(describe)) }),
  }
}

/** Managed and external accounts, then the members of each policy. */
function populationsOf(rows: readonly Counted[]): readonly CoveragePopulation[] {
  const byClass = grouped(rows, ({ accountClass }) => accountClass)
  const classes = (['managed', 'external'] as const).map(name => ({ name, own: byClass.get(name) ?? [] }))
  return [
    ...classes.filter(({ own }) => own.length > 0).map(({ name, own }) => population('class', name, own)),
    ...classes.flatMap(({ own }) =>
      [...grouped(own, ({ now }) => now.policy ?? 'unknown')]
        .sort(([a], [b]) => compareText(a, b))
        .map(([policy, members]) => population('policy', policy, members)),
    ),
  ]
}

const population = (by: CoveragePopulation['by'], name: string, rows: readonly Counted[]): CoveragePopulation => ({
  by,
  name,
  accounts: rows.length,
  levels: countLevels(rows.map(({ now }) => now)),
  declaredLevels: countLevels(rows.map(({ now, declared }) => declared ?? now)),
})

const refOf = ({ account: { accountId, email } }: Counted): AccountRef => ({ accountId, email })

function newExternals(rows: readonly Counted[], { checks, seen }: ReportInput): Pick<CoverageReport, 'newExternals'> {
  const last = checks.at(-1)
  if (last === undefined) return {}
  const known = new Set(seen)
  const added = rows.filter(({ accountClass, account }) => accountClass === 'external' && !known.has(account.accountId))
  return { newExternals: { since: last.at, accounts: added.map(refOf) } }
}

function unclaimedOf(rows: readonly Counted[], domains: readonly LiveDomain[]): CoverageReport['unclaimed'] {
  const verified = new Set(domains.filter(({ status }) => status === 'verified').map(({ name }) => name))
  return [...externalsByDomain(rows)]
    .filter(([domain]) => verified.has(domain))
    .sort(([a], [b]) => compareText(a, b))
    .map(([domain, own]) => ({ domain, accounts: own.map(refOf) }))
}
