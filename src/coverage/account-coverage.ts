import type { Activity } from '../kinds/live.ts'
import { foldEmail } from '../model/account.ts'
import type { AccountCoverage, Bypass, Risk } from '../model/coverage.ts'
import { count } from '../diagnostics/wording.ts'
import type { Assessed, Standing } from './assess.ts'
import { reasonWords } from './reasons.ts'
import { isIn, meets, type Requirement } from './requirements.ts'

/** What it takes to describe accounts. */
interface Describing {
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

/** Describes accounts as reports show them. What is the same for many is put into words once. */
export function describing(input: Describing): (row: Row) => AccountCoverage {
  const reasons = new Map<Standing, string>()
  return row => {
    const { account, accountClass, now, declared } = row
    const { accountId, email, name, roles, products } = account
    const lastActive = input.activity.get(accountId)?.at
    const exceptions = exceptionsOf(row, input.requirements)
    const reason = reasons.get(now) ?? reasonOf(now)
    reasons.set(now, reason)
    // There may be half a million: an object for each member that may be there would double the time.
    const described: { -readonly [M in keyof AccountCoverage]: AccountCoverage[M] } = {
      account: { accountId, email },
      accountClass,
      level: now.verdict.level,
      bypass: now.bypass,
      reason,
      evidence: now.verdict.evidence,
      risk: risksOf(row, input),
      roles,
      unmet: unmetBy(row, input.requirements),
    }
    if (name !== undefined) described.name = name
    if (now.policy !== undefined) described.policy = now.policy
    if (declared !== undefined) described.declaredLevel = declared.verdict.level
    if (products !== undefined) described.products = products
    if (lastActive !== undefined) described.lastActive = lastActive === null ? null : new Date(lastActive).toISOString()
    if (exceptions.length > 0) described.exceptions = exceptions
    return described
  }
}

/** A row of an account that is counted now. */
type Row = Assessed & { readonly now: Standing }

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
const unmetBy = (row: Row, requirements: readonly Requirement[]): readonly string[] =>
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

function risksOf(row: Row, { activity, now }: Describing): readonly Risk[] {
  const at = activity.get(row.account.accountId)?.at
  const { liveTokens } = row.now.bypass
  const risks: Risk[] = []
  if (isAdmin(row)) risks.push('admin')
  if (typeof at === 'number' && now.getTime() - at <= recently) risks.push('active')
  if (liveTokens !== 'unknown' && liveTokens > 0) risks.push('tokens')
  return risks
}
