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

/** What of the organization an account can reach. `deactivated` stands for accounts about to be deleted, too. */
export type AccountStatus = 'active' | 'suspended' | 'not-in-directory' | 'deactivated'

/** One account of a person. Of the managed ones only those whose account is active are moved. */
export interface LiveAccount {
  readonly accountId: string
  readonly email: string
  readonly name?: string
  /** Whether the account itself is active, whatever it can reach. */
  readonly active: boolean
  readonly status: AccountStatus
  /** What else than a person it is for, where the API says so. */
  readonly type?: 'app' | 'customer'
  /** The policy it is in; absent where bulk-fetch left it out, and for external accounts. */
  readonly policyId?: string
  /** Two-step verification on the account's own login: defined for managed accounts only (ref 2.2). */
  readonly mfaEnabled?: boolean
  readonly roles: readonly string[]
  /** The API did not tell the roles: none of them can be ruled out. */
  readonly rolesUnknown?: true
  /** Keys of the apps it reaches; absent where the API did not tell. */
  readonly products?: readonly string[]
  /** Milliseconds since 1970; absent where the listing does not tell. */
  readonly lastActive?: number
  readonly addedAt?: number
}

/** The API tokens of one account that have not expired. */
export interface LiveTokens {
  /** Those that the API calls ALLOWED. */
  readonly allowed: number
  readonly all: number
}

/** An account that a document names and that is not among the managed ones. */
export interface NamedAccount {
  readonly email: string
  readonly found: 'external' | 'nowhere'
}

/** A domain that the organization has, and the status of its claim (ref 2.3). */
export interface LiveDomain {
  readonly name: string
  readonly status?: string
}

/** When an account was last active in any app: null stands for never, as far as Atlassian knows. */
export interface Activity {
  /** Milliseconds since 1970. */
  readonly at: number | null
  readonly from: 'api' | 'export'
}

/** What was read of the organization. */
export interface Live {
  readonly organization: { readonly id: string; readonly name: string }
  /** When the reading began (RFC 3339, UTC). */
  readonly at: string
  readonly objects: readonly LiveObject[]
  /** Authentication policies with members that no document declares, as far as evidence tells about them. */
  readonly undeclared: readonly LiveObject[]
  /** The managed accounts. */
  readonly accounts: readonly LiveAccount[]
  readonly externals: readonly LiveAccount[]
  /** Managed accounts of no person, where they were asked for. */
  readonly others: readonly LiveAccount[]
  /** By account id; undefined where the key may not list tokens. */
  readonly tokens: ReadonlyMap<string, LiveTokens> | undefined
  /** By account id, where it is known. */
  readonly activity: ReadonlyMap<string, Activity>
  readonly domains: readonly LiveDomain[]
  /** Names of the groups that selectors use, by account id. */
  readonly groupsOf: ReadonlyMap<string, ReadonlySet<string>>
  /** Names of policies where evidence or the API tells them, by id. */
  readonly policyNames: ReadonlyMap<string, string>
  readonly namedElsewhere: readonly NamedAccount[]
}
