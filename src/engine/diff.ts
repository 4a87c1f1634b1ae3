import type { Field } from '../kinds/field.ts'
import { kindNamed } from '../kinds/index.ts'
import type { LiveObject } from '../kinds/live.ts'
import { valueAt } from '../kinds/path.ts'
import type { Resource } from '../kinds/resource.ts'
import type { Change, FieldChange, UnprovenField } from '../model/change.ts'
import type { LiveField } from '../model/evidence.ts'
import type { Json } from '../model/json.ts'
import type { ProvenField, UnverifiedField } from '../model/plan.ts'
import { sameValue } from '../kinds/compare.ts'

/** A change, and the channel that carries it out. */
export interface ChannelChange {
  readonly channel: 'api' | 'console'
  readonly change: Change
}

/** What one object needs, and what is known of the rest of it. */
export interface Difference {
  readonly changes: readonly ChannelChange[]
  readonly inSync: readonly ProvenField[]
  readonly unverified: readonly UnverifiedField[]
}

interface Comparison {
  readonly path: string
  readonly field: Field
  readonly desired: Json
  readonly live: LiveField
}

/** Compares what a document says with what is known of the object. A setting that the document leaves out is not looked at. */
export function diff(resource: Resource, live: LiveObject): Difference {
  const { address, spec } = resource
  const compared = Object.entries(kindNamed(resource.kind).fields).flatMap(([path, field]): readonly Comparison[] => {
    const desired = valueAt(spec, path)
    const known = live.fields[path] ?? { state: 'unknown' }
    // A name is how the object was found; only where the id found it can it be another one.
    if (desired === undefined || field.compare === 'declared' || field.compare === 'membership') return []
    if (path === 'name' && known.state !== 'known') return []
    return [{ path, field, desired, live: known }]
  })

  if (live.exists === 'no') {
    // A whole new object: what the API makes goes through the API, else a person makes it.
    const channel = compared.some(({ field }) => field.channel === 'api') ? 'api' : 'console'
    return { changes: [{ channel, change: { action: 'create', address, after: spec } }], inSync: [], unverified: [] }
  }
  const changes: ChannelChange[] = []
  const differs = compared.filter(
    ({ field, desired, live: known }) => known.state === 'known' && !sameValue(field, known.value, desired),
  )
  const unproven = compared.filter(({ live: known }) => known.state !== 'known')
  for (const channel of ['api', 'console'] as const) {
    const fields = differs.filter(({ field }) => field.channel === channel).map(changed)
    if (fields.length > 0) changes.push({ channel, change: { action: 'update', address, fields } })
  }
  const confirm = unproven.filter(({ field }) => field.channel === 'console').map(toConfirm)
  if (confirm.length > 0) changes.push({ channel: 'console', change: { action: 'confirm', address, fields: confirm } })

  return {
    changes,
    inSync: compared.flatMap(({ path, field, live: known }) =>
      known.state === 'known' && sameValue(field, known.value, valueAt(spec, path) ?? null)
        ? [{ ...address, path, value: known.value, evidence: [known.evidence] }]
        : [],
    ),
    unverified: unproven.map(({ path, live: known }) => ({
      ...address,
      path,
      state: known.state === 'stale' ? 'stale' : 'unverified',
      ...(known.state === 'stale' && { evidence: [known.evidence] }),
    })),
  }
}

const changed = ({ path, desired, live }: Comparison): FieldChange => ({
  path,
  ...(live.state === 'known' && { before: live.value }),
  after: desired,
})

const toConfirm = ({ path, desired, live }: Comparison): UnprovenField => ({
  path,
  ...(live.state === 'stale' && { before: live.value }),
  after: desired,
  state: live.state === 'stale' ? 'stale' : 'unverified',
})
