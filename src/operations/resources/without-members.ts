import type { JsonObject } from '../../model/json.ts'

/** A document of a policy without who belongs to it: the settings alone. */
export function withoutMembers(document: JsonObject): JsonObject {
  const own = { ...document }
  Reflect.deleteProperty(own, 'members')
  return own
}
