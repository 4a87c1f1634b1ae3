import type { Field, Strictness } from '../kinds/field.ts'
import { parseDuration } from '../model/duration.ts'
import { isStrings, type Json } from '../model/json.ts'
import type { Direction } from '../model/plan.ts'
import { foldItems, sameValue } from '../kinds/compare.ts'

/** What one change of a field does to security. A field without an order of strictness is neutral; an unknown value is undefined. */
export function directionOf(field: Field, before: Json | undefined, after: Json | undefined): Direction {
  const { strictness } = field
  if (strictness === undefined) return 'neutral'
  if (before !== undefined && after !== undefined && sameValue(field, before, after)) return 'neutral'
  if (strictness === 'fewer' || strictness === 'more') return directionOfLists(strictness, before, after)
  const [from, to] = [before, after].map(value => (value === undefined ? undefined : rank(strictness, value)))
  const last = strictness === 'shorter' ? Infinity : strictness.length - 1
  // Whatever it was, it cannot have been stricter than the strictest, nor weaker than the weakest.
  if (from === undefined) return to === last && last !== Infinity ? 'tightens' : 'unknown'
  if (to === undefined) return from === 0 ? 'tightens' : 'unknown'
  return from < to ? 'tightens' : from > to ? 'loosens' : 'unknown'
}

/** Weak is low. A duration ranks by its inverse, so that shorter is higher; words such as `never` and `off` are the weakest. */
function rank(strictness: Exclude<Strictness, 'fewer' | 'more'>, value: Json): number | undefined {
  if (strictness === 'shorter') {
    const minutes = typeof value === 'string' ? parseDuration(value) : undefined
    return minutes === undefined ? 0 : 1 / minutes
  }
  const place = strictness.findIndex(entry => (Array.isArray(entry) ? entry.includes(value) : entry === value))
  return place === -1 ? undefined : place
}

function directionOfLists(strictness: 'fewer' | 'more', before: Json | undefined, after: Json | undefined): Direction {
  if (!isStrings(before) || !isStrings(after)) return 'unknown'
  const [from, to] = [foldItems(before), foldItems(after)]
  const lost = [...from].some(item => !to.has(item))
  const gained = [...to].some(item => !from.has(item))
  if (lost && gained) return 'unknown'
  return lost === (strictness === 'fewer') ? 'tightens' : 'loosens'
}

/** The direction of several changes together: one that loosens decides, then one that is not known. */
export function together(directions: Iterable<Direction>): Direction {
  const all = new Set(directions)
  for (const decisive of ['loosens', 'unknown', 'tightens'] as const) if (all.has(decisive)) return decisive
  return 'neutral'
}
