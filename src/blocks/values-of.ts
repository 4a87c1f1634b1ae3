import { isObject, type Json, type JsonObject } from '../model/json.ts'
import { memberName } from './attribute-name.ts'
import type { Attribute, Attributes, NestedType } from './schema.ts'
import type { Value, ValueObject } from './value.ts'

/** An object of a document as Terraform knows it: every attribute is there, null where the document has no such member. Members without an attribute are left out. */
export const valuesOf = (attributes: Attributes, spec: JsonObject): ValueObject =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => [name, valueOf(attribute, own(spec, memberName(name)))]),
  )

const own = (spec: JsonObject, member: string): Json | undefined =>
  Object.hasOwn(spec, member) ? spec[member] : undefined

function valueOf({ nested }: Attribute, value: Json | undefined): Value {
  if (value === undefined || value === null) return null
  if (nested === undefined) return value
  switch (nested.nesting) {
    case 'single':
      return isObject(value) ? valuesOf(nested.attributes, value) : null
    case 'map':
      return isObject(value)
        ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, itemOf(nested, item)]))
        : null
    case 'list':
    case 'set':
      return Array.isArray(value) ? (value as readonly Json[]).map(item => itemOf(nested, item)) : null
  }
}

function itemOf({ attributes, shorthand }: NestedType, item: Json): Value {
  if (isObject(item)) return valuesOf(attributes, item)
  return shorthand === undefined ? null : valuesOf(attributes, { [memberName(shorthand)]: item })
}
