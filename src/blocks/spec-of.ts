import type { Json, JsonObject } from '../model/json.ts'
import { memberName } from './attribute-name.ts'
import type { Attribute, Attributes, NestedType } from './schema.ts'
import { isValueObject, unknown, type PathStep, type Value, type ValueObject, type ValuePath } from './value.ts'

/** What an object of Terraform says in a document, and what of it is not known yet. */
export interface SpecOf {
  readonly spec: JsonObject
  /** What is left out of `spec` because Terraform does not know it yet. */
  readonly unknowns: readonly ValuePath[]
}

/**
 * The object of a document that attributes stand for. Null is a member that is not there; an object that has nothing but nulls is an empty object. A list or set with an item that is not known
 * is left out as a whole: what is left of it would be another list.
 */
export function specOf(attributes: Attributes, value: ValueObject, at: ValuePath = []): SpecOf {
  const unknowns: ValuePath[] = []
  return { spec: specAt(attributes, value, at, unknowns), unknowns }
}

function specAt(attributes: Attributes, value: ValueObject, at: ValuePath, unknowns: ValuePath[]): JsonObject {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, attribute]): (readonly [string, Json])[] => {
      const inner = Object.hasOwn(value, name) ? value[name] : undefined
      const json = jsonAt(attribute, inner, [...at, { attribute: name }], unknowns)
      return json === undefined ? [] : [[memberName(name), json]]
    }),
  )
}

/** Undefined where there is nothing, or nothing that is known. */
function jsonAt(
  { nested }: Attribute,
  value: Value | undefined,
  at: ValuePath,
  unknowns: ValuePath[],
): Json | undefined {
  if (value === undefined || value === null) return undefined
  if (value === unknown || (Array.isArray(value) && (value as readonly Value[]).includes(unknown))) {
    unknowns.push(at)
    return undefined
  }
  if (nested === undefined) return plain(value, at, unknowns)
  if (Array.isArray(value)) {
    return (value as readonly Value[]).map((item, index) =>
      itemAt(nested, item, nested.nesting === 'set' ? undefined : { index }, at, unknowns),
    )
  }
  if (!isValueObject(value)) return undefined
  if (nested.nesting === 'single') return specAt(nested.attributes, value, at, unknowns)
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]): (readonly [string, Json])[] => {
      if (item !== unknown) return [[key, itemAt(nested, item, { key }, at, unknowns)]]
      unknowns.push([...at, { key }])
      return []
    }),
  )
}

/** An item of a list, set or map of objects. Nothing leads into a set: there the set is what is not known. */
function itemAt(
  { attributes, shorthand }: NestedType,
  item: Value,
  step: PathStep | undefined,
  at: ValuePath,
  unknowns: ValuePath[],
): Json {
  if (!isValueObject(item)) return {}
  const inner: ValuePath[] = []
  const spec = specAt(attributes, item, step === undefined ? [] : [...at, step], inner)
  if (step !== undefined) unknowns.push(...inner)
  else if (inner.length > 0) unknowns.push(at)
  const [only, ...more] = Object.entries(spec)
  return shorthand !== undefined && more.length === 0 && inner.length === 0 && only?.[0] === memberName(shorthand)
    ? only[1]
    : spec
}

/** A value of a plain type: JSON, but for what is not known inside of it. */
function plain(value: Value, at: ValuePath, unknowns: ValuePath[]): Json | undefined {
  if (typeof value === 'symbol') return undefined
  if (Array.isArray(value)) return (value as readonly Value[]).map(item => plain(item, at, unknowns) ?? null)
  if (!isValueObject(value)) return value as Json
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]): (readonly [string, Json])[] => {
      const step = [...at, { key }]
      if (item === unknown) unknowns.push(step)
      const json = plain(item, step, unknowns)
      return json === undefined ? [] : [[key, json]]
    }),
  )
}
