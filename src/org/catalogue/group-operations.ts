import type { Operation } from './operation.ts'

const groups = '/admin/v2/orgs/{orgId}/directories/{directoryId}/groups'
const group = `${groups}/{groupId}` as const
const read = { version: 'v2', scope: 'read:groups:admin', effect: 'read' } as const
const write = { version: 'v2', effect: 'write' } as const

/** Groups of a directory, their members and their app roles (ref 2.1). */
export const groupOperations = {
  searchGroups: {
    words: 'search groups',
    method: 'POST',
    path: `${groups}/search`,
    version: 'v2',
    effect: 'read',
    pagination: 'v2',
  },
  listGroups: {
    words: 'list groups',
    method: 'GET',
    path: groups,
    pagination: 'v2',
    retired: '2027-06-30',
    ...read,
  },
  createGroup: { words: 'create a group', method: 'POST', path: groups, ...write },
  getGroup: { words: 'read a group', method: 'GET', path: group, ...read },
  deleteGroup: { words: 'delete a group', method: 'DELETE', path: group, repeatable: true, ...write },
  addGroupMember: { words: 'add an account to a group', method: 'POST', path: `${group}/memberships`, ...write },
  removeGroupMember: {
    words: 'remove an account from a group',
    method: 'DELETE',
    path: `${group}/memberships/{accountId}`,
    repeatable: true,
    ...write,
  },
  listGroupRoles: {
    words: 'list the roles of a group',
    method: 'GET',
    path: `${group}/role-assignments`,
    pagination: 'v2',
    ...read,
  },
  assignGroupRole: {
    words: 'give a group a role',
    method: 'POST',
    path: `${group}/role-assignments/assign`,
    repeatable: true,
    ...write,
  },
  revokeGroupRole: {
    words: 'take a role from a group',
    method: 'POST',
    path: `${group}/role-assignments/revoke`,
    repeatable: true,
    ...write,
  },
} as const satisfies Readonly<Record<string, Operation>>
