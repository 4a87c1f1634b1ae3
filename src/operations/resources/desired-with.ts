import { outcome, type Outcome } from '../../diagnostics/outcome.ts'
import type { Desired, Resource } from '../../kinds/resource.ts'
import { formatAddress, parseAddress } from '../../model/address.ts'
import { isObject, type JsonObject } from '../../model/json.ts'
import { attempt } from '../attempt.ts'
import { desiredBeside, resourcesOf } from '../desired-of.ts'
import type { LedgerState } from '../ledger-state.ts'
import type { OrganizationView } from './organization-view.ts'

/** What one part of a configuration changes in what is governed. */
export interface DocumentChange {
  readonly organization: Resource<'Organization'>
  /** The documents of this part. An authentication policy keeps the members that it had, also under another name: others decide them. */
  readonly own: readonly Resource[]
  /** Addresses that are governed no more. */
  readonly gone?: readonly string[]
}

/** What is governed once a part is carried out. */
export interface DesiredWith {
  readonly desired: Desired
  /** The names that policies get in place of those of the last apply. */
  readonly renamed: ReadonlyMap<string, string>
}

/** What was last applied, with the documents of one part in place of their own. A ledger that cannot be read is its diagnostic. */
export async function desiredWith(view: OrganizationView, change: DocumentChange): Promise<Outcome<DesiredWith>> {
  const read = await attempt(() => view.state())
  return read.ok ? outcome(merged(read.value, change), []) : read
}

function merged(state: LedgerState, { organization, own, gone = [] }: DocumentChange): DesiredWith {
  const before = state.lastApplied?.documents ?? {}
  const formers = own.map(resource => formerOf(resource, state))
  const replaced = new Set([...gone, ...formers.flatMap(former => former ?? [])])
  const kept = Object.entries(before).filter(
    ([address]) => parseAddress(address)?.kind !== 'Organization' && !replaced.has(address),
  )
  const resources = own.map((resource, index) => withMembers(resource, lastOf(resource, formers[index], state)))
  return {
    desired: desiredBeside(organization, [...resourcesOf(Object.fromEntries(kept)), ...resources]),
    renamed: new Map(
      own.flatMap(({ address: { name } }, index) => {
        const former = parseAddress(formers[index] ?? '')
        return former === undefined ? [] : [[former.name, name] as const]
      }),
    ),
  }
}

/** The address under which a policy was governed until now, where that is another one: it is told by the id. */
function formerOf({ kind, address, spec }: Resource, state: LedgerState): string | undefined {
  if (kind !== 'AuthenticationPolicy') return undefined
  const id = idOf(address.name, spec, state)
  if (id === undefined) return undefined
  return Object.entries(state.lastApplied?.documents ?? {}).find(([key, document]) => {
    const other = parseAddress(key)
    return other?.kind === kind && other.name !== address.name && idOf(other.name, document, state) === id
  })?.[0]
}

/** What was last applied of the same object: of a policy the document with its id, and not that of another one which had the name. */
function lastOf({ address, spec }: Resource, former: string | undefined, state: LedgerState): JsonObject | undefined {
  const documents = state.lastApplied?.documents ?? {}
  if (former !== undefined) return documents[former]
  const last = documents[formatAddress(address)]
  const [own, other] = [spec as unknown as JsonObject, last].map(document => document?.['id'])
  return typeof own === 'string' && typeof other === 'string' && own !== other ? undefined : last
}

function idOf(name: string, { id }: JsonObject, { bindings }: LedgerState): string | undefined {
  const known = typeof id === 'string' ? id : Object.hasOwn(bindings, name) ? bindings[name] : undefined
  return known?.toLowerCase()
}

function withMembers(resource: Resource, last: JsonObject | undefined): Resource {
  const members = last?.['members']
  return resource.kind === 'AuthenticationPolicy' && isObject(members) && !Object.hasOwn(resource.spec, 'members')
    ? { ...resource, spec: { ...resource.spec, members } as never }
    : resource
}
