import type { Json } from './json.ts'

/** One member of a document that is to be written, or of a mapping in it, in the place where it is to stand. */
export interface DocumentMember {
  readonly key: string
  readonly value: Json | readonly DocumentMember[]
  /** Behind the value, where it is inferred or needs a word. */
  readonly comment?: string
}

/** True for members of a mapping, which a list of values is not. */
export const isMembers = (value: DocumentMember['value']): value is readonly DocumentMember[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every(item => typeof item === 'object' && item !== null && 'key' in item && 'value' in item)

/** What is written, as a value. */
export const valueOfMembers = (members: readonly DocumentMember[]): Readonly<Record<string, Json>> =>
  Object.fromEntries(members.map(({ key, value }) => [key, isMembers(value) ? valueOfMembers(value) : value]))
