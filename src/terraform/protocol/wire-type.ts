import type { Attribute, Attributes } from '../../blocks/schema.ts'

/** A type as it goes over the wire: those of attributes, and the tuples that only a dynamic value has. */
export type WireType =
  | 'string'
  | 'number'
  | 'bool'
  | 'dynamic'
  | { readonly list: WireType }
  | { readonly set: WireType }
  | { readonly map: WireType }
  | { readonly object: Readonly<Record<string, WireType>> }
  | { readonly tuple: readonly WireType[] }

/** The type of an object with these attributes. */
export const objectType = (attributes: Attributes): WireType => ({
  object: Object.fromEntries(Object.entries(attributes).map(([name, attribute]) => [name, typeOfAttribute(attribute)])),
})

function typeOfAttribute({ type, nested }: Attribute): WireType {
  if (nested === undefined) return type ?? 'dynamic'
  const object = objectType(nested.attributes)
  switch (nested.nesting) {
    case 'single':
      return object
    case 'list':
      return { list: object }
    case 'set':
      return { set: object }
    case 'map':
      return { map: object }
  }
}

/** A type in the JSON in which Terraform writes types. */
export function typeToJson(type: WireType): unknown {
  if (typeof type === 'string') return type
  if ('list' in type) return ['list', typeToJson(type.list)]
  if ('set' in type) return ['set', typeToJson(type.set)]
  if ('map' in type) return ['map', typeToJson(type.map)]
  if ('tuple' in type) return ['tuple', type.tuple.map(typeToJson)]
  return ['object', Object.fromEntries(Object.entries(type.object).map(([name, member]) => [name, typeToJson(member)]))]
}

/** Reads a type from its JSON; undefined for anything else. */
export function typeFromJson(json: unknown): WireType | undefined {
  if (json === 'string' || json === 'number' || json === 'bool' || json === 'dynamic') return json
  if (!Array.isArray(json)) return undefined
  const [word, of] = json as readonly unknown[]
  switch (word) {
    case 'list':
      return within(of, list => ({ list }))
    case 'set':
      return within(of, set => ({ set }))
    case 'map':
      return within(of, map => ({ map }))
    case 'tuple': {
      const tuple = Array.isArray(of) ? of.map(typeFromJson) : [undefined]
      return tuple.every(item => item !== undefined) ? { tuple } : undefined
    }
    case 'object': {
      if (typeof of !== 'object' || of === null || Array.isArray(of)) return undefined
      const members = Object.entries(of).map(([name, member]) => [name, typeFromJson(member)] as const)
      return members.every((member): member is readonly [string, WireType] => member[1] !== undefined)
        ? { object: Object.fromEntries(members) }
        : undefined
    }
    default:
      return undefined
  }
}

function within(json: unknown, build: (type: WireType) => WireType): WireType | undefined {
  const type = typeFromJson(json)
  return type && build(type)
}
