import { foldEmail } from '../model/account.ts'
import type { State } from './state.ts'

/** One Atlassian account that the organization knows. Lists are shared between accounts: replace them, don't change them. */
export interface Account {
  readonly accountId: string
  readonly email: string
  name: string
  readonly accountType: 'atlassian' | 'app' | 'customer'
  managed: boolean
  accountStatus: 'active' | 'inactive' | 'closed'
  membershipStatus: 'active' | 'suspended' | 'no_membership'
  /** Undefined for whoever no authentication policy can hold: external accounts, apps, portal customers. */
  policyId: string | undefined
  groups: readonly string[]
  platformRoles: readonly string[]
  products: readonly string[]
  mfaEnabled: boolean
  lastActive: number | null
  addedToOrg: number
  deactivatedOn: number | undefined
  deletionOn: number | undefined
  jobTitle: string | undefined
  department: string | undefined
}

/** What an account belongs to. */
export interface Membership {
  readonly policyId: string | undefined
  readonly groups: readonly string[]
}

/** All accounts in the order they came, which never changes, with an index by id and by folded email. */
export interface Accounts {
  readonly list: readonly Account[]
  readonly byId: ReadonlyMap<string, Account>
  readonly byEmail: ReadonlyMap<string, Account>
}

interface Index extends Accounts {
  readonly list: Account[]
  readonly byId: Map<string, Account>
  readonly byEmail: Map<string, Account>
}

/** No accounts yet. */
export const noAccounts = (): Accounts => ({ list: [], byId: new Map(), byEmail: new Map() })

/** Adds an account at the end. Its id and its email must be new. */
export function addAccount(accounts: Accounts, account: Account): Account {
  const index = accounts as Index
  const email = foldEmail(account.email)
  if (index.byId.has(account.accountId)) throw new Error(`there is an account with the id ${account.accountId} already`)
  if (index.byEmail.has(email)) throw new Error(`there is an account with the email ${email} already`)
  index.list.push(account)
  index.byId.set(account.accountId, account)
  index.byEmail.set(email, account)
  return account
}

/** The account with this email, in whatever case. */
export const accountByEmail = ({ byEmail }: Accounts, email: string): Account | undefined =>
  byEmail.get(foldEmail(email))

/** Gives an account another email; false where somebody else has it. */
export function changeEmail(accounts: Accounts, account: Account, email: string): boolean {
  const index = accounts as Index
  const holder = index.byEmail.get(foldEmail(email))
  if (holder !== undefined && holder !== account) return false
  index.byEmail.delete(foldEmail(account.email))
  Object.assign(account, { email })
  index.byEmail.set(foldEmail(email), account)
  return true
}

/** True for the accounts that lists of users show: people who are managed or in a directory (ref 2.2). */
export const isListed = ({ accountType, accountStatus, managed, membershipStatus }: Account): boolean =>
  accountType === 'atlassian' && accountStatus !== 'closed' && (managed || membershipStatus !== 'no_membership')

/** True for the accounts that authentication policies hold (ref 5.1). */
export const isPolicyMember = ({ accountType, managed }: Account): boolean => accountType === 'atlassian' && managed

/** Changes what an account belongs to, and keeps what it was for reads that lag behind. */
export function changeMembership(state: State, account: Account, change: Partial<Membership>, at: number): void {
  const past = state.memberships.get(account.accountId) ?? []
  past.push({ at, policyId: account.policyId, groups: account.groups })
  state.memberships.set(account.accountId, past)
  Object.assign(account, change)
}

/** What an account belonged to at a time. */
export const membershipAt = (state: State, account: Account, at: number): Membership =>
  state.memberships.get(account.accountId)?.find(past => past.at > at) ?? account

/** The id of the directory an account is in; undefined where it is in none. */
export function directoryOf(state: State, account: Account): string | undefined {
  if (account.membershipStatus === 'no_membership') return undefined
  const policy = state.authenticationPolicies.find(({ id }) => id === account.policyId)
  return policy?.directoryId ?? localDirectory(state).id
}

/** The directory without an identity provider: every organization has it. */
export function localDirectory({ directories }: Pick<State, 'directories'>): State['directories'][number] {
  const local = directories.find(({ identityProvider }) => identityProvider === undefined)
  if (local === undefined) throw new Error('the organization has no local directory')
  return local
}

/** The platform roles that show at a time: a change takes a while (ref 2.1). */
export function visibleRoles(state: State, account: Account, now: number): readonly string[] {
  const change = state.roleChanges.get(account.accountId)
  return change !== undefined && change.visibleAt > now ? change.before : account.platformRoles
}
