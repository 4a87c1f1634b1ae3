import { domainOf } from '../model/account.ts'
import { compareText } from '../model/address.ts'
import { grouped } from '../model/grouped.ts'
import type { Refusal } from './refusal.ts'
import { selectMembers } from './select-members.ts'
import type { MemberToSelect, Selection } from './selection.ts'
import type { SeenAccount, SeenPolicy } from './sighting.ts'

/** What selects the members of each policy, by the name of its document. */
export interface ChosenMembers {
  readonly selections: ReadonlyMap<string, Selection>
  /** Accounts of each policy that nothing can select: no document claims them, so they stay where they are. */
  readonly unexpressed: ReadonlyMap<string, readonly string[]>
}

/** A policy with the name of its document and that of its directory. */
export interface PlacedPolicy {
  readonly policy: SeenPolicy
  readonly name: string
  readonly directory: string
}

/** Whose membership is to be said, and what documents can say. */
export interface MembersInput {
  readonly accounts: readonly SeenAccount[]
  readonly policies: readonly PlacedPolicy[]
  /** Domains that documents may name. */
  readonly domains: ReadonlySet<string>
  /** Ids of policies whose members are to be listed, each by its address. */
  readonly listed: ReadonlySet<string>
  readonly refusal: Refusal
}

/** Chooses the fewest selectors that give today's membership, directory by directory: a policy claims the accounts of its own. */
export function chooseMembers({ accounts, policies, domains, listed, refusal }: MembersInput): ChosenMembers {
  const isRefused = (email: string): boolean =>
    refusal('AuthenticationPolicy', 'members.accounts', [email]) !== undefined
  const isListable = (email: string): boolean => domains.has(domainOf(email)) && !isRefused(email)
  // Moving is by address, so nothing moves whoever has none.
  const membersOf = grouped(accounts, ({ active, email, policyId }) =>
    active && email.includes('@') ? policyId : undefined,
  )
  const selections = new Map<string, Selection>()
  const unexpressed = new Map<string, readonly string[]>()
  const list = (name: string, emails: readonly string[]): void => {
    const [yes, no] = [emails.filter(isListable), emails.filter(email => !isListable(email))]
    if (yes.length > 0) selections.set(name, { accounts: [...yes].sort(compareText) })
    if (no.length > 0) unexpressed.set(name, [...no].sort(compareText))
  }
  const emailsOf = ({ policy }: PlacedPolicy): readonly string[] =>
    (membersOf.get(policy.id) ?? []).map(({ email }) => email)

  for (const [, inDirectory] of grouped(policies, ({ directory }) => directory)) {
    const free = inDirectory.filter(({ policy }) => !listed.has(policy.id))
    const members = free.flatMap(({ policy, name }): readonly MemberToSelect[] =>
      (membersOf.get(policy.id) ?? []).map(({ email, groups }) => ({ email, groups, policy: name })),
    )
    const chosen = selectMembers({ members, domains })
    const named = [...chosen.selections.values()].flatMap(({ accounts: own = [], except }) => [
      ...own,
      ...(except?.accounts ?? []),
    ])
    // An address that no document can hold makes every selector doubtful that was chosen around it.
    const plain = named.some(isRefused)
    for (const policy of inDirectory) if (plain || !free.includes(policy)) list(policy.name, emailsOf(policy))
    if (plain) continue
    for (const [name, selection] of chosen.selections)
      if (Object.keys(selection).length > 0) selections.set(name, selection)
    const left = new Set(chosen.unexpressed)
    for (const policy of free) {
      const own = emailsOf(policy).filter(email => left.has(email))
      if (own.length > 0) unexpressed.set(policy.name, [...own].sort(compareText))
    }
  }
  return { selections, unexpressed }
}
