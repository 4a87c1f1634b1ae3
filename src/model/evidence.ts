import type { Address } from './address.ts'
import type { Json } from './json.ts'

/** Where a fact about a field comes from. `api` is read live and never stored. */
export type EvidenceSource = 'export' | 'attestation' | 'declaration' | 'api'

/** What a statement about one field rests on. `at` is the time of the fact (RFC 3339, UTC), `by` who stated it. */
export interface Evidence {
  readonly path: string
  readonly from: EvidenceSource
  readonly at: string
  readonly by?: string
  /** Since when the value has been seen without a change between, where that is longer than since `at`. */
  readonly since?: string
}

/** A stored observation of one console field of one object. */
export interface Fact extends Evidence {
  readonly address: Address
  readonly value: Json
}

/** Why a fact no longer counts. */
export type StaleReason =
  | { readonly reason: 'expired'; readonly after: string }
  | { readonly reason: 'changed'; readonly at: string; readonly by?: string; readonly eventId: string }
  | { readonly reason: 'contradicted'; readonly summary: string }

/** What is known of a field: nothing may be called in sync without evidence. */
export type LiveField =
  | { readonly state: 'known'; readonly value: Json; readonly evidence: Evidence }
  | { readonly state: 'stale'; readonly value: Json; readonly evidence: Evidence; readonly because: StaleReason }
  | { readonly state: 'unknown' }
