import { directoryOf, membershipAt, visibleRoles, type Account } from '../accounts.ts'
import { iso } from '../moments.ts'
import type { Call } from '../route.ts'
import type { State } from '../state.ts'

/** What `status` is made of (ref 2.2). */
export function compositeStatus({ accountStatus, membershipStatus, deletionOn }: Account): string {
  if (deletionOn !== undefined) return 'for_deletion'
  if (accountStatus !== 'active') return 'deactivated'
  if (membershipStatus === 'suspended') return 'suspended'
  return membershipStatus === 'no_membership' ? 'not_invited' : 'active'
}

/** The site that an app key such as `jira` stands for, or that is named by its ARI. */
export const siteOf = ({ sites }: State, product: string): State['sites'][number] | undefined =>
  sites.find(({ id }) => id === product || id.startsWith(`ari:cloud:${product.split('-')[0] ?? product}::`))

/** The apps an account can reach. */
export const productAccess = (state: State, { products, lastActive }: Account, activity: boolean): object[] =>
  products.map(product => {
    const site = siteOf(state, product)
    return {
      key: product.startsWith('ari:') ? product.split(':')[2] : product,
      id: site?.id ?? product,
      ...(activity && lastActive !== null && { lastActiveTimestamp: iso(lastActive) }),
    }
  })

/** A v2 user (ref 2.2): the members that need `expand` are there only if they are asked for. */
export function userJson(call: Call, account: Account, expand: ReadonlySet<string>): object {
  const { state, world, now, effects } = call
  const { accountId, email, name, managed, accountStatus, membershipStatus } = account
  const { groups } = membershipAt(state, account, now - effects.stale)
  return {
    accountId,
    accountType: account.accountType,
    status: compositeStatus(account),
    accountStatus,
    membershipStatus,
    claimStatus: managed ? 'managed' : 'unmanaged',
    ...mfaMember(account, world.switches.externalMfaEnabled),
    ...(managed && { managementSource: managementSource(state, account) }),
    email,
    emailVerified: true,
    name,
    nickname: name.split(' ')[0],
    picture: `https://avatars.example/${accountId}`,
    avatar: `https://avatars.example/${accountId}`,
    addedToOrg: iso(account.addedToOrg),
    ...(managed && { deactivatedOn: account.deactivatedOn === undefined ? null : iso(account.deactivatedOn) }),
    ...(managed && account.jobTitle !== undefined && { jobTitle: account.jobTitle }),
    ...(managed && account.department !== undefined && { department: account.department }),
    ...(expand.has('platformRoles') && { platformRoles: visibleRoles(state, account, now) }),
    ...(expand.has('counts.resources') && { counts: { resources: account.products.length } }),
    ...(expand.has('productAccess') && {
      productAccess: productAccess(state, account, world.switches.productAccessLastActive),
    }),
    ...(expand.has('groups') && {
      groups: groups.flatMap(id =>
        state.groups.filter(group => group.id === id).map(group => ({ id, name: group.name })),
      ),
    }),
    forDeletion: account.deletionOn !== undefined,
    links: { self: accountId },
    // Members that no reference names are always there (ref 8.10).
    locale: 'en-GB',
    trustSignals: { passkeys: 0 },
  }
}

/** `mfaEnabled` is defined for managed accounts only (ref 2.2). */
function mfaMember({ managed, mfaEnabled }: Account, external: 'absent' | 'null' | 'false'): object {
  if (managed) return { mfaEnabled }
  return external === 'absent' ? {} : { mfaEnabled: external === 'null' ? null : false }
}

/** Accounts of an identity provider's directory are synced from there. */
function managementSource(state: State, account: Account): 'synced' | 'invited' | null {
  const directoryId = directoryOf(state, account)
  if (directoryId === undefined) return null
  const directory = state.directories.find(({ id }) => id === directoryId)
  return directory?.identityProvider === undefined ? 'invited' : 'synced'
}
