import { canonicalRange } from './address-range.ts'
import type { Field } from './field.ts'
import { parseDuration } from '../model/duration.ts'
import { isStrings, type Json } from '../model/json.ts'

/** Whether two values of a field are the same, as the field compares. */
export function sameValue(field: Field, a: Json, b: Json): boolean {
  switch (field.compare ?? 'exact') {
    case 'duration':
      return a === b || (typeof a === 'string' && typeof b === 'string' && sameDuration(a, b))
    case 'unordered':
      return isStrings(a) && isStrings(b) && sameSet(foldItems(a), foldItems(b))
    case 'exact':
    case 'declared':
    case 'membership':
      return equal(a, b)
  }
}

/** The items of a list as they compare: case aside, and a range of addresses, which has several spellings, in one of them. */
export const foldItems = (items: readonly string[]): ReadonlySet<string> =>
  new Set(items.map(item => canonicalRange(item).toLowerCase()))

const sameSet = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every(item => b.has(item))

function sameDuration(a: string, b: string): boolean {
  const minutes = parseDuration(a)
  return minutes !== undefined && minutes === parseDuration(b)
}

/** Deep equality of JSON; the order of members does not matter. */
function equal(a: Json, b: Json): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every(key => Object.hasOwn(b, key) && equal((a as never)[key], (b as never)[key]))
  )
}
