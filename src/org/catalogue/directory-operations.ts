import type { Operation } from './operation.ts'

const v2 = '/admin/v2/orgs/{orgId}'
const directory = `${v2}/directories/{directoryId}` as const
const readDirectories = { version: 'v2', scope: 'read:directories:admin', effect: 'read' } as const
const write = { version: 'v2', effect: 'write' } as const

/** Directories, and the users in them (ref 2.1). A directory id may be `-`: all of them. */
export const directoryOperations = {
  listDirectories: {
    words: 'list directories',
    method: 'GET',
    path: `${v2}/directories`,
    pagination: 'v2',
    ...readDirectories,
  },
  searchUsers: {
    words: 'search users',
    method: 'POST',
    path: `${directory}/users/search`,
    version: 'v2',
    effect: 'read',
    pagination: 'v2',
  },
  listUsers: {
    words: 'list users',
    method: 'GET',
    path: `${directory}/users`,
    pagination: 'v2',
    retired: '2027-06-30',
    ...readDirectories,
  },
  countUsers: { words: 'count users', method: 'GET', path: `${directory}/users/count`, ...readDirectories },
  getUserStats: { words: 'read user statistics', method: 'GET', path: `${directory}/users/stats`, ...readDirectories },
  getUser: { words: 'read a user', method: 'GET', path: `${directory}/users/{accountId}`, ...readDirectories },
  listUserRoles: {
    words: 'list the roles of a user',
    method: 'GET',
    path: `${directory}/users/{accountId}/role-assignments`,
    pagination: 'v2',
    ...readDirectories,
  },
  suspendUser: {
    words: 'suspend access of an account',
    method: 'POST',
    path: `${directory}/users/{accountId}/suspend`,
    repeatable: true,
    ...write,
  },
  restoreUser: {
    words: 'restore access of an account',
    method: 'POST',
    path: `${directory}/users/{accountId}/restore`,
    repeatable: true,
    ...write,
  },
  removeUser: {
    words: 'remove an account from a directory',
    method: 'DELETE',
    path: `${directory}/users/{accountId}`,
    repeatable: true,
    ...write,
  },
  inviteUsers: { words: 'invite users', method: 'POST', path: `${v2}/users/invite`, ...write },
} as const satisfies Readonly<Record<string, Operation>>
