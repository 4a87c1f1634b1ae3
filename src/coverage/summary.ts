import type { CoverageSummary } from '../model/coverage.ts'
import type { Source, Span } from '../model/span.ts'
import type { Assessed, Standing } from './assess.ts'
import { countLevels } from './levels.ts'
import { requirementResult, type Requirement } from './requirements.ts'

/** Coverage in numbers, now or once the documents are carried out. */
export function summaryOf(
  rows: readonly Assessed[],
  requirements: readonly Requirement[],
  when: 'now' | 'declared',
  source: (span: Span) => Source,
): CoverageSummary {
  const standings: Standing[] = []
  let managed = 0
  for (const row of rows) {
    const standing = row[when]
    if (standing === undefined) continue
    standings.push(standing)
    if (row.accountClass === 'managed') managed++
  }
  return {
    totals: { accounts: standings.length, managed, external: standings.length - managed },
    levels: countLevels(standings),
    tokens: tokensOf(standings),
    requirements: requirements.map(requirement => requirementResult(requirement, rows, when, source)),
  }
}

/** How many accounts have a live token, and how many there are; unknown where they cannot be listed. */
export function tokensOf(standings: readonly Standing[]): CoverageSummary['tokens'] {
  let accounts = 0
  let tokens = 0
  for (const { bypass } of standings) {
    if (bypass.liveTokens === 'unknown') return 'unknown'
    if (bypass.liveTokens > 0) accounts++
    tokens += bypass.liveTokens
  }
  return { accounts, tokens }
}
