import type { Crowd } from './crowd.ts'

/** One domain or group in the document of a policy: as a claim, or under `except`. Policy and extent are places in the crowd. */
export interface Selector {
  readonly policy: number
  readonly extent: number
  readonly role: 'claim' | 'except'
}

/** What the documents of a directory select by, accounts aside. */
export interface Selectors {
  /** The policy that has `everyoneElse`; -1 where none has. */
  everyoneElse: number
  /** The policies that claim an extent, and those that except it, by its place. */
  readonly claim: readonly number[][]
  readonly except: readonly number[][]
}

export const noSelectors = ({ extents }: Crowd, everyoneElse = -1): Selectors => ({
  everyoneElse,
  claim: extents.map(() => []),
  except: extents.map(() => []),
})

export function add(selectors: Selectors, { policy, extent, role }: Selector): void {
  selectors[role][extent]?.push(policy)
}

export function remove(selectors: Selectors, { policy, extent, role }: Selector): void {
  const policies = selectors[role][extent]
  policies?.splice(policies.indexOf(policy), 1)
}

/** All of them, by extent, then role, then policy. */
export const listed = (selectors: Selectors): readonly Selector[] =>
  selectors.claim.flatMap((claiming, extent) => [
    ...[...claiming].sort(ascending).map(policy => ({ policy, extent, role: 'claim' as const })),
    ...[...(selectors.except[extent] ?? [])]
      .sort(ascending)
      .map(policy => ({ policy, extent, role: 'except' as const })),
  ])

const ascending = (a: number, b: number): number => a - b

/** How strongly something claims: the lower number wins. */
export const level = { groups: 0, domains: 1, everyoneElse: 2, none: 3 } as const

interface Rival {
  readonly policy: number
  readonly level: number
}

/** Where alike accounts stand under selectors that name no account. */
export interface Standing {
  /** The level at which their own policy claims them. */
  readonly own: number
  /** Other policies whose claim is as strong or stronger, and its level. The accounts are in the right policy where there are none. */
  readonly rivals: readonly Rival[]
}

/**
 * The semantics of kinds/members.ts and engine/membership.ts for alike accounts, where each exception is one that may be (`mayExcept`).
 */
export function standingOf(crowd: Crowd, selectors: Selectors, place: number): Standing {
  const alike = crowd.alike[place]
  if (alike === undefined) return nowhere
  const { policy, extents } = alike
  const { everyoneElse, claim, except } = selectors
  let own: number = everyoneElse === policy ? level.everyoneElse : level.none
  let others: Rival[] | undefined
  // Groups first, so that each policy is met at its strongest; the domain is the first of the extents.
  for (let at = extents.length - 1; at >= 0; at--) {
    const claiming = claim[extents[at] ?? -1]
    if (claiming === undefined || claiming.length === 0) continue
    const here = at === 0 ? level.domains : level.groups
    for (const other of claiming) {
      if (other === policy) own = Math.min(own, here)
      else if (others === undefined) others = [{ policy: other, level: here }]
      else if (!has(others, other)) others.push({ policy: other, level: here })
    }
  }
  if (everyoneElse >= 0 && own === level.none && !(others !== undefined && has(others, everyoneElse)))
    (others ??= []).push({ policy: everyoneElse, level: level.everyoneElse })
  const rivals = others?.filter(other => other.level <= own && !isExcepted(except, extents, other.policy)) ?? []
  return rivals.length === 0 ? (right[own] ?? nowhere) : { own, rivals }
}

const has = (rivals: readonly Rival[], policy: number): boolean => rivals.some(rival => rival.policy === policy)

function isExcepted(except: Selectors['except'], extents: readonly number[], policy: number): boolean {
  for (const extent of extents) {
    const excepting = except[extent]
    if (excepting !== undefined && excepting.length > 0 && excepting.includes(policy)) return true
  }
  return false
}

const nowhere: Standing = { own: level.none, rivals: [] }
const right: readonly Standing[] = [0, 1, 2, 3].map(own => ({ own, rivals: [] }))

/** Whether a policy may except an extent: one that holds a member of its own would lose it. */
export const mayExcept = ({ extents }: Crowd, policy: number, extent: number): boolean =>
  extents[extent]?.nameable === true && !extents[extent].byPolicy.has(policy)

/** What it takes to put one of alike accounts where it belongs, by its address. */
export type Mending = 'nothing' | 'list' | 'except' | 'hopeless'

/** `except` names it in the documents of all rivals; so does `hopeless`, and then no policy claims it. */
export function mendingOf(listable: boolean, { own, rivals }: Standing): Mending {
  if (own === level.none) return listable ? 'list' : 'hopeless'
  if (rivals.length === 0) return 'nothing'
  return listable && rivals.length > 1 ? 'list' : 'except'
}

/** How often mending writes the address of each account. */
export const writtenBy = (mending: Mending, { rivals }: Standing): number =>
  mending === 'nothing' ? 0 : mending === 'list' ? 1 : rivals.length
