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
  const counted = rows.filter(row => row[when] !== undefined)
  const managed = counted.filter(({ accountClass }) => accountClass === 'managed').length
  return {
    totals: { accounts: counted.length, managed, external: counted.length - managed },
    levels: countLevels(counted.map(row => row[when]?.verdict.level)),
    tokens: tokensOf(counted.flatMap(row => row[when] ?? [])),
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
