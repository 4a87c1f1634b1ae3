import { sliceOf, workbench, type Workbench } from './workbench.ts'
import type { Crowd } from './crowd.ts'
import {
  level,
  listed,
  mayExcept,
  mendingOf,
  noSelectors,
  standingOf,
  type Selector,
  type Selectors,
} from './selectors.ts'

/** How much work may still be spent, in looks at an account’s group or domain. Counted, not timed: the result is the same on every machine. */
export interface Effort {
  left: number
}

interface Choice {
  readonly claim: Selector
  /** What it saves; an upper bound while the round is not the current one. */
  gain: number
  round: number
}

/**
 * Few selectors for a crowd, where the policy given has `everyoneElse`: the claim that saves most at a time, with the exceptions that it needs; then those
 * are removed that others made superfluous. Stops early, with more selectors than need be, where the effort is spent.
 */
export function fewSelectors(crowd: Crowd, everyoneElse: number, effort: Effort): Selectors {
  const selectors = noSelectors(crowd, everyoneElse)
  const bench = workbench(crowd, selectors, effort)
  const claims = crowd.extents.flatMap(({ selectable, byPolicy }, extent): readonly Selector[] =>
    selectable ? [...byPolicy.keys()].map(policy => ({ policy, extent, role: 'claim' })) : [],
  )
  const everybody = crowd.alike.map((_, place) => place)
  for (let again = true; again && effort.left > 0;) {
    const before = bench.price()
    addClaims(crowd, bench, claims, effort)
    addExceptions(crowd, bench, everybody, { most: Infinity, atLeast: 1 }, effort)
    for (const selector of listed(selectors)) if (effort.left > 0) keepIfLighter(bench, () => bench.remove(selector))
    again = bench.price() < before
  }
  rescue(crowd, bench)
  return selectors
}

/** Claims by group those accounts that would be lost otherwise, whatever effort is left: what is over-claimed with them can be excepted by address. */
function rescue(crowd: Crowd, bench: Workbench): void {
  crowd.alike.forEach(({ policy, extents, listable }, place) => {
    if (listable || standingOf(crowd, bench.selectors, place).own !== level.none) return
    const [extent] = extents.slice(1)
    if (extent !== undefined) bench.add({ policy, extent, role: 'claim' })
  })
}

/** Adds the claims that save something, the best first. */
function addClaims(crowd: Crowd, bench: Workbench, claims: readonly Selector[], effort: Effort): void {
  let round = 0
  const bound = (claim: Selector): number => bench.priceOf(sliceOf(crowd, claim)) - bench.priceFor(claim)
  const apply = (claim: Selector): void => {
    bench.add(claim)
    addExceptions(crowd, bench, bench.reached(claim.extent), { most: 4, atLeast: 2 }, effort)
  }
  const queue = claims
    .filter(claim => !bench.has(claim))
    .map((claim): Choice => ({ claim, gain: bound(claim), round: -1 }))
    .filter(({ gain }) => gain > 0)
    .sort(worseFirst)
  while (effort.left > 0) {
    const best = queue.pop()
    if (best === undefined) return
    if (best.round === round) {
      apply(best.claim)
      round++
      continue
    }
    if (bound(best.claim) <= 0) continue
    const before = bench.price()
    const mark = bench.mark()
    apply(best.claim)
    best.gain = before - bench.price()
    best.round = round
    bench.rollback(mark)
    if (best.gain > 0) insert(queue, best)
  }
}

const worseFirst = (a: Choice, b: Choice): number =>
  a.gain - b.gain || b.claim.extent - a.claim.extent || b.claim.policy - a.claim.policy

function insert(queue: Choice[], choice: Choice): void {
  let [low, high] = [0, queue.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const there = queue[middle]
    if (there !== undefined && worseFirst(there, choice) < 0) low = middle + 1
    else high = middle
  }
  queue.splice(low, 0, choice)
}

/** Excepts, where one policy claims what is another’s, the domains and groups that save more addresses than they cost. */
function addExceptions(
  crowd: Crowd,
  bench: Workbench,
  places: readonly number[],
  { most, atLeast }: { readonly most: number; readonly atLeast: number },
  effort: Effort,
): void {
  const saves = new Map<number, number>()
  const { length: count } = crowd.policies
  for (const place of places) {
    const alike = crowd.alike[place]
    if (alike === undefined || bench.priceOf([place]) === 0) continue
    const standing = standingOf(crowd, bench.selectors, place)
    if (mendingOf(alike.listable, standing) === 'list') continue
    effort.left -= alike.extents.length
    for (const { policy } of standing.rivals) {
      for (const extent of alike.extents) {
        if (!mayExcept(crowd, policy, extent)) continue
        const key = extent * count + policy
        saves.set(key, (saves.get(key) ?? 0) + alike.emails.length)
      }
    }
  }
  const best = [...saves]
    .filter(([, saved]) => saved >= atLeast)
    .sort(([a, saved], [b, other]) => other - saved || a - b)
    .slice(0, most)
  for (const [key] of best) {
    if (effort.left <= 0) return
    const selector = { policy: key % count, extent: Math.floor(key / count), role: 'except' } as const
    keepIfLighter(bench, () => bench.add(selector))
  }
}

function keepIfLighter(bench: Workbench, change: () => void): void {
  const before = bench.price()
  const mark = bench.mark()
  change()
  if (bench.price() >= before) bench.rollback(mark)
}
