/** What Terraform sends for a value that it learns only later, while it applies. */
export const unknown: unique symbol = Symbol('unknown')

/**
 * A value as Terraform knows it: JSON with one more leaf. Objects are made with `Object.fromEntries`, so that a key `__proto__` is a key like any other; a set is a list whose order means nothing.
 */
export type Value = null | boolean | number | string | typeof unknown | readonly Value[] | ValueObject

export interface ValueObject {
  readonly [name: string]: Value
}

/** One step to a part of a value: an attribute of an object, an element of a map, or an item of a list. Nothing leads into a set. */
export type PathStep = { readonly attribute: string } | { readonly key: string } | { readonly index: number }

export type ValuePath = readonly PathStep[]

export const isValueObject = (value: Value | undefined): value is ValueObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether a value, or anything in it, is not known yet. */
export const hasUnknown = (value: Value | undefined): boolean =>
  value === unknown ||
  (Array.isArray(value)
    ? value.some(item => hasUnknown(item as Value))
    : isValueObject(value) && Object.values(value).some(hasUnknown))
