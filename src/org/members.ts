import { isObject, type Json } from '../model/json.ts'

/** The value at the end of a path of members; undefined where the path leads nowhere. */
export const at = (value: Json | undefined, ...path: readonly string[]): Json | undefined =>
  path.reduce<Json | undefined>((inner, name) => (isObject(inner) ? inner[name] : undefined), value)

/** The text there, unless it is empty. */
export function textAt(value: Json | undefined, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path)
  return typeof found === 'string' && found !== '' ? found : undefined
}

export function numberAt(value: Json | undefined, ...path: readonly string[]): number | undefined {
  const found = at(value, ...path)
  return typeof found === 'number' ? found : undefined
}

export function booleanAt(value: Json | undefined, ...path: readonly string[]): boolean | undefined {
  const found = at(value, ...path)
  return typeof found === 'boolean' ? found : undefined
}

/** The list there. */
export function listAt(value: Json | undefined, ...path: readonly string[]): readonly Json[] | undefined {
  const found = at(value, ...path)
  return Array.isArray(found) ? (found as readonly Json[]) : undefined
}

/** An object whose absent members are left out instead of being undefined. */
export type Present<T> = { readonly [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  readonly [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>
}

/** Leaves absent members out. */
export function present<T extends object>(members: T): Present<T> {
  const kept: Record<string, unknown> = {}
  // Of half a million answers each has a dozen members: no list of entries is made of them.
  for (const name in members) if (members[name] !== undefined) kept[name] = members[name]
  return kept as Present<T>
}
