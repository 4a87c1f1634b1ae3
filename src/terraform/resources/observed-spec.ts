import type { Field } from '../../kinds/field.ts'
import { kindNamed, type KindName } from '../../kinds/index.ts'
import { sameValue } from '../../kinds/compare.ts'
import type { LiveObject } from '../../kinds/live.ts'
import { valueAt, withValueAt } from '../../kinds/path.ts'
import { compareText } from '../../model/address.ts'
import { isObject, textOf, type Json, type JsonObject } from '../../model/json.ts'

/**
 * What a document says, as far as it is so: each field that it manages has the value that the API or current evidence shows, in the spelling of the document where that is the same value. What nothing
 * shows any more is left out, so that nobody takes it for proven.
 */
export function observedSpec(kind: KindName, spec: JsonObject, { fields }: LiveObject): JsonObject {
  return Object.entries(kindNamed(kind).fields).reduce((seen, [path, field]) => {
    const own = valueAt(seen, path)
    if (own === undefined || field.compare === 'declared' || field.compare === 'membership') return seen
    const live = fields[path] ?? { state: 'unknown' }
    if (live.state !== 'known') return path === 'name' ? seen : withoutValueAt(seen, path.split('.'))
    return sameValue(field, live.value, own) ? seen : withValueAt(seen, path, ordered(field, live.value))
  }, spec)
}

/** All that the API or current evidence shows of an object, added to what is known of it otherwise. */
export const knownSpec = (kind: KindName, base: JsonObject, { fields }: Pick<LiveObject, 'fields'>): JsonObject =>
  Object.entries(kindNamed(kind).fields).reduce((seen, [path, field]) => {
    const live = fields[path]
    return live?.state === 'known' ? withValueAt(seen, path, ordered(field, live.value)) : seen
  }, base)

/** What has no order is a set in Terraform, and comes from it sorted: the text of a document is the same wherever it comes from. */
const ordered = ({ compare }: Pick<Field, 'compare'>, value: Json): Json =>
  compare === 'unordered' && Array.isArray(value) ? [...(value as readonly Json[])].sort(byText) : value

const byText = (a: Json, b: Json): number => compareText(textOf(a), textOf(b))

function withoutValueAt(spec: JsonObject, [member = '', ...rest]: readonly string[]): JsonObject {
  const inner = spec[member]
  if (rest.length > 0) return isObject(inner) ? { ...spec, [member]: withoutValueAt(inner, rest) } : spec
  const copy = { ...spec }
  Reflect.deleteProperty(copy, member)
  return copy
}
