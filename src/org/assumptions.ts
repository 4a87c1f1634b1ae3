// What the reference marks as inferred and the client has to decide all the same, in one place: a live organization that
// answers otherwise is met here (ref 10).

/**
 * Addresses in one add-users call. No maximum is documented; the console takes 10,000 by CSV (ref 1.4). A small batch
 * bounds what a lost answer leaves in doubt.
 */
export const addUsersBatch = 100

/** Account ids in one bulk-fetch call. No maximum is documented (ref 1.4, 10.1). */
export const bulkFetchBatch = 100

/** Users in one page of users/search: 50 is the default, 100 is used in practice, no maximum is documented (ref 2.2). */
export const searchUsersLimit = 100

/**
 * Groups in one page of groups/search. Its body is not documented and taken to be like that of users/search: `searchTerm`,
 * `cursor`, `limit` (ref 2.1).
 */
export const searchGroupsLimit = 100

/** Events in one page of events-stream: the documented maximum (ref 2.5). */
export const eventsLimit = 500

/** Tokens in one page of api-tokens: the documented maximum (ref 3.2). */
export const apiTokensPageSize = 1000

/** A filter with several values in a query is repeated once for each; that form is not documented (ref 2.2). */
export const queryPairs = (name: string, values: readonly string[]): readonly (readonly [string, string])[] =>
  values.map(value => [name, value])

/** Scopes that answers name but the key dialog does not offer: only a key without scopes has them (ref 3.1). */
export const scopesNotOffered: ReadonlySet<string> = new Set(['manage:org'])

/** Seconds that an accepted write is followed. How long a task takes and is kept is not documented (ref 1.4). */
export const longestFollowing = 600

/** States in which a resource of a policy has settled. `enabled` is seen live beside the documented `applied` (ref 1.3). */
export const appliedStatuses: ReadonlySet<string> = new Set(['applied', 'enabled'])

/**
 * Accounts of a policy by which its directory is told: no API names it (ref 2.3). A policy belongs to one directory (ref 5.1), and its members are taken to be in
 * that one.
 */
export const directorySample = 3

/** The `managementSource` of an account that comes from an identity provider (ref 2.2), and with it its directory. */
export const syncedSource = 'synced'
