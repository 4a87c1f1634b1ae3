import type { Operation } from './operation.ts'

const manage = '/users/{accountId}/manage'
const read = { effect: 'read', unscopedOnly: true } as const
const write = { effect: 'write', unscopedOnly: true } as const

/** The user management API: managed accounts only, and only with a key without scopes (ref 3.1). */
export const accountOperations = {
  getPermissions: { words: 'read what the key may do to an account', method: 'GET', path: manage, ...read },
  getProfile: { words: 'read the profile of an account', method: 'GET', path: `${manage}/profile`, ...read },
  updateProfile: { words: 'change the profile of an account', method: 'PATCH', path: `${manage}/profile`, ...write },
  setEmail: {
    words: 'set the email address of an account',
    method: 'PUT',
    path: `${manage}/email`,
    repeatable: true,
    ...write,
  },
  listTokensOfAccount: {
    words: 'list the API tokens of an account',
    method: 'GET',
    path: `${manage}/api-tokens`,
    ...read,
  },
  revokeTokenOfAccount: {
    words: 'revoke an API token',
    method: 'DELETE',
    path: `${manage}/api-tokens/{tokenId}`,
    repeatable: true,
    ...write,
  },
  disableAccount: {
    words: 'deactivate an account',
    method: 'POST',
    path: `${manage}/lifecycle/disable`,
    repeatable: true,
    ...write,
  },
  enableAccount: {
    words: 'reactivate an account',
    method: 'POST',
    path: `${manage}/lifecycle/enable`,
    repeatable: true,
    ...write,
  },
  // Starts a grace period of 14 days (ref 3.1); whether a repetition starts it anew is not documented.
  deleteAccount: { words: 'delete an account', method: 'POST', path: `${manage}/lifecycle/delete`, ...write },
  cancelDeleteAccount: {
    words: 'keep an account from being deleted',
    method: 'POST',
    path: `${manage}/lifecycle/cancel-delete`,
    repeatable: true,
    ...write,
  },
} as const satisfies Readonly<Record<string, Operation>>
