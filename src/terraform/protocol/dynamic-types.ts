import { isValueObject, unknown, type Value, type ValuePath } from '../../blocks/value.ts'
import type { WireType } from './wire-type.ts'

/**
 * The types that dynamic values came with, by their place. A value alone does not tell a list from a tuple or a set, nor of what type a null is; what goes back
 * must have the type it came with, or Terraform calls the provider inconsistent.
 */
export type DynamicTypes = Map<string, WireType>

export const remember = (types: DynamicTypes, path: ValuePath, type: WireType): void => {
  const place = JSON.stringify(path)
  // The first is the configuration's: states and plans follow it.
  if (!types.has(place)) types.set(place, type)
}

/** The type that a dynamic value goes out with: the one it came with if it still fits, else its plainest. */
export function typeFor(types: DynamicTypes, path: ValuePath, value: Value): WireType {
  const known = types.get(JSON.stringify(path))
  return known !== undefined && fits(value, known) ? known : plainType(value)
}

function plainType(value: Value): WireType {
  if (value === null || value === unknown) return 'dynamic'
  if (typeof value === 'string') return 'string'
  if (typeof value === 'number') return 'number'
  if (typeof value === 'boolean') return 'bool'
  if (!isValueObject(value)) return { tuple: value.map(plainType) }
  return {
    object: Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plainType(member)])),
  }
}

function fits(value: Value, type: WireType): boolean {
  if (value === null || value === unknown) return true
  if (type === 'dynamic') return false
  if (typeof type === 'string') return typeof value === (type === 'bool' ? 'boolean' : type)
  if ('map' in type) return isValueObject(value) && Object.values(value).every(member => fits(member, type.map))
  if ('object' in type)
    return (
      isValueObject(value) &&
      Object.keys(value).length === Object.keys(type.object).length &&
      Object.entries(type.object).every(
        ([name, member]) => Object.hasOwn(value, name) && fits(value[name] ?? null, member),
      )
    )
  if (!Array.isArray(value)) return false
  const items = value as readonly Value[]
  if ('tuple' in type)
    return items.length === type.tuple.length && type.tuple.every((member, index) => fits(items[index] ?? null, member))
  const of = 'list' in type ? type.list : type.set
  return items.every(item => fits(item, of))
}
