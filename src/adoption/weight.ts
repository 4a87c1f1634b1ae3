import type { Crowd } from './crowd.ts'
import { compareText } from '../model/address.ts'
import { listed, mendingOf, standingOf, writtenBy, type Selectors } from './selectors.ts'

/**
 * What a choice of selectors costs; the first number that differs decides: accounts that stay unexpressed, items written, accounts among them, the rank of
 * the policy with `everyoneElse`, groups among the items; then the places of the selectors, which is to say their names.
 */
export type Weight = readonly number[]

export function weigh(crowd: Crowd, selectors: Selectors): Weight {
  let hopeless = 0
  let accounts = 0
  crowd.alike.forEach(({ emails, listable }, place) => {
    const standing = standingOf(crowd, selectors, place)
    const mending = mendingOf(listable, standing)
    if (mending === 'hopeless') hopeless += emails.length
    accounts += emails.length * writtenBy(mending, standing)
  })
  const chosen = listed(selectors)
  return [
    hopeless,
    accounts + chosen.length + (selectors.everyoneElse < 0 ? 0 : 1),
    accounts,
    rankOf(crowd, selectors),
    chosen.filter(({ extent }) => crowd.extents[extent]?.sort === 'groups').length,
    ...chosen.flatMap(({ extent, role, policy }) => [extent, role === 'claim' ? 0 : 1, policy]),
  ]
}

/** The rank of the policy with `everyoneElse`: 0 for the one with most members. Last where none has it. */
export const rankOf = (crowd: Crowd, { everyoneElse }: Selectors): number =>
  everyoneElse < 0 ? crowd.policies.length : byMembers(crowd).indexOf(everyoneElse)

/** The places of the policies: most members first, then by name. */
export const byMembers = ({ policies, sizes }: Crowd): readonly number[] =>
  policies
    .map((_, place) => place)
    .sort((a, b) => (sizes[b] ?? 0) - (sizes[a] ?? 0) || compareText(policies[a] ?? '', policies[b] ?? ''))

/** Negative where the first is lighter. A shorter weight is lighter than one that goes on from it. */
export function compareWeight(a: Weight, b: Weight): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const difference = (a[at] ?? -1) - (b[at] ?? -1)
    if (difference !== 0) return difference
  }
  return 0
}
