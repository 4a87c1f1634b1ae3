import type { Activity } from '../kinds/live.ts'
import { foldEmail } from '../model/account.ts'
import type { AccountCoverage, Bypass, Risk } from '../model/coverage.ts'
import { count } from '../diagnostics/wording.ts'
import type { Assessed, Standing } from './assess.ts'
import { reasonWords } from './reasons.ts'
import { isIn, meets, type Requirement } from './requirements.ts'

/** What it takes to describe an account. */
export interface Describing {
  readonly now: Date
  readonly activity: ReadonlyMap<string, Activity>
  readonly requirements: readonly Requirement[]
}

/** Roles that administer people or the organization (ref 2.2). */
const adminRoles: ReadonlySet<string> = new Set([
  'atlassian/org-admin',
  'atlassian/site-admin',
  'atlassian/user-access-admin',
])

/** An account that was active within this many milliseconds counts as active. */
const recently = 30 * 86_400_000

/** One account as reports show it. */
export function accountCoverage(row: Assessed & { readonly now: Standing }, describing: Describing): AccountCoverage {
  const { account, accountClass, now, declared } = row
  const { accountId, email, name, roles, products } = account
  const lastActive = describing.activity.get(accountId)?.at
  const exceptions = exceptionsOf(row, describing.requirements)
  return {
    account: { accountId, email },
    ...(name !== undefined && { name }),
    accountClass,
    ...(now.policy !== undefined && { policy: now.policy }),
    level: now.verdict.level,
    ...(declared && { declaredLevel: declared.verdict.level }),
    bypass: now.bypass,
    reason: reasonOf(now),
    evidence: now.verdict.evidence,
    risk: risksOf(row, describing),
    roles,
    ...(products && { products }),
    ...(lastActive !== undefined && { lastActive: lastActive === null ? null : new Date(lastActive).toISOString() }),
    unmet: unmetBy(row, describing.requirements),
    ...(exceptions.length > 0 && { exceptions }),
  }
}

/** Why the level is no higher, and what goes around it. */
export const reasonOf = ({ verdict, bypass }: Pick<Standing, 'verdict' | 'bypass'>): string =>
  [...verdict.reasons.map(reasonWords), ...tokenWords(bypass)].join('; ')

function tokenWords({ liveTokens, policyAllows }: Bypass): readonly string[] {
  if (liveTokens === 'unknown')
    return policyAllows === false
      ? []
      : ['whether API tokens go around sign-in is not known: the key may not list them']
  if (liveTokens === 0) return []
  return [`${count(liveTokens, 'live API token')} ${liveTokens === 1 ? 'goes' : 'go'} around sign-in`]
}

/** The names of the requirements that an account does not meet and is not excepted from. */
export const unmetBy = (
  row: Assessed & { readonly now: Standing },
  requirements: readonly Requirement[],
): readonly string[] =>
  requirements
    .filter(
      ({ resource: { spec }, exceptions }) =>
        isIn(spec, row, row.now) && !meets(spec, row.now) && !exceptions.has(foldEmail(row.account.email)),
    )
    .map(({ resource: { spec } }) => spec.name)

const exceptionsOf = ({ account }: Assessed, requirements: readonly Requirement[]) =>
  requirements.flatMap(({ resource, exceptions }) => {
    const exception = exceptions.get(foldEmail(account.email))?.spec
    return exception === undefined
      ? []
      : [{ name: exception.name, requirement: resource.spec.name, expires: exception.expires }]
  })

const isAdmin = ({ account }: Assessed): boolean => account.roles.some(role => adminRoles.has(role))

function risksOf(row: Assessed & { readonly now: Standing }, { activity, now }: Describing): readonly Risk[] {
  const at = activity.get(row.account.accountId)?.at
  const { liveTokens } = row.now.bypass
  return [
    ...(isAdmin(row) ? (['admin'] as const) : []),
    ...(typeof at === 'number' && now.getTime() - at <= recently ? (['active'] as const) : []),
    ...(liveTokens !== 'unknown' && liveTokens > 0 ? (['tokens'] as const) : []),
  ]
}
