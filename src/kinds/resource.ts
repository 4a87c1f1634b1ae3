import type { Address } from '../model/address.ts'
import type { Span } from '../model/span.ts'
import type { KindName, Specs } from './index.ts'

/** One document that says what an object should be. */
export interface Resource<K extends KindName = KindName> {
  readonly kind: K
  readonly address: Address
  readonly spec: Specs[K]
  /** Where a part of the document stands: the key of a member, the item of a list, the kind for the empty path. */
  readonly locate: (path: readonly (string | number)[]) => Span
  /** The account lists whose accounts stand under `members.accounts` after the policy's own, in that order. Absent where it names none. */
  readonly lists?: readonly ListedAccounts[]
}

/** What an AccountList document gave a policy. */
export interface ListedAccounts {
  readonly name: string
  readonly accounts: readonly string[]
}

export type Resources = { readonly [K in KindName]: readonly Resource<K>[] }

/** The desired state: the documents of one organization, valid and consistent, each kind sorted by name. */
export interface Desired extends Resources {
  readonly organization: Resource<'Organization'>
}

/** The steps of a dotted field path. */
export const fieldPath = (path: string): readonly string[] => path.split('.')
