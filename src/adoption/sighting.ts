import type { Observed } from '../kinds/contract.ts'
import type { LiveField } from '../model/evidence.ts'

/** A directory as the API lists it. */
export interface SeenDirectory {
  readonly id: string
  readonly name: string
  /** Its accounts or groups are synced from an identity provider: **inferred**, no API says what a directory is (ref 2.3). */
  readonly synced: boolean
}

/** A managed account, as far as it decides who belongs where. */
export interface SeenAccount {
  readonly accountId: string
  /** Its id where the API shows no address. */
  readonly email: string
  readonly active: boolean
  /** Absent where bulk-fetch leaves the account out. */
  readonly policyId?: string
  /** The names of its groups, of those alone that documents can name. */
  readonly groups: readonly string[]
}

/** An authentication policy that holds at least one active account: others cannot be seen (ref 1.4). */
export interface SeenPolicy {
  readonly id: string
  /** Its name in the console, and what says so. Absent where nothing does. */
  readonly name?: { readonly name: string; readonly from: 'api' | 'export' | 'ledger' }
  /** The name of the document that is there for it already: kept where nothing in the organization tells another one. */
  readonly document?: string
  /** The directory that its members are in: **inferred** from a sample of them. Absent where they are in none or in several. */
  readonly directoryId?: string
  /** What evidence tells of its console fields, by path. A path that is not here was never observed. */
  readonly fields: Readonly<Record<string, LiveField>>
}

/** One of the two external user policies: every organization has both (ref 5.2). */
export interface SeenExternalPolicy {
  readonly name: 'external' | 'test'
  readonly fields: Readonly<Record<string, LiveField>>
}

/** Everything that import saw of an organization, each list sorted. */
export interface Sighting {
  readonly organization: { readonly id: string; readonly name: string }
  /** When it was looked at (RFC 3339, UTC). */
  readonly at: string
  /** In lower case. */
  readonly domains: readonly { readonly name: string; readonly status?: string }[]
  readonly directories: readonly SeenDirectory[]
  readonly accounts: readonly SeenAccount[]
  readonly policies: readonly SeenPolicy[]
  /** Empty where the organization has no Guard Standard, and so no such policy. */
  readonly external: readonly SeenExternalPolicy[]
  readonly allowlists: readonly Observed[]
  /** How long evidence counts, where that is not the default. */
  readonly expiresAfter?: string
  /** What could not be looked at, and why. */
  readonly unread?: readonly UnreadPart[]
}

/** A part of an organization that the key may not see, or that is not told in full. */
export interface UnreadPart {
  readonly part: 'directories' | 'groups' | 'ip-allowlists'
  readonly why: string
}
