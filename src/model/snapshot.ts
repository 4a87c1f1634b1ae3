import type { JsonObject } from './json.ts'

/** Whose name or address can be found in a snapshot again: those that the documents named when it was taken, or everybody's. */
export type SnapshotMatch = 'named' | 'everyone'

/** An account as the API served it, its address and id replaced. */
export interface SnapshotAccount {
  readonly accountId: string
  readonly email?: string
  readonly status?: string
  readonly accountStatus?: string
  readonly membershipStatus?: string
  readonly claimStatus?: string
  readonly accountType?: string
  readonly mfaEnabled?: boolean
  readonly platformRoles?: readonly string[]
  readonly productAccess?: readonly string[]
  readonly addedToOrg?: string
  readonly lastActive?: string
  readonly policyId?: string
  readonly policyName?: string
}

/** A call that failed when the snapshot was taken, with no more than it takes to say so again. */
export interface SnapshotFailure {
  readonly code: string
  readonly facts: JsonObject
}

/** An answer of the API, or that there was none. */
export type SnapshotAnswer<T> = { readonly answer: T } | { readonly failure: SnapshotFailure }

/** What the ledger held that a plan depends on. */
export interface SnapshotLedger {
  readonly organization?: { readonly id: string; readonly name: string }
  readonly evidence: JsonObject
  readonly exports: JsonObject
  readonly bindings: JsonObject
  readonly 'last-applied'?: JsonObject
  readonly suspensions: JsonObject
  readonly declarations: JsonObject
  readonly audit?: JsonObject
}

/** A snapshot without its signature: everything that is signed. */
export interface SnapshotContent {
  readonly formatVersion: '1.0'
  readonly organization: { readonly id: string; readonly name: string }
  /** When reading began, and after when it is too old to plan from. RFC 3339, UTC. */
  readonly takenAt: string
  readonly validUntil: string
  /** The version of Postern that took it. */
  readonly version: string
  readonly match: SnapshotMatch
  /** What the digests in `known` and `answered` are keyed with. Base64url. */
  readonly salt: string
  /** What stands for a name or an address, by its digest: who knows the name finds what is about it. */
  readonly known: Readonly<Record<string, string>>
  /** With `named`: digests of all that the documents named, there or not. Nothing can be said of other names. */
  readonly answered: readonly string[]
  readonly domains: readonly { readonly name: string; readonly claimStatus?: string }[]
  readonly accounts: readonly SnapshotAccount[]
  /** The groups that were asked for, with the ids of their members. */
  readonly groups: readonly { readonly id: string; readonly name: string; readonly members: readonly string[] }[]
  /** Names of groups that were looked for and are not among `groups`. */
  readonly noGroups: readonly string[]
  /** Control policies by type; names and rules only of those that documents name. */
  readonly controlPolicies: Readonly<Record<string, SnapshotAnswer<readonly JsonObject[]>>>
  readonly policyResources: Readonly<Record<string, SnapshotAnswer<readonly JsonObject[]>>>
  readonly tokens: SnapshotAnswer<readonly JsonObject[]>
  /** When an account was last active, of those that were asked for. */
  readonly lastActive: Readonly<Record<string, SnapshotAnswer<JsonObject>>>
  readonly eventActions: SnapshotAnswer<true>
  /** Whom each policy with a share takes in. */
  readonly turns: Readonly<Record<string, readonly string[]>>
  readonly ledger: SnapshotLedger
}

/** What `postern snapshot` writes: the live organization as far as a plan needs it, with accounts under other names, signed. */
export interface Snapshot extends SnapshotContent {
  readonly signature: {
    readonly algorithm: 'ed25519'
    /** The key that made it: `ed25519:` and 32 bytes in base64url. */
    readonly publicKey: string
    /** Over the canonical JSON (RFC 8785) of everything else. Base64url. */
    readonly value: string
  }
}
