import { isObject } from '../../model/json.ts'
import { changeEmail, directoryOf, type Account } from '../accounts.ts'
import type { AuditActionId } from '../audit-actions.ts'
import { iso } from '../moments.ts'
import { badBody, notFound, refuse, Refusal } from '../refusal.ts'
import { bodyObject, ok, requiredText, textOf, type Answer, type Call, type Route } from '../route.ts'
import { leaveUserEvent } from './user-changes.ts'

const manage = '/users/:accountId/manage'
const graceMilliseconds = 14 * 86_400_000
const noContent: Answer = { status: 204 }

/** The account of the path: only managed accounts can be managed (ref 3.1). */
function managed(call: Call): Account {
  const account = call.state.accounts.byId.get(call.param('accountId'))
  if (account === undefined) throw notFound('ADMIN-404-8', 'no such user')
  if (!account.managed) throw refusedFor('managedAccount')
  return account
}

/** A refusal that carries the key of its reason (ref 3.1). */
const refusedFor = (key: string): Refusal =>
  new Refusal(403, key, id => ({
    key: 'forbidden',
    reason: { key },
    errors: [{ id, status: '403', code: 'ADMIN-403-3', title: 'You may not change this account', detail: key }],
  }))

/** Accounts that an identity provider keeps are changed there (ref 3.1: `externalDirectory.scim`). */
function syncedFrom({ state }: Call, account: Account): boolean {
  const directoryId = directoryOf(state, account)
  return state.directories.some(({ id, identityProvider }) => id === directoryId && identityProvider !== undefined)
}

function enforcesSingleSignOn({ state }: Call, { policyId }: Account): boolean {
  return state.authenticationPolicies.some(
    ({ id, settings }) => id === policyId && settings.singleSignOn === 'enforced',
  )
}

/** What the key may do to the account; the reasons are the one API hint at SAML and SCIM (ref 3.1). */
function privileges(call: Call): Answer {
  const account = managed(call)
  const [scim, saml] = [syncedFrom(call, account), enforcesSingleSignOn(call, account)]
  const allowed = { allowed: true }
  const unless = (condition: boolean, key: string): object =>
    condition ? { allowed: false, reason: { key } } : allowed
  const all: Readonly<Record<string, object>> = {
    profile: unless(scim, 'externalDirectory.scim'),
    'profile.read': allowed,
    'profile.write': unless(scim, 'externalDirectory.scim'),
    'email.set': unless(scim || saml, scim ? 'externalDirectory.scim' : 'authPolicy.saml'),
    'lifecycle.enablement': unless(scim, 'externalDirectory.scim'),
    'lifecycle.delete': allowed,
    'apiToken.read': allowed,
    'apiToken.delete': allowed,
  }
  const asked = call.query.getAll('privileges').flatMap(value => value.split(','))
  return ok(
    asked.length === 0 ? all : Object.fromEntries(asked.flatMap(name => (all[name] ? [[name, all[name]]] : []))),
  )
}

/** The profile has no 2SV member (ref 3.1). */
const profileJson = (account: Account): object => ({
  account: {
    account_id: account.accountId,
    account_type: account.accountType,
    account_status: account.accountStatus,
    name: account.name,
    picture: `https://avatars.example/${account.accountId}`,
    email: account.email,
    characteristics: { not_mentionable: account.accountType === 'app' },
    extended_profile: { job_title: account.jobTitle, department: account.department },
    privacy_settings: { name: 'public' },
  },
})

function patchProfile(call: Call): Answer {
  const account = managed(call)
  if (syncedFrom(call, account)) throw refusedFor('externalDirectory.scim')
  const body = bodyObject(call)
  account.name = textOf(body, 'name') ?? account.name
  const extended = body['extended_profile']
  if (extended !== undefined && !isObject(extended)) throw badBody('extended_profile must be an object')
  account.jobTitle = (extended && textOf(extended, 'job_title')) ?? account.jobTitle
  account.department = (extended && textOf(extended, 'department')) ?? account.department
  leaveUserEvent(call, 'user_profile_updated', account)
  return ok(profileJson(account))
}

