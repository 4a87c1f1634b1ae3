import { isObject, type Json, type JsonObject } from '../model/json.ts'

/** The value at a dotted path of member names; undefined where it is not there. */
export function valueAt(spec: Json, path: string): Json | undefined {
  let value: Json | undefined = spec
  for (const member of path.split('.')) {
    if (!isObject(value) || !Object.hasOwn(value, member)) return undefined
    value = value[member]
  }
  return value
}

/** A copy with the value set at a dotted path, making the objects on the way. */
export function withValueAt(spec: JsonObject, path: string, value: Json): JsonObject {
  const [member = '', ...rest] = path.split('.')
  if (rest.length === 0) return { ...spec, [member]: value }
  const inner = spec[member]
  return { ...spec, [member]: withValueAt(isObject(inner) ? inner : {}, rest.join('.'), value) }
}
