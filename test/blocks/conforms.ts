import type { Attribute, Attributes, AttributeType } from '../../src/blocks/schema.ts'
import { hasUnknown, isValueObject, unknown, type Value } from '../../src/blocks/value.ts'

/** What is compared: a whole value as it goes over the wire, or what somebody wrote in a configuration, where attributes may be left out. */
export type Written = 'value' | 'configuration'

/** Where a value is not what attributes say, a line each. Empty for a value that Terraform would take. */
export function misfits(attributes: Attributes, value: Value, written: Written, at = ''): readonly string[] {
  if (!isValueObject(value)) return [`${at} is no object`]
  const strange = Object.keys(value).filter(name => !Object.hasOwn(attributes, name))
  return [
    ...strange.map(name => `${at}.${name} is no attribute`),
    ...Object.entries(attributes).flatMap(([name, attribute]) => {
      const inner = Object.hasOwn(value, name) ? value[name] : undefined
      return misfitsOf(attribute, inner, written, `${at}.${name}`)
    }),
  ]
}

function misfitsOf(attribute: Attribute, value: Value | undefined, written: Written, at: string): readonly string[] {
  if (value === undefined && written === 'value') return [`${at} is missing`]
  if (value === undefined || value === null) return attribute.required ? [`${at} is required`] : []
  if (written === 'configuration' && !attribute.required && !attribute.optional) return [`${at} is read-only`]
  if (value === unknown) return []
  if (attribute.type !== undefined) return fits(attribute.type, value) ? [] : [`${at} is ${shown(value)}`]
  const { nested } = attribute
  if (nested === undefined) return [`${at} has neither type nor attributes`]
  switch (nested.nesting) {
    case 'single':
      return misfits(nested.attributes, value, written, at)
    case 'map':
      return isValueObject(value)
        ? Object.entries(value).flatMap(([key, item]) => misfits(nested.attributes, item, written, `${at}[${key}]`))
        : [`${at} is no map`]
    default:
      return Array.isArray(value)
        ? value.flatMap((item, index) => misfits(nested.attributes, item as Value, written, `${at}[${index}]`))
        : [`${at} is no list`]
  }
}

const shown = (value: Value): string => (hasUnknown(value) ? 'not known' : JSON.stringify(value))

function fits(type: AttributeType, value: Value): boolean {
  if (value === null || value === unknown || type === 'dynamic') return true
  if (typeof type === 'string') return typeof value === (type === 'bool' ? 'boolean' : type)
  if ('object' in type)
    return (
      isValueObject(value) &&
      Object.keys(value).sort().join() === Object.keys(type.object).sort().join() &&
      Object.entries(type.object).every(([name, inner]) => fits(inner, value[name] ?? null))
    )
  if ('map' in type) return isValueObject(value) && Object.values(value).every(item => fits(type.map, item))
  const inner = 'set' in type ? type.set : type.list
  return Array.isArray(value) && value.every(item => fits(inner, item as Value))
}
