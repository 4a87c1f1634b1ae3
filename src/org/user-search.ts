import type { JsonObject } from '../model/json.ts'
import { searchUsersLimit } from './assumptions.ts'
import { present } from './members.ts'

/** Filters of users/search (ref 2.2), all of which must match. `searchTerm` and `emails` exclude each other. */
export interface UserSearch {
  /** One directory; all, and the managed accounts that are in none, where it is left out. */
  readonly directoryId?: string
  readonly accountIds?: readonly string[]
  readonly directoryIds?: readonly string[]
  readonly resourceIds?: readonly string[]
  readonly groupIds?: readonly string[]
  readonly roleIds?: readonly string[]
  readonly emailDomains?: readonly string[]
  readonly claimStatus?: 'managed' | 'unmanaged'
  readonly mfaEnabled?: boolean
  readonly status?: readonly string[]
  readonly accountStatus?: readonly string[]
  readonly membershipStatus?: readonly string[]
  readonly searchTerm?: string
  readonly emails?: readonly string[]
  /** What to show besides; all that `User` holds where it is left out. */
  readonly expand?: readonly ('platformRoles' | 'counts.resources' | 'productAccess' | 'groups')[]
  readonly limit?: number
}

// Without platformRoles every admin looks like an ordinary user (ref 2.2).
const everything = ['platformRoles', 'productAccess', 'groups'] as const

/** The filters of a search, as a body or a query. */
export const userFilters = (search: UserSearch) =>
  present({
    accountIds: search.accountIds,
    directoryIds: search.directoryIds,
    resourceIds: search.resourceIds,
    groupIds: search.groupIds,
    roleIds: search.roleIds,
    emailDomains: search.emailDomains,
    claimStatus: search.claimStatus,
    mfaEnabled: search.mfaEnabled,
    status: search.status,
    accountStatus: search.accountStatus,
    membershipStatus: search.membershipStatus,
    searchTerm: search.searchTerm,
    emails: search.emails,
  })

/** The body of a search. */
export const userSearchBody = (search: UserSearch): JsonObject => ({
  ...userFilters(search),
  expand: search.expand ?? everything,
  limit: search.limit ?? searchUsersLimit,
})
