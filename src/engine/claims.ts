import { levels, selectedAt, type Level } from '../kinds/members.ts'
import type { Resource } from '../kinds/resource.ts'
import { domainOf, foldEmail } from '../model/account.ts'
import { grouped } from '../model/grouped.ts'

export type Policy = Resource<'AuthenticationPolicy'>

/** What decides who claims an account. */
export interface Claimable {
  readonly email: string
  readonly groups: ReadonlySet<string>
}

/** The policies that claim an account, and the level at which they do. */
export interface Claim {
  readonly winners: readonly Policy[]
  readonly level: Level
}

/**
 * Where the claims on an account come to rest that starts in a directory. Half a million accounts and a thousand policies are a lot of questions: of an account that no document names and that is in no
 * group only the domain counts, so what holds for the first of a domain and a directory holds for all of them; and a policy that selects by nothing but names is asked only about those it names.
 */
export function settleBy(policies: readonly Policy[]): (account: Claimable, directory: string) => Claim {
  const wide = policies.filter(selectsUnnamed)
  const namedBy = grouped(
    policies.flatMap((policy, index) =>
      (policy.spec.members?.accounts ?? []).map(account => ({ email: foldEmail(account), index })),
    ),
    ({ email }) => email,
  )
  const excepted = new Set(
    policies.flatMap(({ spec: { members } }) => (members?.except?.accounts ?? []).map(foldEmail)),
  )
  const byDirectory = new Map<string, Map<string, Claim>>()
  return (account, directory) => {
    const email = foldEmail(account.email)
    const naming = namedBy.get(email)
    if (naming !== undefined) {
      const indexes = new Set(naming.map(({ index }) => index))
      return settle(
        policies.filter((policy, index) => indexes.has(index) || selectsUnnamed(policy)),
        account,
        directory,
      )
    }
    if (account.groups.size > 0 || excepted.has(email)) return settle(wide, account, directory)
    const byDomain = byDirectory.get(directory) ?? new Map<string, Claim>()
    byDirectory.set(directory, byDomain)
    const domain = domainOf(account.email)
    const claim = byDomain.get(domain) ?? settle(wide, account, directory)
    byDomain.set(domain, claim)
    return claim
  }
}

/** Whether a policy may claim accounts that it does not name. */
const selectsUnnamed = ({ spec: { members = {} } }: Policy): boolean =>
  members.groups !== undefined || members.domains !== undefined || members.everyoneElse !== undefined

/**
 * A policy that reaches across directories takes the account into its own, where others may claim it. So the claim is followed to where it comes to
 * rest: the plan after an apply then finds nothing to move. It comes to rest because every step is to a stronger claim.
 */
export function settle(policies: readonly Policy[], account: Claimable, start: string): Claim {
  let directory = start
  for (;;) {
    const claim = claimants(policies, account, directory)
    const [winner] = claim.winners
    if (winner === undefined || claim.winners.length > 1 || winner.spec.directory === directory) return claim
    directory = winner.spec.directory
  }
}

/** The policies that claim an account at the most specific level at which one does. */
export function claimants(policies: readonly Policy[], account: Claimable, directory: string): Claim {
  const candidates = policies.flatMap(policy => {
    const { members, directory: own } = policy.spec
    if (own !== directory && members?.acrossDirectories !== true) return []
    // Everybody else is everybody else of the policy's own directory, also where its other selectors reach further.
    const selected = selectedAt(members, account).filter(level => level !== 'everyoneElse' || own === directory)
    return selected.length === 0 ? [] : [{ policy, selected }]
  })
  for (const level of levels) {
    const claims = candidates.filter(({ selected }) => selected.includes(level)).map(({ policy }) => policy)
    if (claims.length === 0) continue
    const priority = (policy: Policy) => (level === 'groups' ? (policy.spec.members?.priority ?? 0) : 0)
    const highest = Math.max(...claims.map(priority))
    return { winners: claims.filter(policy => priority(policy) === highest), level }
  }
  return { winners: [], level: 'everyoneElse' }
}
