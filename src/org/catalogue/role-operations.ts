import type { Operation } from './operation.ts'

const user = '/admin/v1/orgs/{orgId}/users/{userId}'
const write = { method: 'POST', version: 'v1', effect: 'write', repeatable: true } as const

/** Roles of accounts (ref 2.1): a role that is given twice is held once. */
export const roleOperations = {
  assignOrganizationRole: {
    words: 'make an account an organization admin',
    path: `${user}/role-assignments/assign`,
    ...write,
  },
  revokeOrganizationRole: {
    words: 'take the organization admin role from an account',
    path: `${user}/role-assignments/revoke`,
    ...write,
  },
  assignPlatformRole: { words: 'give an account a role', path: `${user}/roles/assign`, ...write },
  revokePlatformRole: { words: 'take a role from an account', path: `${user}/roles/revoke`, ...write },
} as const satisfies Readonly<Record<string, Operation>>
