import type { Crowd } from './crowd.ts'
import type { Effort } from './few-selectors.ts'
import { add, mendingOf, remove, standingOf, writtenBy, type Selector, type Selectors } from './selectors.ts'

/** Selectors under construction, with what they cost so far: every change can be taken back. */
export interface Workbench {
  readonly selectors: Selectors
  readonly add: (selector: Selector) => void
  readonly remove: (selector: Selector) => void
  readonly has: (selector: Selector) => boolean
  /** What everything costs, roughly as `weigh` weighs it, in one number. */
  readonly price: () => number
  /** What the addresses of these alike accounts cost. */
  readonly priceOf: (places: readonly number[]) => number
  readonly priceFor: (selector: Selector) => number
  /** Everybody whom an extent reaches. */
  readonly reached: (extent: number) => readonly number[]
  readonly mark: () => number
  /** Takes back what was done since the mark. */
  readonly rollback: (mark: number) => void
}

/** An address outweighs a domain or a group where both cost one item; a group outweighs a domain; nothing outweighs an account that is lost. */
const prices = { address: 1 + 2 ** -20, domains: 1, groups: 1 + 2 ** -31, hopeless: 2 ** 20 } as const

/** The alike accounts of the selector’s own policy that it reaches. */
export const sliceOf = ({ extents }: Crowd, { extent, policy }: Selector): readonly number[] =>
  extents[extent]?.byPolicy.get(policy) ?? []

export function workbench(crowd: Crowd, selectors: Selectors, effort: Effort): Workbench {
  const reach = crowd.extents.map(({ byPolicy }) => [...byPolicy.values()].flat())
  const costs = new Float64Array(crowd.alike.length)
  let total = 0
  const done: {
    readonly selector: Selector
    readonly added: boolean
    readonly total: number
    readonly costs: Float64Array
  }[] = []

  const costAt = (place: number): number => {
    const alike = crowd.alike[place]
    if (alike === undefined) return 0
    effort.left -= alike.extents.length
    const standing = standingOf(crowd, selectors, place)
    const mending = mendingOf(alike.listable, standing)
    const each = writtenBy(mending, standing) * prices.address + (mending === 'hopeless' ? prices.hopeless : 0)
    return alike.emails.length * each
  }
  const priceFor = ({ extent }: Selector): number => prices[crowd.extents[extent]?.sort ?? 'groups']

  function change(selector: Selector, added: boolean): void {
    const places = reach[selector.extent] ?? []
    const before = new Float64Array(places.length)
    done.push({ selector, added, total, costs: before })
    if (added) add(selectors, selector)
    else remove(selectors, selector)
    let sum = added ? priceFor(selector) : -priceFor(selector)
    places.forEach((place, index) => {
      const was = costs[place] ?? 0
      const is = costAt(place)
      before[index] = was
      costs[place] = is
      sum += is - was
    })
    total += sum
  }

  crowd.alike.forEach((_, place) => {
    const cost = costAt(place)
    costs[place] = cost
    total += cost
  })
  return {
    selectors,
    add: selector => change(selector, true),
    remove: selector => change(selector, false),
    has: ({ role, extent, policy }) => selectors[role][extent]?.includes(policy) === true,
    price: () => total,
    priceOf: places => places.reduce((sum, place) => sum + (costs[place] ?? 0), 0),
    priceFor,
    reached: extent => reach[extent] ?? [],
    mark: () => done.length,
    rollback: mark => {
      while (done.length > mark) {
        const last = done.pop()
        if (last === undefined) return
        if (last.added) remove(selectors, last.selector)
        else add(selectors, last.selector)
        reach[last.selector.extent]?.forEach((place, index) => (costs[place] = last.costs[index] ?? 0))
        total = last.total
      }
    },
  }
}
