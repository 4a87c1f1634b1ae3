import { compareText } from '../model/address.ts'
import { domainOf, foldEmail } from '../model/account.ts'
import type { MemberToSelect, SelectionInput } from './selection.ts'

/** Accounts that no domain and no group tells apart, all in one policy. */
export interface Alike {
  /** Its place in `Crowd.policies`. */
  readonly policy: number
  /** The places in `Crowd.extents` of its domain, which comes first, and of its groups. */
  readonly extents: readonly number[]
  readonly emails: readonly string[]
  /** Documents may list them under `accounts`. */
  readonly listable: boolean
}

/** A domain or a group, and whom it reaches. */
export interface Extent {
  readonly sort: 'domains' | 'groups'
  readonly name: string
  /** Documents may select by it. */
  readonly selectable: boolean
  /** Documents may name it under `except`: a domain there may be anybody’s, but must look like one. */
  readonly nameable: boolean
  /** The places in `Crowd.alike` of those it reaches, by the place of their policy. */
  readonly byPolicy: ReadonlyMap<number, readonly number[]>
}

/** The accounts of one directory, as selectors see them: everything has a place, which does not depend on the order of the input. */
export interface Crowd {
  /** Sorted by name. */
  readonly policies: readonly string[]
  /** How many accounts are in each policy. */
  readonly sizes: readonly number[]
  readonly alike: readonly Alike[]
  /** Domains, then groups, each sorted by name. */
  readonly extents: readonly Extent[]
  /** Addresses that stand for two accounts in different policies, except where they come first. */
  readonly doubled: readonly string[]
}

/** Takes accounts together that no selector but their address tells apart. One without an address is left out: nothing can move it. */
export function crowdOf({ members, domains }: SelectionInput): Crowd {
  const policies = [...new Set(members.map(({ policy }) => policy))].sort(compareText)
  const { single, doubled } = withoutDoubles(members)
  const domainNames = [...new Set(single.map(({ domain }) => domain))].sort(compareText)
  const { names: groups, placesOf: groupsOf } = distinctGroups(single)
  const placeOfPolicy = placesOf(policies)
  const placeOfDomain = placesOf(domainNames)

  const byKey = new Map<string, { policy: number; extents: number[]; emails: string[]; listable: boolean }>()
  single.forEach(({ email, domain, policy }, index) => {
    const extents = [placeOfDomain.get(domain) ?? 0]
    for (const place of groupsOf(index)) extents.push(domainNames.length + place)
    const at = placeOfPolicy.get(policy) ?? 0
    const key = `${at} ${extents.join(' ')}`
    const found = byKey.get(key)
    if (found === undefined) byKey.set(key, { policy: at, extents, emails: [email], listable: domains.has(domain) })
    else found.emails.push(email)
  })
  const alike = [...byKey.keys()].sort(compareText).flatMap(key => byKey.get(key) ?? [])

  const sizes = policies.map(() => 0)
  const reach = [...domainNames, ...groups].map(() => new Map<number, number[]>())
  alike.forEach(({ policy, extents, emails }, place) => {
    sizes[policy] = (sizes[policy] ?? 0) + emails.length
    for (const extent of extents) {
      const places = reach[extent]?.get(policy)
      if (places === undefined) reach[extent]?.set(policy, [place])
      else places.push(place)
    }
  })
  const extentAt = (sort: Extent['sort'], name: string, place: number): Extent => ({
    sort,
    name,
    selectable: sort === 'groups' || domains.has(name),
    nameable: sort === 'groups' || domains.has(name) || hostname.test(name),
    byPolicy: reach[place] ?? new Map<number, number[]>(),
  })
  return {
    policies,
    sizes,
    alike,
    extents: [
      ...domainNames.map((name, place) => extentAt('domains', name, place)),
      ...groups.map((name, place) => extentAt('groups', name, domainNames.length + place)),
    ],
    doubled,
  }
}

/** What the schema of documents takes for a domain: accounts of other organizations come with what it does not. */
const hostname = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/

const placesOf = (names: readonly string[]): ReadonlyMap<string, number> =>
  new Map(names.map((name, place) => [name, place]))

interface Addressed extends MemberToSelect {
  readonly domain: string
}

/** The accounts that have an address, sorted by it; of those that share one, which no organization should have, those of the first policy. */
function withoutDoubles(members: readonly MemberToSelect[]): {
  readonly single: readonly Addressed[]
  readonly doubled: readonly string[]
} {
  const byAddress = new Map<string, Addressed[]>()
  for (const { email, policy, groups } of members) {
    if (!email.includes('@')) continue
    const one = { email, policy, groups, domain: domainOf(email) }
    const address = foldEmail(email)
    const same = byAddress.get(address)
    if (same === undefined) byAddress.set(address, [one])
    else same.push(one)
  }
  const single: Addressed[] = []
  const doubled: string[] = []
  for (const address of [...byAddress.keys()].sort(compareText)) {
    const same = byAddress.get(address) ?? []
    if (same.length > 1) same.sort((a, b) => compareText(a.policy, b.policy) || compareText(a.email, b.email))
    for (const one of same) {
      if (one.policy === same[0]?.policy) single.push(one)
      else doubled.push(one.email)
    }
  }
  return { single, doubled }
}

/** The names of the groups, sorted; of those with the same members only the first. And the places of a member’s groups, ascending. */
function distinctGroups(members: readonly Addressed[]): {
  readonly names: readonly string[]
  readonly placesOf: (member: number) => Uint32Array
} {
  const met = new Map<string, number>()
  const reach: number[][] = []
  const metBy = members.map(({ groups }, member) => {
    const own: number[] = []
    for (const name of groups) {
      const known = met.get(name)
      const group = known ?? met.size
      if (known === undefined) met.set(name, group)
      const places = (reach[group] ??= [])
      if (places[places.length - 1] === member) continue
      places.push(member)
      own.push(group)
    }
    return own
  })
  const seen = new Set<string>()
  const names = [...met.keys()].sort(compareText).filter(name => {
    const places = (reach[met.get(name) ?? 0] ?? []).join(' ')
    if (seen.has(places)) return false
    seen.add(places)
    return true
  })
  const placeOf = new Map(names.map((name, place) => [met.get(name), place]))
  const place = reach.map((_, group) => placeOf.get(group) ?? -1)
  return {
    names,
    placesOf: member => {
      const own: number[] = []
      for (const group of metBy[member] ?? []) {
        const at = place[group] ?? -1
        if (at >= 0) own.push(at)
      }
      return Uint32Array.from(own).sort()
    },
  }
}
