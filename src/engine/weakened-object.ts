import { isKindName, kindNamed } from '../kinds/index.ts'
import { valueAt } from '../kinds/path.ts'
import { textOf, type JsonObject } from '../model/json.ts'
import { directionOf } from './direction.ts'

/** Settings of an object that are no longer managed, or are declared weaker, and objects that no document names any more. */
export function weakenedObject(address: string, before: JsonObject, after: JsonObject | undefined): readonly string[] {
  if (after === undefined) return [`\`${address}\` is in no document any more`]
  const { kind } = before
  if (typeof kind !== 'string' || !isKindName(kind)) return []
  return Object.entries(kindNamed(kind).fields).flatMap(([path, field]) => {
    const [from, to] = [valueAt(before, path), valueAt(after, path)]
    if (from === undefined || path === 'name' || field.compare === 'declared') return []
    if (to === undefined) return [`\`${path}\` of \`${address}\` is no longer managed`]
    if (directionOf(field, from, to) !== 'loosens') return []
    return [`\`${path}\` of \`${address}\` goes from ${textOf(from)} to ${textOf(to)}`]
  })
}
