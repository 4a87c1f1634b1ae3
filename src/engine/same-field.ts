import canonicalize from 'canonicalize'
import { sameValue } from '../kinds/compare.ts'
import { isKindName, kindNamed } from '../kinds/index.ts'
import { isStrings, type Json } from '../model/json.ts'

/** Whether two values of a field of a kind are the same to it. A value that is not known is only itself. */
export function sameField(kind: string, path: string, a: Json | undefined, b: Json | undefined): boolean {
  if (a === undefined || b === undefined) return a === b
  const field = isKindName(kind) ? kindNamed(kind).fields[path] : undefined
  return field === undefined ? canonicalize(a) === canonicalize(b) : sameValue(field, a, b)
}

/** Whether resources stand on the way between two lists: they are attached and detached one by one, and a run that was cut off leaves them there. */
export function isBetween(path: string, now: Json | undefined, from: Json | undefined, to: Json): boolean {
  if (path !== 'resources' || !isStrings(now) || !isStrings(to)) return false
  const start = isStrings(from) ? from : []
  const kept = start.filter(item => to.includes(item))
  return kept.every(item => now.includes(item)) && now.every(item => start.includes(item) || to.includes(item))
}
