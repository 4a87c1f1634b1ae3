import { foldEmail } from '../../model/account.ts'
import type { Json } from '../../model/json.ts'
import type { SnapshotContent } from '../../model/snapshot.ts'
import { digestOf, nameClasses, type NameClass } from './pseudonyms.ts'

/** A snapshot with the names that documents show put back, and what can be asked of the others. */
export interface Resolved {
  readonly content: SnapshotContent
  /** Whether the snapshot can tell if there is something of that name. */
  readonly canTell: (of: NameClass, text: string) => boolean
}

/** Puts back the names that the documents hold. What no document names stays under its other name. */
export function resolveNames(content: SnapshotContent, named: ReadonlySet<string>): Resolved {
  const { salt, known, answered, match } = content
  const back = new Map<string, string>()
  for (const text of named)
    for (const of of nameClasses) {
      const digest = digestOf(salt, of, text)
      const standIn = Object.hasOwn(known, digest) ? known[digest] : undefined
      if (standIn !== undefined) back.set(standIn, text)
    }
  const put = (text: string): string => {
    const whole = back.get(text)
    if (whole !== undefined) return whole
    const at = text.lastIndexOf('@')
    const domain = at === -1 ? undefined : back.get(text.slice(at + 1))
    return domain === undefined ? text : `${text.slice(0, at + 1)}${foldEmail(domain)}`
  }
  const walk = (value: Json): Json => {
    if (typeof value === 'string') return put(value)
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return (value as readonly Json[]).map(walk)
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [putKey(key), walk(part)]))
  }
  /** A key is a name, or the address of a document: the kind, a slash and the name. */
  const putKey = (key: string): string => {
    const slash = key.indexOf('/')
    return slash === -1 ? put(key) : `${key.slice(0, slash + 1)}${put(key.slice(slash + 1))}`
  }
  const complete = match === 'everyone'
  const told = new Set(answered)
  return {
    content: { ...(walk(content as unknown as Json) as unknown as SnapshotContent), known, answered },
    canTell: (of, text) => complete || told.has(digestOf(salt, of, text)),
  }
}
