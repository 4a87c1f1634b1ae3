import type { Fields } from '../kinds/field.ts'
import { isObject, isStrings, type Json, type JsonObject } from '../model/json.ts'
import { attributeName } from './attribute-name.ts'
import { describe } from './describe.ts'
import type { Attribute, Attributes, NestedType } from './schema.ts'

/** How the attributes of an object are made. */
export interface AttributesOptions {
  /** The fields of the kind: they tell what Atlassian calls a setting, and where it is set. */
  readonly fields?: Fields
  /** Members without an attribute, by dotted path. */
  readonly without?: readonly string[]
  /** The dotted path of the object in its document: fields and `without` are looked up below it. */
  readonly at?: string
}

/**
 * The attributes of a document, or of an object in one, from its JSON Schema. `kind` and other constants have none. A schema that says more than Terraform can take,
 * or than is known here, is a bug: it throws, and names the place.
 */
export function attributesOf(schema: JsonObject, options: AttributesOptions = {}): Attributes {
  return attributesAt(schema, options.at ?? '', options)
}

function attributesAt(schema: JsonObject, at: string, options: AttributesOptions): Attributes {
  refuseUnknown(schema, at)
  const { properties, required, additionalProperties } = schema
  if (!isObject(properties) || additionalProperties !== false) throw bug(at, 'is an object of any members')
  const needed = isStrings(required) ? required : []
  return Object.fromEntries(
    Object.entries(properties).flatMap(([member, inner]): (readonly [string, Attribute])[] => {
      const path = at === '' ? member : `${at}.${member}`
      if (!isObject(inner)) throw bug(path, 'is no schema')
      if (options.without?.includes(path) === true || 'const' in inner) return []
      const shape = shapeOf(inner, path, options)
      return [
        [
          attributeName(member),
          {
            description: describe(inner, options.fields?.[path]),
            ...shape,
            ...(needed.includes(member) ? { required: true } : { optional: true }),
          },
        ],
      ]
    }),
  )
}

type Shape = Pick<Attribute, 'type'> | Pick<Attribute, 'nested'>

function shapeOf(schema: JsonObject, path: string, options: AttributesOptions): Shape {
  refuseUnknown(schema, path)
  switch (scalarOf(schema)) {
    case 'object':
      return { nested: { nesting: 'single', attributes: attributesAt(schema, path, options) } }
    case 'array':
      return listOf(schema, path, options)
    case 'integer':
    case 'number':
      return { type: 'number' }
    case 'boolean':
      return { type: 'bool' }
    case 'string':
      return { type: 'string' }
    default:
      throw bug(path, `is ${JSON.stringify(schema['type'] ?? schema['enum'])}`)
  }
}

function listOf({ items }: JsonObject, path: string, options: AttributesOptions): Shape {
  if (!isObject(items)) throw bug(path, 'is a list of anything')
  const at = `${path}[]`
  refuseUnknown(items, at)
  // Names, addresses, domains: in no document has the order of texts a meaning.
  if (scalarOf(items) === 'string') return { type: { set: 'string' } }
  if (scalarOf(items) === 'object') return { nested: itemsOf(items, at, options) }
  if (isShorthand(items)) return { nested: shortItemsOf(items, at, options) }
  throw bug(at, `is ${JSON.stringify(items['type'])}`)
}

const itemsOf = (items: JsonObject, at: string, options: AttributesOptions): NestedType => ({
  nesting: 'list',
  attributes: attributesAt(items, at, options),
})

/** An item that is a text or an object: the text stands for the object that has nothing but its one required member. */
const isShorthand = ({ type }: JsonObject): boolean =>
  isStrings(type) && type.length === 2 && type.includes('string') && type.includes('object')

function shortItemsOf(items: JsonObject, at: string, options: AttributesOptions): NestedType {
  const [member, ...more] = isStrings(items['required']) ? items['required'] : []
  if (member === undefined || more.length > 0) throw bug(at, 'is a text or an object without one required member')
  return { ...itemsOf(items, at, options), shorthand: attributeName(member) }
}

/** The type that a schema names, or that its values have. */
function scalarOf({ type, enum: values }: JsonObject): Json | undefined {
  if (type !== undefined) return type
  return isStrings(values) ? 'string' : undefined
}

/** What schemas of documents say. What limits a value further is checked as in a document, and told in the description. */
const understood: ReadonlySet<string> = new Set([
  ...['type', 'properties', 'required', 'additionalProperties', 'items', 'enum', 'const', 'default', 'format'],
  ...['pattern', 'minLength', 'maxLength', 'minimum', 'maximum', 'minItems', 'maxItems'],
  ...['minProperties', 'maxProperties', 'description', 'markdownEnumDescriptions', 'x-means'],
])

function refuseUnknown(schema: JsonObject, path: string): void {
  const [keyword] = Object.keys(schema).filter(key => !understood.has(key))
  if (keyword !== undefined) throw bug(path, `has \`${keyword}\``)
}

const bug = (path: string, what: string): Error =>
  new Error(`no Terraform attribute can be made of the schema: \`${path === '' ? 'document' : path}\` ${what}`)
