// Made from the schemas of the kinds by `npm run generate`.

/** Accounts that authentication policies name as one, so that a long list has a file of its own. */
export interface AccountListDocument {
  readonly kind: 'AccountList'
  /** A name for the list: policies refer to it under `accountLists`. */
  readonly name: string
  /** The accounts by email address. They count as if they stood in each policy that names the list. */
  readonly accounts: readonly string[]
}
