import { compareText } from '../model/address.ts'
import type { AccountCoverage } from '../model/coverage.ts'
import { accountCoverage, unmetBy, type Describing } from './account-coverage.ts'
import type { Assessed, Standing } from './assess.ts'
import { levelRank } from './levels.ts'

/** A row of an account that is counted now. */
export type Counted = Assessed & { readonly now: Standing }

export const isCounted = (row: Assessed): row is Counted => row.now !== undefined

/** Accounts that no second factor holds, that a token goes around with, or that a requirement is not met by: the most dangerous first. */
export const gapsOf = (rows: readonly Counted[], describing: Describing): readonly AccountCoverage[] =>
  rows
    .filter(row => {
      const { verdict, bypass } = row.now
      if (levelRank(verdict.level) < levelRank('step-up')) return true
      return (
        (bypass.liveTokens !== 'unknown' && bypass.liveTokens > 0) || unmetBy(row, describing.requirements).length > 0
      )
    })
    .map(row => accountCoverage(row, describing))
    .sort(worstFirst)

/** Admins, then who is active, then who has tokens; among equals who passes least, then by address. */
export const worstFirst = (a: AccountCoverage, b: AccountCoverage): number =>
  danger(b) - danger(a) || levelRank(a.level) - levelRank(b.level) || compareText(a.account.email, b.account.email)

/** Whose activity is not known comes after those known to be active and before those known not to be. */
const danger = ({ risk, lastActive }: AccountCoverage): number =>
  (risk.includes('admin') ? 8 : 0) +
  (risk.includes('active') ? 4 : lastActive === undefined ? 2 : 0) +
  (risk.includes('tokens') ? 1 : 0)