function setEmail(call: Call): Answer {
  const account = managed(call)
  if (syncedFrom(call, account)) throw refusedFor('externalDirectory.scim')
  const email = requiredText(bodyObject(call), 'email')
  if (!/^[^@\s]+@[^@\s]+$/.test(email)) throw badBody('email must be an email address')
  if (!changeEmail(call.state.accounts, account, email))
    throw refuse(409, 'ADMIN-409-28', 'Conflict', 'another account has this email address')
  leaveUserEvent(call, 'user_profile_updated', account)
  return noContent
}

function lifecycle(call: Call, action: AuditActionId, change: (account: Account) => void): Answer {
  const account = managed(call)
  if (syncedFrom(call, account) && action !== 'user_deletion_scheduled' && action !== 'user_deletion_cancelled')
    throw refusedFor('externalDirectory.scim')
  change(account)
  leaveUserEvent(call, action, account)
  return noContent
}

const unscopedOnly = { unscopedOnly: true } as const

/** User management: only for keys without scopes, only for managed accounts (ref 3.1). */
export const manageRoutes: readonly Route[] = [
  { method: 'GET', path: manage, ...unscopedOnly, answer: privileges }, // ref 3.1: what this key may do
  {
    method: 'GET', // ref 3.1: profile
    path: `${manage}/profile`,
    ...unscopedOnly,
    answer: call => ok(profileJson(managed(call))),
  },
  { method: 'PATCH', path: `${manage}/profile`, ...unscopedOnly, answer: patchProfile }, // ref 3.1: profile
  { method: 'PUT', path: `${manage}/email`, ...unscopedOnly, answer: setEmail }, // ref 3.1: email
  {
    method: 'GET', // ref 3.1: tokens of one user
    path: `${manage}/api-tokens`,
    ...unscopedOnly,
    answer: call => {
      const { accountId } = managed(call)
      const own = call.state.apiTokens.filter(token => token.accountId === accountId)
      return ok(
        own.map(({ id, label, createdAt, lastActiveAt, expiresAt }) => ({
          id,
          label,
          createdAt: iso(createdAt),
          ...(lastActiveAt !== undefined && { lastAccess: iso(lastActiveAt) }),
          ...(expiresAt !== undefined && { expiry: iso(expiresAt) }),
        })),
      )
    },
  },
  {
    method: 'DELETE', // ref 3.1: revoke one token
    path: `${manage}/api-tokens/:tokenId`,
    ...unscopedOnly,
    answer: call => {
      const account = managed(call)
      const token = call.state.apiTokens.find(
        ({ id, accountId }) => id === call.param('tokenId') && accountId === account.accountId,
      )
      if (token === undefined) throw notFound('ADMIN-404-1', 'no such token')
      call.state.apiTokens = call.state.apiTokens.filter(({ id }) => id !== token.id)
      leaveUserEvent(call, 'api_token_revoked', account)
      return noContent
    },
  },
  {
    method: 'POST', // ref 3.1: disable
    path: `${manage}/lifecycle/disable`,
    ...unscopedOnly,
    answer: call =>
      lifecycle(call, 'user_deactivated', account => {
        account.accountStatus = 'inactive'
        account.deactivatedOn = call.now
      }),
  },
  {
    method: 'POST', // ref 3.1: enable
    path: `${manage}/lifecycle/enable`,
    ...unscopedOnly,
    answer: call =>
      lifecycle(call, 'user_reactivated', account => {
        account.accountStatus = 'active'
        account.deactivatedOn = undefined
      }),
  },
  {
    method: 'POST', // ref 3.1: delete, with 14 days of grace
    path: `${manage}/lifecycle/delete`,
    ...unscopedOnly,
    answer: call =>
      lifecycle(call, 'user_deletion_scheduled', account => {
        account.deletionOn = call.now + graceMilliseconds
      }),
  },
  {
    method: 'POST', // ref 3.1: cancel-delete
    path: `${manage}/lifecycle/cancel-delete`,
    ...unscopedOnly,
    answer: call =>
      lifecycle(call, 'user_deletion_cancelled', account => {
        account.deletionOn = undefined
      }),
  },
]
