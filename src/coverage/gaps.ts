import type { AccountCoverage } from '../model/coverage.ts'
import type { Assessed, Standing } from './assess.ts'
import { levelRank } from './levels.ts'

/** A row of an account that is counted now. */
export type Counted = Assessed & { readonly now: Standing }

export const isCounted = (row: Assessed): row is Counted => row.now !== undefined

/**
 * Accounts that no second factor holds, that a token goes around with, or that a requirement is not met by: the most dangerous first. The rows come sorted by
 * address.
 */
export function gapsOf(
  rows: readonly Counted[],
  describe: (row: Counted) => AccountCoverage,
): readonly AccountCoverage[] {
  const described = rows.map(describe)
  return worstFirst(
    described.filter(
      ({ level, bypass, unmet }) =>
        levelRank(level) < levelRank('step-up') ||
        (bypass.liveTokens !== 'unknown' && bypass.liveTokens > 0) ||
        unmet.length > 0,
    ),
  )
}

/** Admins, then who is active, then who has tokens; among equals who passes least, then in the order in which they came. */
export const worstFirst = (accounts: readonly AccountCoverage[]): readonly AccountCoverage[] =>
  accounts
    .map(account => ({ account, danger: danger(account) * 8 - levelRank(account.level) }))
    .sort((a, b) => b.danger - a.danger)
    .map(({ account }) => account)

/** Whose activity is not known comes after those known to be active and before those known not to be. */
const danger = ({ risk, lastActive }: AccountCoverage): number =>
  (risk.includes('admin') ? 8 : 0) +
  (risk.includes('active') ? 4 : lastActive === undefined ? 2 : 0) +
  (risk.includes('tokens') ? 1 : 0)
