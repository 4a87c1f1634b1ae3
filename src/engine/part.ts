import type { LiveAccount } from '../kinds/live.ts'
import type { Desired, Resource } from '../kinds/resource.ts'
import { formatAddress } from '../model/address.ts'
import type { AccountMove } from '../model/change.ts'
import type { Membership } from './membership.ts'

/** An account that is given its access back, or loses it again, and why. */
export interface AccessChange {
  readonly account: LiveAccount
  readonly because: string
  /** The access rule that it broke. */
  readonly rule?: NonNullable<AccountMove['rule']>
}

/** A plan about a part of what is governed, whose moves and access somebody else decided: everything else is left as it is. */
export interface Part {
  /** The addresses of the objects that are compared. */
  readonly addresses: ReadonlySet<string>
  /** The moves into each policy, by its name. */
  readonly moves: ReadonlyMap<string, readonly AccountMove[]>
  /** The policy of every claimed account once the plan is carried out. */
  readonly claimed: ReadonlyMap<string, string>
  readonly suspend: readonly AccessChange[]
  readonly restore: readonly AccessChange[]
}

/** The membership that a part names, as if selectors had come to it. */
export const membershipOf = ({ moves, claimed }: Part): Membership => ({
  moves,
  claimed,
  waiting: new Map(),
  rollouts: [],
  diagnostics: [],
})

/** The documents as if those that a part leaves alone managed no setting of the console: what they ask for is not what this plan brings. */
export function managedIn(desired: Desired, { addresses }: Part): Desired {
  const bare = <K extends 'AuthenticationPolicy' | 'ExternalUserPolicy'>(resource: Resource<K>): Resource<K> => {
    if (addresses.has(formatAddress(resource.address))) return resource
    const spec = { ...resource.spec }
    for (const member of ['settings', 'billable', 'default', 'testUsers']) Reflect.deleteProperty(spec, member)
    return { ...resource, spec }
  }
  return {
    ...desired,
    AuthenticationPolicy: desired.AuthenticationPolicy.map(bare),
    ExternalUserPolicy: desired.ExternalUserPolicy.map(bare),
  }
}
