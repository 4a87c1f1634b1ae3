import type { AccountClass, AccountCoverage, Bypass, CoverageLevel, CoverageReport } from '../model/coverage.ts'
import { coverageLevels } from '../model/coverage.ts'
import type { Evidence } from '../model/evidence.ts'
import { count } from '../diagnostics/wording.ts'
import { evidenceWords } from './evidence-words.ts'

// What stands here is plain text: whoever prints it makes it harmless for the output.

const classes: Readonly<Record<string, readonly [string, string]>> = {
  managed: ['managed account', 'managed accounts'],
  external: ['external account', 'external accounts'],
  app: ['app or service account', 'app or service accounts'],
  'portal-only': ['portal customer', 'portal customers'],
  suspended: ['suspended account', 'suspended accounts'],
  'not-in-directory': ['managed account in no directory', 'managed accounts in no directory'],
  deactivated: ['deactivated account', 'deactivated accounts'],
} satisfies Readonly<Record<AccountClass, readonly [string, string]>>

/** What kind of account it is: `external account`. A class that nobody here has heard of is shown as it came. */
export const classWords = (accountClass: string): string => classes[accountClass]?.[0] ?? `account (${accountClass})`

/** `2 portal customers`. */
export const countOfClass = (accounts: number, accountClass: string): string =>
  count(accounts, classWords(accountClass), classes[accountClass]?.[1] ?? `accounts (${accountClass})`)

/** The policy that an account is in, or that holds for it. */
export function policyWords({ accountClass, policy }: Pick<AccountCoverage, 'accountClass' | 'policy'>): string {
  if (policy === undefined) return 'policy not known'
  if (accountClass !== 'external') return `in “${policy}”`
  return policy === 'external' ? 'under the external user policy' : `under the ${policy} policy for external users`
}

/** What has to be passed at sign-in. */
export const levelMeaning: Readonly<Record<CoverageLevel, string>> = {
  none: 'no second factor is known to be asked for',
  optional: 'two-step verification is on by choice; nothing enforces it',
  'step-up': 'a passcode by email, or single sign-on without a declared second factor',
  'two-step': 'two-step verification is enforced',
  'sso-mfa': 'single sign-on is enforced, and the identity provider asks for a second factor',
}

/** The level now and as declared: `none → step-up`, or `none` where both are the same. */
export function levelChange({ level, declaredLevel }: Pick<AccountCoverage, 'level' | 'declaredLevel'>): string {
  if (declaredLevel === undefined) return `${level} → loses access`
  return declaredLevel === level ? level : `${level} → ${declaredLevel}`
}

/** Why an account is dangerous: `admin, active, 2 live tokens`. */
export const riskWords = ({ risk, bypass: { liveTokens } }: Pick<AccountCoverage, 'risk' | 'bypass'>): string =>
  risk
    .map(one => (one !== 'tokens' ? one : liveTokens === 'unknown' ? 'live tokens' : count(liveTokens, 'live token')))
    .join(', ')

/** What a level rests on, field by field: `mfaEnabled (API, now)`. */
export const evidenceList = (evidence: readonly Evidence[], now: Date): string =>
  evidence.length === 0 ? 'none' : evidence.map(item => `${item.path} (${evidenceWords(item, now)})`).join(', ')

/** Where a fact comes from: `attested by alice`. */
export const evidenceSource = ({ from, by }: Evidence): string =>
  ({ api: 'API', export: 'export', attestation: 'attested', declaration: 'declared' })[from] +
  (by === undefined ? '' : ` by ${by}`)

/** Whether API tokens go around sign-in. */
export function bypassWords({ liveTokens, policyAllows }: Bypass): string {
  const tokens =
    liveTokens === 'unknown'
      ? 'whether there are any is not known: the key may not list them'
      : liveTokens === 0
        ? 'none that is live and works'
        : `${count(liveTokens, 'live token')} ${liveTokens === 1 ? 'goes' : 'go'} around sign-in`
  const policy =
    policyAllows === 'unknown'
      ? 'whether the policy lets them work is not known'
      : policyAllows
        ? 'the policy lets them work'
        : 'the policy blocks them'
  return `${tokens}; ${policy}`
}

