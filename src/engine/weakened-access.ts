import { some } from '../diagnostics/wording.ts'
import { valueAt } from '../kinds/path.ts'
import { parseDuration } from '../model/duration.ts'
import { isStrings, type Json, type JsonObject } from '../model/json.ts'

/** Access rules that let more accounts in than before, or do nothing any more. */
export function weakenedAccess(address: string, before: JsonObject, after: JsonObject | undefined): readonly string[] {
  if (after === undefined) return []
  const values = (path: string) => [valueAt(before, path), valueAt(after, path)] as const
  return [
    ...allowedDomains(values('access.allowedDomains')),
    ...inactiveAfter(values('access.inactiveAfter')),
    ...onViolation(values('access.onViolation')),
  ].map(what => `${what} of \`${address}\``)
}

type Values = readonly [from: Json | undefined, to: Json | undefined]

function allowedDomains([from, to]: Values): readonly string[] {
  if (!isStrings(from)) return []
  if (!isStrings(to)) return ['the access rule `allowedDomains` is dropped out']
  const known = new Set(from.map(domain => domain.toLowerCase()))
  const gained = to.filter(domain => !known.has(domain.toLowerCase()))
  return gained.length === 0 ? [] : [`${some(gained)} becomes allowed by the access rule`]
}

function inactiveAfter([from, to]: Values): readonly string[] {
  if (typeof from !== 'string') return []
  if (typeof to !== 'string') return ['the access rule `inactiveAfter` is dropped out']
  return (parseDuration(to) ?? Infinity) > (parseDuration(from) ?? 0)
    ? [`\`inactiveAfter\` goes from ${from} to ${to} in the access rule`]
    : []
}

const onViolation = ([from, to]: Values): readonly string[] =>
  from === 'suspend' && to !== 'suspend' ? ['nobody is suspended any more by the access rules'] : []
