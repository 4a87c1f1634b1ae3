import type { ApiChange, Surroundings } from '../kinds/contract.ts'
import type { FieldChange } from '../model/change.ts'
import { kindNamed, type KindName } from '../kinds/index.ts'
import type { LiveObject } from '../kinds/live.ts'
import { valueAt } from '../kinds/path.ts'
import type { Resource } from '../kinds/resource.ts'
import type { Json } from '../model/json.ts'
import type { Direction, Step } from '../model/plan.ts'
import type { Source, Span } from '../model/span.ts'
import type { ChannelChange } from './diff.ts'
import { directionOf, together } from './direction.ts'

/** What it takes to turn a change into a step. */
export interface StepContext {
  readonly surroundings: Omit<Surroundings, 'id' | 'accounts'>
  source(span: Span): Source
  /** SHA-256 over canonical JSON, in hexadecimal. */
  fingerprint(value: Json): string
}

export const stepId = (channel: string, action: string, kind: string, name: string): string =>
  `${channel}/${action}/${kind}/${name}`

/** One step for a change of one object in one channel. */
export function stepFor(
  resource: Resource,
  live: LiveObject,
  { channel, change }: ChannelChange,
  context: StepContext,
): Step {
  const { kind, address, spec, locate } = resource
  const contract = kindNamed(kind)
  const changes =
    change.action === 'create' ? created(kind, spec) : 'fields' in change ? change.fields.map(onlyChange) : []
  const surroundings: Surroundings = {
    ...context.surroundings,
    ...(live.id !== undefined && { id: live.id }),
    ...(live.accounts !== undefined && { accounts: live.accounts }),
  }
  const [first] = changes
  const place = change.action === 'create' || first === undefined ? locate([]) : locate(first.path.split('.'))
  const common = {
    id: stepId(channel, change.action, kind, address.name),
    status: 'ready' as const,
    dependsOn: [],
    channel,
    action: change.action,
    ...address,
    direction: objectDirection(kind, change.action, changes),
    source: context.source(place),
    changes,
  }
  if (channel === 'console') {
    const action = change.action === 'create' || change.action === 'update' ? change.action : 'confirm'
    const guided = contract.guide?.({ action, spec, fields: changes }, surroundings)
    return { ...common, ...(guided && { console: guided }) }
  }
  const unread = change.action === 'update' ? unreadFields(resource, live) : []
  if (unread.length > 0) return { ...common, status: 'blocked', reason: whyNotWritten(unread) }
  const requests = contract.write?.(apiChange(change, spec, live), surroundings) ?? []
  return { ...common, requests, basis: context.fingerprint(basisOf(live)) }
}

/** Fields that the document manages and that the API serves in a form nobody here understands. */
const unreadFields = ({ kind, spec }: Resource, live: LiveObject): readonly string[] =>
  Object.entries(kindNamed(kind).fields).flatMap(([path, { channel, compare }]) =>
    channel === 'api' && compare !== 'declared' && valueAt(spec, path) !== undefined && live.fields[path] === undefined
      ? [path]
      : [],
  )

// A PUT replaces the whole object (ref 1.1 #4): it would write over what could not be read.
const whyNotWritten = (paths: readonly string[]): string =>
  `the API serves ${paths.map(path => `\`${path}\``).join(', ')} in a form that Postern does not know, and an update would replace it unseen: change it in the console`

/** The step that removes an object that was applied once and that no document names any more. */
export function deletion(
  live: LiveObject & { readonly observed: NonNullable<LiveObject['observed']> },
  kind: KindName,
  context: StepContext,
): Step {
  const changes = Object.entries(live.observed.fields).map(([path, before]) => ({ path, before, after: null }))
  return {
    id: stepId('api', 'delete', kind, live.address.name),
    status: 'ready',
    dependsOn: [],
    channel: 'api',
    action: 'delete',
    ...live.address,
    direction: objectDirection(kind, 'delete', changes),
    changes,
    requests:
      kindNamed(kind).write?.(
        { action: 'delete', live: live.observed },
        { ...context.surroundings, id: live.observed.id },
      ) ?? [],
    basis: context.fingerprint(basisOf(live)),
  }
}

/** What a step of the api channel rests on: the object as it was served, or that there is none. */
export const basisOf = ({ observed }: Pick<LiveObject, 'observed'>): Json =>
  observed === undefined ? null : { id: observed.id, fields: observed.fields, raw: observed.raw }

/** The exact requests of a change that goes through the API. */
function apiChange(
  change: ChannelChange['change'],
  spec: Resource['spec'],
  { observed }: LiveObject,
): ApiChange<never> {
  if (change.action === 'update' && observed !== undefined)
    return { action: 'update', spec: spec as never, live: observed, fields: change.fields }
  return { action: 'create', spec: spec as never }
}

/** Every field that the new object will have; nothing was there before. */
const created = (kind: KindName, spec: Resource['spec']): readonly FieldChange[] =>
  Object.entries(kindNamed(kind).fields).flatMap(([path, { compare }]) => {
    const after =
      compare === 'declared' || compare === 'membership' || path === 'name' ? undefined : valueAt(spec, path)
    return after === undefined ? [] : [{ path, before: null, after }]
  })

const onlyChange = ({ path, before, after }: FieldChange): FieldChange => ({
  path,
  ...(before !== undefined && { before }),
  after,
})

/** A confirmation may find anything; a new policy has no members to loosen anything for, a new allowlist closes what was open. */
export function objectDirection(kind: KindName, action: string, changes: readonly FieldChange[]): Direction {
  // What protected is gone.
  if (action === 'delete') return 'loosens'
  if (action === 'confirm') return 'unknown'
  if (action === 'create') return kind === 'IpAllowlist' ? 'tightens' : 'neutral'
  const { fields } = kindNamed(kind)
  return together(
    changes.map(({ path, before, after }) => {
      const field = fields[path]
      return field === undefined ? 'unknown' : directionOf(field, before, after)
    }),
  )
}
