import canonicalize from 'canonicalize'
import { isBetween, sameField } from '../engine/same-field.ts'
import type { Observed } from '../kinds/contract.ts'
import type { ApiRequest } from '../model/api-request.ts'
import { isObject, isStrings, textOf, type Json, type JsonObject } from '../model/json.ts'
import type { Step } from '../model/plan.ts'
import type { Moved, Standing } from './standing.ts'

/**
 * How one object of the API stands to a step that is about it, field by field. A list that grows or shrinks item by item may stand anywhere between both ends; every other field is the one or the
 * other, since one request replaces them together.
 */
export function objectStanding(step: Step, observed: Observed | undefined, before: JsonObject | null): Standing {
  // The requests of the step name the one that was there.
  if (observed !== undefined && before !== null && before['id'] !== observed.id)
    return { state: 'moved', moved: [{ what: step.name, from: 'there', to: 'made anew' }] }
  if (step.action === 'delete') {
    return observed === undefined ? { state: 'done' } : { state: 'moved', moved: differences(step, observed, before) }
  }
  if (observed === undefined) return { state: 'moved', moved: [{ what: step.name, from: 'there', to: 'gone' }] }
  const moved = differences(step, observed, before)
  if (moved.length > 0) return { state: 'moved', moved }
  const open = step.changes.filter(({ path, after }) => !sameField(step.kind, path, observed.fields[path], after))
  if (open.length === 0) return { state: 'done' }
  const unknown = unknownEdit(step, observed, before, open)
  if (unknown !== undefined) return { state: 'moved', moved: [unknown] }
  const left = new Set(
    (step.requests ?? []).flatMap((request, index) => (isLeft(request, observed, open) ? [index] : [])),
  )
  return { state: 'between', left, ...(step.action === 'create' && { createdId: observed.id }) }
}

/** A member that Postern does not know was edited: it shows where the request that would replace it has not been sent yet. */
function unknownEdit(
  { action, changes, name }: Step,
  { raw }: Observed,
  before: JsonObject | null,
  open: Step['changes'],
): Moved | undefined {
  const own = (list: Step['changes']) => list.some(({ path }) => path !== 'resources')
  if (action !== 'update' || !isObject(before) || (own(changes) && !own(open))) return undefined
  const was = before['raw']
  return sameText(was, raw) ? undefined : { what: name, from: words(was), to: words(raw) }
}

const sameText = (a: Json | undefined, b: Json): boolean => canonicalize(a) === canonicalize(b)

/** The fields that are neither as they were nor as they shall be. */
function differences(step: Step, observed: Observed, before: JsonObject | null): readonly Moved[] {
  const changed = new Map(step.changes.map(change => [change.path, change]))
  const known = isObject(before) && isObject(before['fields']) ? before['fields'] : {}
  const paths = [...new Set([...Object.keys(known), ...Object.keys(observed.fields)])].sort()
  return paths.flatMap(path => {
    const now = observed.fields[path]
    const change = changed.get(path)
    // A new object: what its document leaves out is as Atlassian sets it.
    if (before === null && change === undefined) return []
    const was = before === null ? (isStrings(change?.after) ? [] : undefined) : known[path]
    const to = step.action === 'delete' ? undefined : change?.after
    const fits =
      sameField(step.kind, path, now, was) ||
      (to !== undefined && (sameField(step.kind, path, now, to) || isBetween(path, now, was, to)))
    return fits ? [] : [{ what: path, from: words(was), to: words(now) }]
  })
}

/** Whether a request still has something to do. */
function isLeft({ method, path, body }: ApiRequest, observed: Observed, open: Step['changes']): boolean {
  const resource = /\/resources(?:\/([^/?]+))?$/.exec(path)
  const attached = isStrings(observed.fields['resources']) ? observed.fields['resources'] : []
  if (resource === null) return method === 'PUT' && open.some(change => change.path !== 'resources')
  return method === 'DELETE'
    ? attached.includes(decodeURIComponent(resource[1] ?? ''))
    : !attached.includes(isObject(body) ? textOf(body['id'] ?? null) : '')
}

const words = (value: Json | undefined): string =>
  value === undefined ? 'not known' : isStrings(value) ? value.join(', ') || 'none' : textOf(value)
