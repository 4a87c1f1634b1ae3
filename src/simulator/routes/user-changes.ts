import { domainOf } from '../../model/account.ts'
import { accountByEmail, addAccount, changeMembership, localDirectory, type Account } from '../accounts.ts'
import { accountContext, keyActor, leaveEvent } from '../audit.ts'
import type { AuditActionId } from '../audit-actions.ts'
import { refuse } from '../refusal.ts'
import { bodyObject, ok, requiredText, requiredTexts, type Answer, type Call, type Route } from '../route.ts'
import { seededAccountId } from '../seeded-id.ts'
import { siteOf } from './user-json.ts'
import { userOfPath } from './users.ts'

const users = '/admin/v2/orgs/:orgId/directories/:directoryId/users'
const orgUsers = '/admin/v1/orgs/:orgId/users'
const done: Answer = ok({ message: 'success' })

/** Leaves the event of a change of one account, by the admin of the key. */
export function leaveUserEvent(call: Call, action: AuditActionId, account: Account): void {
  leaveEvent(call.world, { action, actor: keyActor(call.state, call.key), context: [accountContext(account)] })
}

function setMembership(call: Call, from: Account['membershipStatus'], to: Account['membershipStatus']): Answer {
  const account = userOfPath(call)
  if (account.membershipStatus !== from && account.membershipStatus !== to)
    throw refuse(409, 'ADMIN-409-28', 'Conflict', `the user is ${account.membershipStatus}`)
  account.membershipStatus = to
  leaveUserEvent(call, to === 'suspended' ? 'user_suspended' : 'user_restored', account)
  return done
}

function remove(call: Call): Answer {
  const account = userOfPath(call)
  account.membershipStatus = 'no_membership'
  account.platformRoles = []
  account.products = []
  changeMembership(call.state, account, { groups: [] }, call.now)
  leaveUserEvent(call, 'user_removed', account)
  return done
}

function invite(call: Call): Answer {
  const { state, now } = call
  if (!state.guard) throw refuse(402, 'ADMIN-UAM-402-1', 'Payment required', 'inviting needs a paid subscription')
  const emails = requiredTexts(bodyObject(call), 'emails')
  const wrong = emails.find(email => domainOf(email) === '' || !email.includes('@'))
  if (wrong !== undefined) throw refuse(400, 'ADMIN-UAM-400-1', 'Invalid request body', `${wrong} is no email address`)
  const data = emails.map(email => {
    const account = accountByEmail(state.accounts, email) ?? newcomer(call, email)
    if (account.membershipStatus === 'no_membership') {
      account.membershipStatus = 'active'
      account.addedToOrg = now
    }
    leaveUserEvent(call, 'user_invited', account)
    return { id: account.accountId, email }
  })
  return ok({ data })
}

/** A new account: managed, and in the default policy of the local directory, if the domain is claimed (ref 5.1). */
function newcomer({ state, world, now }: Call, email: string): Account {
  const managed = state.domains.some(({ name, status }) => status === 'verified' && name === domainOf(email))
  const local = localDirectory(state).id
  const policy = state.authenticationPolicies.find(({ directoryId, ...own }) => own.default && directoryId === local)
  return addAccount(state.accounts, {
    accountId: seededAccountId(world.seed, email.toLowerCase()),
    email,
    name: email.split('@')[0] ?? email,
    accountType: 'atlassian',
    managed,
    accountStatus: 'active',
    membershipStatus: 'active',
    policyId: managed ? (policy ?? state.authenticationPolicies[0])?.id : undefined,
    groups: [],
    platformRoles: [],
    products: [],
    mfaEnabled: false,
    lastActive: null,
    addedToOrg: now,
    deactivatedOn: undefined,
    deletionOn: undefined,
    jobTitle: undefined,
    department: undefined,
  })
}

/** Org-level roles: one value, which takes up to 30 s to show (ref 2.1). */
function organizationRole(call: Call, change: 'assign' | 'revoke'): Answer {
  const { state, now, world } = call
  const role = requiredText(bodyObject(call), 'role')
  if (role !== 'atlassian/org-admin')
    throw refuse(400, 'ADMIN-UAM-400-2', 'Invalid role', 'role must be atlassian/org-admin')
  const account = accountOfPath(call)
  state.roleChanges.set(account.accountId, {
    visibleAt: now + world.switches.roleVisibleAfterMilliseconds,
    before: account.platformRoles,
  })
  const others = account.platformRoles.filter(held => held !== role)
  account.platformRoles = change === 'assign' ? [...others, role] : others
  leaveUserEvent(call, change === 'assign' ? 'added_org_admin' : 'removed_org_admin', account)
  return done
}

function platformRole(call: Call, change: 'assign' | 'revoke'): Answer {
  const body = bodyObject(call)
  const [role, resource] = [requiredText(body, 'role'), requiredText(body, 'resource')]
  const account = accountOfPath(call)
  if (role === 'atlassian/user') {
    if (siteOf(call.state, resource) === undefined) throw refuse(400, 'ADMIN-UAM-400-3', 'Invalid resource', resource)
    const others = account.products.filter(product => siteOf(call.state, product)?.id !== resource)
    account.products = change === 'assign' ? [...others, resource] : others
  } else {
    const others = account.platformRoles.filter(held => held !== role)
    account.platformRoles = change === 'assign' ? [...others, role] : others
  }
  leaveUserEvent(call, change === 'assign' ? 'user_granted_role' : 'user_revoked_role', account)
  return done
}

function accountOfPath(call: Call): Account {
  const account = call.state.accounts.byId.get(call.param('userId'))
  if (account === undefined) throw refuse(404, 'ADMIN-UAM-404-1', 'Not found', 'no such user')
  return account
}

/** Changes of users' access (ref 2.1). Their bodies of success are not documented. */
export const userChangeRoutes: readonly Route[] = [
  {
    method: 'POST', // ref 2.1: suspends all apps of the directory, roles and groups stay
    path: `${users}/:accountId/suspend`,
    answer: call => setMembership(call, 'active', 'suspended'),
  },
  {
    method: 'POST', // ref 2.1: restore
    path: `${users}/:accountId/restore`,
    answer: call => setMembership(call, 'suspended', 'active'),
  },
  {
    method: 'DELETE', // ref 2.1: removes from the directory
    path: `${users}/:accountId`,
    answer: remove,
  },
  {
    method: 'POST', // ref 2.1: invite, 402 without a paid subscription
    path: '/admin/v2/orgs/:orgId/users/invite',
    answer: invite,
  },
  {
    method: 'POST', // ref 2.1: org admin on
    path: `${orgUsers}/:userId/role-assignments/assign`,
    answer: call => organizationRole(call, 'assign'),
  },
  {
    method: 'POST', // ref 2.1: org admin off
    path: `${orgUsers}/:userId/role-assignments/revoke`,
    answer: call => organizationRole(call, 'revoke'),
  },
  {
    method: 'POST', // ref 2.1: platform roles
    path: `${orgUsers}/:userId/roles/assign`,
    answer: call => platformRole(call, 'assign'),
  },
  {
    method: 'POST', // ref 2.1: platform roles
    path: `${orgUsers}/:userId/roles/revoke`,
    answer: call => platformRole(call, 'revoke'),
  },
]
