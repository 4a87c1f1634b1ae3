import fc from 'fast-check'
import { kindNamed, type KindName } from '../../src/kinds/index.ts'
import { isObject, isStrings, type Json, type JsonObject } from '../../src/model/json.ts'

/** Texts that mean something somewhere on the way, and any others. */
const text = fc.oneof(
  fc.constantFrom('', '__proto__', 'constructor', '${x}', '%{ if }', '"', 'Ärzte', 'null', '1e3', 'a.b[0]'),
  fc.string({ maxLength: 8 }),
)

/** Any value of a document's schema by its structure. Patterns and formats are not kept to: nothing between documents and Terraform looks at them. */
function valueIn(schema: JsonObject): fc.Arbitrary<Json> {
  const { const: only, enum: words, type, items } = schema
  if (only !== undefined) return fc.constant(only)
  if (Array.isArray(words)) return fc.constantFrom(...(words as readonly Json[]))
  if (isStrings(type)) return fc.oneof(...type.map(one => valueIn({ ...schema, type: one })))
  switch (type) {
    case 'string':
      return text
    case 'boolean':
      return fc.boolean()
    case 'integer':
      return fc.integer()
    case 'number':
      return fc.double({ noNaN: true, noDefaultInfinity: true }).map(value => value + 0)
    case 'array':
      return fc.array(valueIn(items as JsonObject), { maxLength: 3 })
    case 'object':
      return objectIn(schema)
    default:
      throw new Error(`no value for ${JSON.stringify(schema)}`)
  }
}

function objectIn({ properties, required }: JsonObject): fc.Arbitrary<JsonObject> {
  const members = Object.entries(properties as JsonObject).map(
    ([name, schema]) => [name, valueIn(isObject(schema) ? schema : {})] as const,
  )
  return fc.record(Object.fromEntries(members), {
    noNullPrototype: true,
    requiredKeys: isStrings(required) ? [...required] : [],
  })
}

/** A document of a kind with any of its members, whatever they mean together. */
export const randomDocument = (kind: KindName): fc.Arbitrary<JsonObject> => objectIn(kindNamed(kind).schema)
