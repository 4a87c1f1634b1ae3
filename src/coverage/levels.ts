import { coverageLevels, type CoverageLevel, type LevelCounts } from '../model/coverage.ts'

const ranks = new Map(coverageLevels.map((level, rank) => [level, rank]))

/** The place of a level, the weakest being 0. */
export const levelRank = (level: CoverageLevel): number => ranks.get(level) ?? 0

/** How many there are of each level. */
export function countLevels(
  standings: readonly { readonly verdict: { readonly level: CoverageLevel } }[],
): LevelCounts {
  const counts = { none: 0, optional: 0, 'step-up': 0, 'two-step': 0, 'sso-mfa': 0 }
  for (const { verdict } of standings) counts[verdict.level]++
  return counts
}