/** A time as people read it: `2026-11-24 08:00 UTC`. A day, and what is no time, stays as it is. */
export const timeWords = (at: string): string =>
  at.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?Z$/, '$1 $2 UTC')

/** When an account was last active. */
export const lastActiveWords = (lastActive: string | null | undefined): string =>
  lastActive === undefined ? 'not known' : lastActive === null ? 'never, as far as is known' : timeWords(lastActive)

/** How counts of levels change, in short: `none 53 → 17, sso-mfa 0 → 36`; empty where nothing does. */
export const levelsChange = ({
  before,
  after,
}: {
  readonly before: CoverageReport['levels']
  readonly after: CoverageReport['levels']
}): string =>
  coverageLevels
    .filter(level => before[level] !== after[level])
    .map(level => `${level} ${before[level]} → ${after[level]}`)
    .join(', ')

/** What a remedy would do, in numbers. */
export function effectWords({
  levels,
  tokenAccounts,
}: Pick<CoverageReport['remedies'][number], 'levels' | 'tokenAccounts'>): string {
  const tokens =
    tokenAccounts === undefined || tokenAccounts.before === tokenAccounts.after
      ? []
      : [`accounts with a live token ${tokenAccounts.before} → ${tokenAccounts.after}`]
  return [levelsChange(levels) || 'no level changes', ...tokens].join('; ')
}

/** What a requirement asks for. */
export function demandWords({ atLeast, tokens }: Pick<CoverageReport['requirements'][number], 'atLeast' | 'tokens'>) {
  const bypass = {
    ignore: ', whatever API tokens there are',
    live: ' and have no live API token that works',
    possible: ' and are in a policy that blocks API tokens',
  }[tokens]
  return `pass at least ${atLeast}${bypass}`
}

/** What API tokens go around sign-in, in all. */
export function tokenTotals(tokens: CoverageReport['tokens']): string {
  if (tokens === 'unknown') return 'API tokens are not known: the key may not list them.'
  if (tokens.tokens === 0) return 'No live API token goes around sign-in.'
  const verb = tokens.tokens === 1 ? 'goes' : 'go'
  return `${count(tokens.tokens, 'live API token')} of ${count(tokens.accounts, 'account')} ${verb} around sign-in.`
}

/** How many accounts have to pass at least a level. */
export const atLeast = (levels: CoverageReport['levels'], least: CoverageLevel): number =>
  coverageLevels.slice(coverageLevels.indexOf(least)).reduce((sum, level) => sum + levels[level], 0)

/** What no policy reaches, the number of accounts behind it where the words do not say it, and always what Atlassian's insights page goes on showing. */
export function notCoveredWords({ notCovered, populations }: CoverageReport): readonly string[] {
  const passcode = populations.some(
    ({ by, name, levels, declaredLevels }) =>
      by === 'class' && name === 'external' && levels['step-up'] + declaredLevels['step-up'] > 0,
  )
  return [
    ...notCovered.map(({ summary, accounts }) =>
      accounts === undefined || new RegExp(`\\b${accounts}\\b`).test(summary)
        ? summary
        : `${summary} (${count(accounts, 'account')})`,
    ),
    ...(passcode && !notCovered.some(({ code }) => code === 'insights-page')
      ? [
          'Atlassian’s own insights page goes on showing people who pass an emailed passcode as “two-step verification not enabled”',
        ]
      : []),
  ]
}

/** The one line that says it all. */
export function coverageTally({ totals, levels, requirements, gaps }: CoverageReport): string {
  const met = requirements.filter(requirement => requirement.met).length
  return [
    `${atLeast(levels, 'step-up')} of ${count(totals.accounts, 'account')} pass at least step-up`,
    count(gaps.length, 'gap'),
    requirements.length === 0 ? 'no requirement' : `${met} of ${count(requirements.length, 'requirement')} met`,
  ].join(', ')
}
