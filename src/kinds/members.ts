import { domainOf, foldEmail } from '../model/account.ts'
import type { AuthenticationPolicy } from './authentication-policy.ts'

type Members = NonNullable<AuthenticationPolicy['members']>

/** The selectors by which a policy claims accounts, the most specific first (design 3). */
export const levels = ['accounts', 'groups', 'domains', 'everyoneElse'] as const

export type Level = (typeof levels)[number]

/** What a selector needs to know of an account. Groups are names. */
export interface Selectable {
  readonly email: string
  readonly groups: ReadonlySet<string>
}

/** The levels at which a policy selects the account, whatever other policies do; none where `except` names it. */
export function selectedAt(members: Members | undefined, account: Selectable): readonly Level[] {
  if (members === undefined || (members.except !== undefined && selectorHits(members.except, account).length > 0))
    return []
  return [...selectorHits(members, account), ...(members.everyoneElse === true ? (['everyoneElse'] as const) : [])]
}

function selectorHits(
  selector: Pick<Members, 'accounts' | 'groups' | 'domains'>,
  { email, groups }: Selectable,
): readonly Level[] {
  const { accounts = [], groups: names = [], domains = [] } = selector
  const domain = domainOf(email)
  return [
    ...(placeOf(accounts, email) !== undefined ? (['accounts'] as const) : []),
    ...(names.some(name => groups.has(name)) ? (['groups'] as const) : []),
    ...(domains.some(name => name.toLowerCase() === domain) ? (['domains'] as const) : []),
  ]
}

/** The index of an account among those that a policy names; undefined where it does not. */
export const placeOf = (accounts: readonly string[], email: string): number | undefined =>
  accounts.length === 0 ? undefined : placesIn(accounts).get(foldEmail(email))

/** Every account of the organization is looked up in every list, and either may be a hundred thousand long: a list is gone through once. */
const known = new WeakMap<readonly string[], ReadonlyMap<string, number>>()

function placesIn(accounts: readonly string[]): ReadonlyMap<string, number> {
  const before = known.get(accounts)
  if (before !== undefined) return before
  const places = new Map<string, number>()
  for (const [index, account] of accounts.entries()) {
    const address = foldEmail(account)
    if (!places.has(address)) places.set(address, index)
  }
  known.set(accounts, places)
  return places
}
