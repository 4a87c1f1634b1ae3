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
  const address = foldEmail(email)
  const domain = domainOf(email)
  return [
    ...(accounts.some(account => foldEmail(account) === address) ? (['accounts'] as const) : []),
    ...(names.some(name => groups.has(name)) ? (['groups'] as const) : []),
    ...(domains.some(name => name.toLowerCase() === domain) ? (['domains'] as const) : []),
  ]
}
