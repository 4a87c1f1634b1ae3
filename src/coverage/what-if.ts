import type { AccountRef } from '../model/account.ts'
import type { CoverageLevel, LevelCounts, Remedy } from '../model/coverage.ts'
import type { LiveField } from '../model/evidence.ts'
import type { Json } from '../model/json.ts'
import type { Counted } from './gaps.ts'
import type { PolicyView } from './policy-view.ts'

/** All counted accounts, sorted by address, and their levels as they are. */
export interface Situation {
  readonly rows: readonly Counted[]
  readonly levels: LevelCounts
  readonly tokenAccounts: number | undefined
}

/** What would become of one account: its level, undefined where it would not be counted any more, and whether its tokens would still work. */
export interface Outcome {
  readonly row: Counted
  readonly level: CoverageLevel | undefined
  readonly tokensWork?: boolean
}

/** Accounts whose names a remedy shows. */
const named = 100

/** A remedy with the effect of what would become of the accounts it is about. Everybody else stays as counted. */
export function remedy(
  { levels, tokenAccounts }: Situation,
  outcomes: readonly Outcome[],
  words: Pick<Remedy, 'code' | 'summary' | 'how' | 'domain' | 'policy'>,
): Remedy {
  const after = { ...levels }
  let closed = 0
  for (const { row, level, tokensWork = true } of outcomes) {
    after[row.now.verdict.level]--
    if (level !== undefined) after[level]++
    const { liveTokens } = row.now.bypass
    if (liveTokens !== 'unknown' && liveTokens > 0 && (level === undefined || !tokensWork)) closed++
  }
  const affected = outcomes
    .slice(0, named)
    .map(({ row: { account } }): AccountRef => ({ accountId: account.accountId, email: account.email }))
  return {
    ...words,
    accounts: outcomes.length,
    affected,
    levels: { before: levels, after },
    ...(tokenAccounts !== undefined && { tokenAccounts: { before: tokenAccounts, after: tokenAccounts - closed } }),
  }
}

/** A policy as it would be with other settings, as if somebody had seen them long ago. */
export const withSettings = (view: PolicyView, settings: Readonly<Record<string, Json>>, at: string): PolicyView => ({
  ...view,
  fields: {
    ...view.fields,
    ...Object.fromEntries(
      Object.entries(settings).map(([path, value]): readonly [string, LiveField] => [
        path,
        { state: 'known', value, evidence: { path, from: 'declaration', at, since: new Date(0).toISOString() } },
      ]),
    ),
  },
})
