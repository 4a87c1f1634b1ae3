import { levels, selectedAt, type Level } from '../kinds/members.ts'
import type { Resource } from '../kinds/resource.ts'
import { domainOf, foldEmail } from '../model/account.ts'

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
  const excepted = new Set(
    policies.flatMap(({ spec: { members } }) => (members?.except?.accounts ?? []).map(foldEmail)),
  )
  const { candidates, isNamed } = candidatesAmong(policies)
  const byDirectory = new Map<string, Map<string, Claim>>()
  return (account, directory) => {
    const email = foldEmail(account.email)
    if (account.groups.size > 0 || isNamed(email) || excepted.has(email))
      return settle(candidates(email), account, directory)
    const byDomain = byDirectory.get(directory) ?? new Map<string, Claim>()
    byDirectory.set(directory, byDomain)
    const domain = domainOf(account.email)
    const claim = byDomain.get(domain) ?? settle(candidates(email), account, directory)
    byDomain.set(domain, claim)
    return claim
  }
}

/** The policies that may claim an account, in their order: those that name it, and all that select by anything else. */
function candidatesAmong(policies: readonly Policy[]): {
  readonly candidates: (email: string) => readonly Policy[]
  readonly isNamed: (email: string) => boolean
} {
  const order = new Map(policies.map((policy, index) => [policy, index]))
  const wide = policies.filter(
    ({ spec: { members = {} } }) =>
      members.groups !== undefined || members.domains !== undefined || members.everyoneElse !== undefined,
  )
  const isWide = new Set(wide)
  const naming = new Map<string, Set<Policy>>()
  for (const policy of policies)
    for (const account of policy.spec.members?.accounts ?? []) {
      const email = foldEmail(account)
      naming.set(email, (naming.get(email) ?? new Set()).add(policy))
    }
  return {
    isNamed: email => naming.has(email),
    candidates: email => {
      const narrow = [...(naming.get(email) ?? [])].filter(policy => !isWide.has(policy))
      return narrow.length === 0 ? wide : [...wide, ...narrow].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0))
    },
  }
}

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
