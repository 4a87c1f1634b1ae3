import type { AccountPolicy } from '../../org/answers/account-policy.ts'
import type { Group } from '../../org/answers/group.ts'
import type { User } from '../../org/answers/user.ts'

/** What the organization answered, as far as a later check may go without asking again. */
export interface KeptAnswers {
  /** The accounts of the listing, by id; undefined until it was read to its end. */
  users: Map<string, User> | undefined
  /** The policy of each account that was asked for; null where the answer left it out. */
  readonly policies: Map<string, AccountPolicy | null>
  /** By the name that was looked for: all groups that came. */
  readonly groups: Map<string, readonly KeptGroup[]>
  /** Ids of accounts, by the id of the group. */
  readonly members: Map<string, readonly string[]>
}

/** What the reading of groups looks at. */
export type KeptGroup = Pick<Group, 'id' | 'name'>

/** The members of a user that anything is made of, without the one that changes by itself. */
const standing = [
  'accountId',
  'email',
  'name',
  'status',
  'accountStatus',
  'membershipStatus',
  'claimStatus',
  'accountType',
  'mfaEnabled',
  'platformRoles',
  'productAccess',
  'addedToOrg',
] as const satisfies readonly (keyof User)[]

/** A user as JSON, with no more than what anything is made of. */
export const userText = (user: User): string => JSON.stringify(user, [...standing, 'lastActive'])

/** Whether two answers show the same of an account, whenever it was active last. */
export const isSameUser = (a: User, b: User): boolean =>
  JSON.stringify(a, [...standing]) === JSON.stringify(b, [...standing])

export const noAnswers = (): KeptAnswers => ({
  users: undefined,
  policies: new Map(),
  groups: new Map(),
  members: new Map(),
})

/** What is kept, but for the policies of some accounts: they are asked for again. */
export function withoutPolicies(answers: KeptAnswers, ids: readonly string[]): KeptAnswers {
  const policies = new Map(answers.policies)
  for (const id of ids) policies.delete(id)
  return { ...answers, policies }
}

/** How many accounts there are of each kind that the organization counts by itself. */
export interface Counts {
  readonly managed: number
  readonly unmanaged: number
  readonly twoStep: number
}

/** The counts that accounts add up to. */
export function countsOf(users: Iterable<User>): Counts {
  const counts = { managed: 0, unmanaged: 0, twoStep: 0 }
  for (const { claimStatus, mfaEnabled } of users) {
    if (claimStatus === 'managed') counts.managed++
    if (claimStatus === 'unmanaged') counts.unmanaged++
    if (mfaEnabled === true) counts.twoStep++
  }
  return counts
}
