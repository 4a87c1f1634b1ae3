import { kindNamed, type KindName } from '../kinds/index.ts'
import type { LiveObject } from '../kinds/live.ts'
import { valueAt } from '../kinds/path.ts'
import type { Resource } from '../kinds/resource.ts'
import { formatAddress } from '../model/address.ts'
import type { DriftDifference } from '../model/drift.ts'
import type { LiveField, StaleReason } from '../model/evidence.ts'
import type { JsonObject } from '../model/json.ts'
import type { Source, Span } from '../model/span.ts'
import { classOfField } from './classify.ts'

/** The documents of the last apply, by address; undefined where there was none. */
export type Applied = Readonly<Record<string, JsonObject>> | undefined

/** How one declared object differs: a difference for each field, or one for the object as a whole. */
export function objectDifferences(
  resource: Resource,
  live: LiveObject | undefined,
  applied: Applied,
  source: (span: Span) => Source,
): readonly DriftDifference[] {
  const { kind, address, spec, locate } = resource
  const before = applied?.[formatAddress(address)]
  if (live?.exists === 'no') {
    return [
      {
        class: before === undefined ? 'pending' : 'changed-outside',
        ...address,
        path: '',
        expected: spec,
        live: null,
        ...(before !== undefined && { applied: before }),
        source: source(locate([])),
        why: before === undefined ? 'it is not there yet' : 'it was there when it was last applied',
      },
    ]
  }
  return Object.entries(kindNamed(kind).fields).flatMap(([path, field]): readonly DriftDifference[] => {
    const expected = valueAt(spec, path)
    if (expected === undefined || field.compare === 'declared' || field.compare === 'membership') return []
    const known: LiveField = live?.fields[path] ?? { state: 'unknown' }
    // A name is how the object was found; only where the id found it can it be another one.
    if (path === 'name' && known.state !== 'known') return []
    const place = { ...address, path, source: source(locate(path.split('.'))) }
    if (field.channel === 'api' && known.state === 'unknown')
      return [{ class: 'vendor', ...place, expected, why: 'the API serves it in a form that Postern does not know' }]
    const last = before === undefined ? undefined : valueAt(before, path)
    const found = classOfField(field, { applied: last, expected, live: known })
    if (found === undefined) return []
    return [
      {
        class: field.channel === 'api' && live?.observed?.settling === true ? 'settling' : found,
        ...place,
        expected,
        ...(known.state !== 'unknown' && { live: known.value, evidence: [known.evidence] }),
        ...(last !== undefined && { applied: last }),
        ...(known.state === 'stale' && staleness(known.because)),
      },
    ]
  })
}

function staleness(because: StaleReason): Pick<DriftDifference, 'why' | 'at' | 'eventId' | 'actor'> {
  switch (because.reason) {
    case 'expired':
      return { why: `it was last seen longer ago than ${because.after}` }
    case 'contradicted':
      return { why: because.summary }
    case 'changed':
      return {
        why: 'the policy was edited after it was last seen; the event does not say which setting',
        at: because.at,
        eventId: because.eventId,
        ...(because.by !== undefined && { actor: { name: because.by } }),
      }
  }
}

/** Objects that were applied once, that no document names any more, and that are still there. */
export function leftOver(
  declared: ReadonlySet<string>,
  live: readonly LiveObject[],
  applied: Applied,
): readonly DriftDifference[] {
  return live.flatMap(({ address, exists, observed }): readonly DriftDifference[] => {
    const key = formatAddress(address)
    const before = applied?.[key]
    if (before === undefined || declared.has(key) || exists !== 'yes' || observed === undefined) return []
    if (kindNamed(address.kind as KindName).write === undefined) return []
    return [
      {
        class: 'pending',
        ...address,
        path: '',
        expected: null,
        live: observed.fields,
        applied: before,
        why: 'no document names it any more',
      },
    ]
  })
}
