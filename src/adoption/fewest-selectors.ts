import type { Crowd } from './crowd.ts'
import type { Effort } from './few-selectors.ts'
import {
  add,
  level,
  listed,
  mayExcept,
  noSelectors,
  remove,
  standingOf,
  type Selector,
  type Selectors,
  type Standing,
} from './selectors.ts'
import { byMembers, compareWeight, rankOf, weigh } from './weight.ts'

/** What is settled about the addresses of alike accounts: that they are written, and where. */
interface Settled {
  /** Each is listed under `accounts`, or nothing claims it. */
  final: boolean
  /** Policies that except each of them. */
  readonly spared: number[]
}

/** Alike accounts that are not where they belong, and the selectors one of which must come, unless their addresses are written. */
interface Open {
  readonly place: number
  readonly options: readonly Selector[]
  /** The rival whom writing the addresses is to except; absent where they are listed or lost. */
  readonly against?: number
}

/**
 * The lightest selectors there are, if the search ends within the effort; else the lightest that it met, at worst those it was given. Branch and bound:
 * where accounts are not where they belong, one of a few selectors must come, or their addresses are written.
 */
export function fewestSelectors(crowd: Crowd, known: Selectors, effort: Effort): Selectors {
  let best = { selectors: known, weight: weigh(crowd, known) }
  const lookCost = crowd.alike.reduce((sum, { extents }) => sum + extents.length, 0)

  function search(selectors: Selectors, settled: Settled[], barred: Set<number>, written: number, lost: number): void {
    effort.left -= lookCost
    if (effort.left <= 0) return
    const chosen = listed(selectors)
    const open = crowd.alike.flatMap((_, place) => openAt(crowd, selectors, settled, barred, place) ?? [])
    const groups = chosen.filter(({ extent }) => crowd.extents[extent]?.sort === 'groups').length
    const items = chosen.length + written + (selectors.everyoneElse < 0 ? 0 : 1)
    const least = [lost, items + missing(crowd, open), written, rankOf(crowd, selectors), groups]
    if (compareWeight(least, best.weight.slice(0, least.length)) > 0) return
    const [first] = [...open].sort((a, b) => sizeAt(crowd, b.place) - sizeAt(crowd, a.place))
    if (first === undefined) {
      const weight = weigh(crowd, selectors)
      if (compareWeight(weight, best.weight) < 0) best = { selectors: copyOf(selectors), weight }
      return
    }
    // Each branch leaves out the options of those before it: no choice is met twice.
    for (const option of first.options) {
      add(selectors, option)
      search(selectors, settled, barred, written, lost)
      remove(selectors, option)
      barred.add(keyOf(crowd, option))
    }
    const { place, against } = first
    const count = sizeAt(crowd, place)
    const before = settled[place] ?? { final: false, spared: [] }
    const hopeless = against === undefined && crowd.alike[place]?.listable === false
    settled[place] =
      against === undefined ? { ...before, final: true } : { ...before, spared: [...before.spared, against] }
    search(selectors, settled, barred, written + (hopeless ? 0 : count), lost + (hopeless ? count : 0))
    settled[place] = before
    for (const option of first.options) barred.delete(keyOf(crowd, option))
  }

  for (const everyoneElse of [...byMembers(crowd), -1])
    search(noSelectors(crowd, everyoneElse), [], new Set<number>(), 0, 0)
  return best.selectors
}

/** The least number of items that are still to come: accounts whose options have none in common need one each. */
function missing(crowd: Crowd, open: readonly Open[]): number {
  const taken = new Set<number>()
  let least = 0
  for (const { place, options, against } of open) {
    const keys = options.map(option => keyOf(crowd, option))
    if (keys.length === 0)
      least += against === undefined && crowd.alike[place]?.listable === false ? 0 : sizeAt(crowd, place)
    else if (!keys.some(key => taken.has(key))) {
      // An account that may be lost may cost no item.
      if (crowd.alike[place]?.listable === true || against !== undefined) least++
      for (const key of keys) taken.add(key)
    }
  }
  return least
}

/** What must be decided for alike accounts; undefined where they are where they belong, or settled. */
function openAt(
  crowd: Crowd,
  selectors: Selectors,
  settled: readonly Settled[],
  barred: ReadonlySet<number>,
  place: number,
): Open | undefined {
  const alike = crowd.alike[place]
  const { final, spared } = settled[place] ?? unsettled
  if (alike === undefined || final) return undefined
  const { own, rivals: all } = standingOf(crowd, selectors, place)
  const rivals = spared.length === 0 ? all : all.filter(({ policy }) => !spared.includes(policy))
  if (own !== level.none && rivals.length === 0) return undefined
  const { policy, extents, listable } = alike
  const claims = (places: readonly number[]): readonly Selector[] =>
    places.flatMap(extent =>
      crowd.extents[extent]?.selectable === true && !selectors.claim[extent]?.includes(policy)
        ? [{ policy, extent, role: 'claim' }]
        : [],
    )
  const strongest = strongestOf(rivals)
  const exceptions =
    strongest === undefined || strongest.level === level.everyoneElse
      ? []
      : extents.flatMap((extent): readonly Selector[] =>
          mayExcept(crowd, strongest.policy, extent) ? [{ policy: strongest.policy, extent, role: 'except' }] : [],
        )
  const groups = extents.slice(1)
  const options =
    strongest?.level === level.groups
      ? exceptions
      : strongest?.level === level.domains
        ? [...claims(groups), ...exceptions]
        : claims(extents)
  return {
    place,
    options: options.filter(option => !barred.has(keyOf(crowd, option))),
    // Excepting a rival by address is for those that cannot be listed, and not while only another claim can help.
    ...(!listable && strongest !== undefined && strongest.level < level.everyoneElse && { against: strongest.policy }),
  }
}

const unsettled: Settled = { final: false, spared: [] }

const strongestOf = (rivals: Standing['rivals']): Standing['rivals'][number] | undefined =>
  [...rivals].sort((a, b) => a.level - b.level || a.policy - b.policy)[0]

const sizeAt = (crowd: Crowd, place: number): number => crowd.alike[place]?.emails.length ?? 0

const keyOf = (crowd: Crowd, { policy, extent, role }: Selector): number =>
  (extent * 2 + (role === 'claim' ? 0 : 1)) * crowd.policies.length + policy

const copyOf = ({ everyoneElse, claim, except }: Selectors): Selectors => ({
  everyoneElse,
  claim: claim.map(policies => [...policies]),
  except: except.map(policies => [...policies]),
})
