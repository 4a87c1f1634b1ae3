import type { Address } from '../model/address.ts'
import type { LiveField } from '../model/evidence.ts'
import type { Observed } from './contract.ts'

/** What is known of one object of the live organization. */
export interface LiveObject {
  readonly address: Address
  /** `unknown` where no API can tell and no evidence says so. */
  readonly exists: 'yes' | 'no' | 'unknown'
  readonly id?: string
  /** Console fields by evidence, api fields as read. A field that is absent is unknown. */
  readonly fields: Readonly<Record<string, LiveField>>
  /** As the API served it, for objects that it serves. */
  readonly observed?: Observed
  /** How many active managed accounts are in the policy. */
  readonly accounts?: number
}

/** One managed account. Only active ones are moved. */
export interface LiveAccount {
  readonly accountId: string
  readonly email: string
  readonly active: boolean
  /** The policy it is in; absent where bulk-fetch left it out. */
  readonly policyId?: string
}

/** An account that a document names and that is not among the managed ones. */
export interface NamedAccount {
  readonly email: string
  readonly found: 'external' | 'nowhere'
}

/** What was read of the organization: only what the documents need. */
export interface Live {
  readonly organization: { readonly id: string; readonly name: string }
  /** When the reading began (RFC 3339, UTC). */
  readonly at: string
  readonly objects: readonly LiveObject[]
  /** Undefined where no document needs accounts. */
  readonly accounts?: readonly LiveAccount[]
  /** Names of the groups that selectors use, by account id. */
  readonly groupsOf: ReadonlyMap<string, ReadonlySet<string>>
  /** Names of policies where evidence or the API tells them, by id. */
  readonly policyNames: ReadonlyMap<string, string>
  readonly namedElsewhere: readonly NamedAccount[]
}
