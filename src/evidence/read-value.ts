import { isObject, type Json, type JsonObject } from '../model/json.ts'

/** The part of a kind's schema that a dotted field path leads to. */
export function schemaOf(schema: JsonObject, path: string): JsonObject {
  return path.split('.').reduce<JsonObject>((inside, member) => {
    const properties = inside['properties']
    const next = isObject(properties) ? properties[member] : undefined
    return isObject(next) ? next : {}
  }, schema)
}

/** The values that a field can have where they can be listed. */
export const choicesOf = (schema: JsonObject): readonly string[] | undefined =>
  Array.isArray(schema['enum'])
    ? schema['enum'].map(String)
    : schema['type'] === 'boolean'
      ? ['true', 'false']
      : undefined

/** What a person typed, as a value of the field: lists by commas, the rest as it is. Whether it is allowed is for the schema to say. */
export function readValue(schema: JsonObject, text: string): Json {
  const trimmed = text.trim()
  if (schema['type'] === 'boolean' && /^(true|false)$/i.test(trimmed)) return trimmed.toLowerCase() === 'true'
  if (schema['type'] === 'array') {
    return trimmed
      .replace(/^\[|\]$/g, '')
      .split(',')
      .map(item => item.trim().replace(/^"|"$/g, ''))
      .filter(item => item !== '')
  }
  return trimmed
}
