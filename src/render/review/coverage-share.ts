import type { CoverageSummary } from '../../model/coverage.ts'

/**
 * The one figure of coverage: how many of the counted accounts (managed and external) must pass a second factor at sign-in or before they reach apps, so
 * at level `step-up` or above, in percent with one decimal. It is rounded down, so that 100 means all of them. Undefined where no account is
 * counted. It says nothing of requirements, which have populations and levels of their own.
 */
export function coverageShare({ totals, levels }: CoverageSummary): number | undefined {
  if (totals.accounts === 0) return undefined
  const protectedAccounts = levels['step-up'] + levels['two-step'] + levels['sso-mfa']
  return Math.floor((1000 * protectedAccounts) / totals.accounts) / 10
}

/** `91.2 %`; `not measured` where no account is counted. */
export function shareWords(summary: CoverageSummary): string {
  const share = coverageShare(summary)
  return share === undefined ? 'not measured' : `${share.toFixed(1)} %`
}
