import { outcome, type Outcome } from '../../diagnostics/outcome.ts'
import type { Desired, Resource } from '../../kinds/resource.ts'
import { formatAddress, parseAddress } from '../../model/address.ts'
import { isObject, type JsonObject } from '../../model/json.ts'
import { attempt } from '../attempt.ts'
import { desiredFrom, resourcesOf } from '../desired-of.ts'
import type { LedgerState } from '../ledger-state.ts'
import type { OrganizationView } from './organization-view.ts'

/** What one part of a configuration changes in what is governed. */
export interface DocumentChange {
  readonly organization: Resource<'Organization'>
  /** The documents of this part. An authentication policy keeps the members that it had: others decide them. */
  readonly own: readonly Resource[]
  /** Addresses that are governed no more. */
  readonly gone?: readonly string[]
}

/** What was last applied, with the documents of one part in place of their own. A ledger that cannot be read is its diagnostic. */
export async function desiredWith(view: OrganizationView, change: DocumentChange): Promise<Outcome<Desired>> {
  const read = await attempt(() => view.state())
  if (!read.ok) return read
  return outcome(merged(read.value, change), [])
}

function merged({ lastApplied }: LedgerState, { organization, own, gone = [] }: DocumentChange): Desired {
  const before = lastApplied?.documents ?? {}
  const kept = Object.fromEntries(
    Object.entries(before).filter(
      ([address]) => parseAddress(address)?.kind !== 'Organization' && !gone.includes(address),
    ),
  )
  const resources = own.map(resource => {
    // One that is called otherwise now has the members of the name before.
    const former = gone.find(address => parseAddress(address)?.kind === resource.kind) ?? ''
    return withMembers(resource, before[formatAddress(resource.address)] ?? before[former])
  })
  const desired = desiredFrom([...resourcesOf(kept), organization, ...resources])
  if (desired === undefined) throw new Error('an organization is no organization')
  return desired
}

function withMembers(resource: Resource, last: JsonObject | undefined): Resource {
  const members = last?.['members']
  return resource.kind === 'AuthenticationPolicy' && isObject(members) && !Object.hasOwn(resource.spec, 'members')
    ? { ...resource, spec: { ...resource.spec, members } as never }
    : resource
}
