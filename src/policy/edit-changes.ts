import { isObject, type Json, type JsonObject } from '../model/json.ts'

/** One thing to do to a text: a member that comes, goes or gets another value, or a list that only grows at its end or only shrinks. */
export interface TextChange {
  readonly path: readonly string[]
  readonly before: Json | undefined
  readonly after: Json | undefined
}

/** Says of two items of a list whether they are the same: those with one key are. */
export type ItemKey = (item: Json) => string

/** A value as text that is the same for the same value, whatever the order of its members. */
export const sortedText: ItemKey = value =>
  JSON.stringify(value, (_, inner: Json) =>
    isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  )

/**
 * A document with a member set, or removed where the value is undefined. Missing mappings on the way are created. Lists are sets written down: what
 * stays keeps its place and its spelling, what is new comes last. Undefined where something on the way is no mapping.
 */
export function edited(
  document: JsonObject,
  [key = '', ...rest]: readonly string[],
  value: Json | undefined,
  itemKey: ItemKey,
): JsonObject | undefined {
  const before = Object.hasOwn(document, key) ? document[key] : undefined
  if (rest.length === 0) {
    if (value === undefined) return Object.fromEntries(Object.entries(document).filter(([name]) => name !== key))
    return { ...document, [key]: before === undefined ? value : merged(before, value, itemKey) }
  }
  // A key with nothing behind it is a mapping that nobody has filled.
  const inside = before ?? {}
  if (value === undefined && before !== inside) return document
  if (!isObject(inside)) return undefined
  const after = edited(inside, rest, value, itemKey)
  return after && { ...document, [key]: after }
}

function merged(before: Json, after: Json, itemKey: ItemKey): Json {
  if (isArray(before) && isArray(after)) {
    return [...split(before, after, itemKey).found, ...split(after, before, itemKey).left]
  }
  if (!isObject(before) || !isObject(after)) return after
  return Object.fromEntries(
    Object.entries(after).map(([key, value]) => {
      const inside = Object.hasOwn(before, key) ? before[key] : undefined
      return [key, inside === undefined ? value : merged(inside, value, itemKey)]
    }),
  )
}

/** The items that others match, one for one, and those that are left. */
function split(
  items: readonly Json[],
  others: readonly Json[],
  itemKey: ItemKey,
): { readonly found: readonly Json[]; readonly left: readonly Json[] } {
  const counts = new Map<string, number>()
  for (const other of others) counts.set(itemKey(other), (counts.get(itemKey(other)) ?? 0) + 1)
  const found: Json[] = []
  const left: Json[] = []
  for (const item of items) {
    const count = counts.get(itemKey(item)) ?? 0
    counts.set(itemKey(item), count - 1)
    if (count > 0) found.push(item)
    else left.push(item)
  }
  return { found, left }
}

/** What to do to the text of a value to make it another one. Mappings and lists gain before they lose: in between they are never empty. */
export function textChanges(before: Json, after: Json, path: readonly string[] = []): readonly TextChange[] {
  if (sortedText(before) === sortedText(after)) return []
  if (isArray(before) && isArray(after)) return listChanges(before, after, path)
  if (!isObject(before) || !isObject(after) || Object.keys(after).length === 0) return [{ path, before, after }]
  const [set, removed] = [Object.entries(after), Object.entries(before).filter(([key]) => !Object.hasOwn(after, key))]
  return [
    ...set.flatMap(([key, value]): readonly TextChange[] => {
      const inside = Object.hasOwn(before, key) ? before[key] : undefined
      const there = [...path, key]
      return inside === undefined
        ? [{ path: there, before: undefined, after: value }]
        : textChanges(inside, value, there)
    }),
    ...removed.map(([key, value]) => ({ path: [...path, key], before: value, after: undefined })),
  ]
}

function listChanges(before: readonly Json[], after: readonly Json[], path: readonly string[]): readonly TextChange[] {
  const added = split(after, before, sortedText).left
  const grown = [...before, ...added]
  const growth = added.length === 0 ? [] : [{ path, before, after: grown }]
  return grown.length === after.length ? growth : [...growth, { path, before: grown, after }]
}

export const isArray = (value: Json | undefined): value is readonly Json[] => Array.isArray(value)
