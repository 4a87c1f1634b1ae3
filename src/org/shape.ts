import { isObject, type Json, type JsonObject } from '../model/json.ts'

/**
 * What an answer, or an item of a list in it, must essentially hold. Reading is lenient: unknown members are ignored and
 * missing optional ones left out; `undefined` says that the essential is missing.
 */
export interface Shape<T> {
  /** To follow “the answer is not”. */
  readonly expected: string
  readonly read: (value: Json) => T | undefined
}

/** A shape of JSON objects. */
export const objectShape = <T>(expected: string, read: (value: JsonObject) => T | undefined): Shape<T> => ({
  expected,
  read: value => (isObject(value) ? read(value) : undefined),
})

/** A shape behind the `data` member that most answers have. */
export const inData = <T>({ expected, read }: Shape<T>): Shape<T> =>
  objectShape(expected, ({ data }) => (data === undefined ? undefined : read(data)))

/** Every item of a list, or undefined where one of them lacks the essential: part of a list is no list. */
export function readItems<T>(value: Json | undefined, read: (item: Json) => T | undefined): readonly T[] | undefined {
  if (!Array.isArray(value)) return undefined
  const items: T[] = []
  for (const each of value as readonly Json[]) {
    const item = read(each)
    if (item === undefined) return undefined
    items.push(item)
  }
  return items
}
