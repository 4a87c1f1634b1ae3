import { domainOf } from '../model/account.ts'
import type { AccountMove } from '../model/change.ts'
import { cutoffOf } from './access-rules.ts'
import type { ExternalUserPolicy } from './external-user-policy.ts'
import type { Live, LiveAccount } from './live.ts'
import type { Desired } from './resource.ts'

export type AccessRule = NonNullable<AccountMove['rule']>

/** How an account stands to the access rules. `unknown`: its activity is not known, and the other rule is kept. */
export type AccessVerdict = { readonly rule: AccessRule; readonly because: string } | 'unknown' | 'kept'

/** The rule for which an apply took the access of an account, and when it had it back. */
export interface RememberedSuspension {
  readonly rule?: string
  readonly restoredAt?: string
}

/** What access rules are judged by, besides the rules. */
export interface AccessCircumstances {
  readonly desired: Pick<Desired, 'organization'>
  readonly live: Pick<Live, 'activity' | 'at' | 'domains'>
  /** Accounts that an apply suspended, by id. */
  readonly suspended: ReadonlyMap<string, RememberedSuspension>
}

/** The organization's own domains, folded: those that the documents declare, and those that are verified. */
export const ownDomains = (
  { organization }: Pick<Desired, 'organization'>,
  domains: Live['domains'],
): ReadonlySet<string> =>
  new Set([
    ...(organization.spec.domains ?? []).map(domain => domain.toLowerCase()),
    ...domains.filter(({ status }) => status === 'verified').map(({ name }) => name),
  ])

/** Says of each external account how it stands to the access rules, whoever may be exempt from them. */
export function judgeBy(
  { allowedDomains, inactiveAfter }: NonNullable<ExternalUserPolicy['access']>,
  { live: { activity, at, domains }, desired, suspended }: AccessCircumstances,
): (account: LiveAccount) => AccessVerdict {
  const allowed = allowedDomains === undefined ? undefined : new Set(allowedDomains.map(domain => domain.toLowerCase()))
  // Whoever is on a domain of the organization's own is to be claimed, not shut out.
  const own = ownDomains(desired, domains)
  const cutoff = cutoffOf(inactiveAfter, new Date(at))
  return ({ accountId, email, addedAt, status }) => {
    const domain = domainOf(email)
    if (allowed !== undefined && !allowed.has(domain) && !own.has(domain))
      return { rule: 'allowedDomains', because: `${domain} is not an allowed domain` }
    const taken = suspended.get(accountId)
    // Who has access again, by whomever, has as long as everybody else to use it.
    const back = Date.parse(taken?.restoredAt ?? (taken !== undefined && status === 'active' ? at : ''))
    if (cutoff === undefined || Math.max(addedAt ?? 0, Number.isNaN(back) ? 0 : back) >= cutoff) return 'kept'
    const known = activity.get(accountId)
    if (known === undefined || (known.at === null && addedAt === undefined)) return 'unknown'
    if (known.at === null) return { rule: 'inactiveAfter', because: `never active, added ${day(addedAt ?? 0)}` }
    return known.at >= cutoff ? 'kept' : { rule: 'inactiveAfter', because: `last active ${day(known.at)}` }
  }
}

const day = (time: number): string => new Date(time).toISOString().slice(0, 10)
