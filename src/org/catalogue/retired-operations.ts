import type { Operation } from './operation.ts'

const v1 = '/admin/v1/orgs/{orgId}'
const user = `${v1}/directory/users/{accountId}` as const
const groups = `${v1}/directory/groups` as const
const row = { version: 'v1', effect: 'write', retired: '2026-06-30' } as const

/** What stopped answering after 30 June 2026 (ref 2.1). Kept so that a call to one is named, and refused before it is sent. */
export const retiredOperations = {
  retiredSearchUsers: { words: 'search users', method: 'POST', path: `${v1}/users/search`, ...row, effect: 'read' },
  retiredInviteUsers: { words: 'invite users', method: 'POST', path: `${v1}/users/invite`, ...row },
  retiredSuspendUser: { words: 'suspend access of an account', method: 'POST', path: `${user}/suspend-access`, ...row },
  retiredRestoreUser: { words: 'restore access of an account', method: 'POST', path: `${user}/restore-access`, ...row },
  retiredRemoveUser: { words: 'remove an account from a directory', method: 'DELETE', path: user, ...row },
  retiredSearchGroups: { words: 'search groups', method: 'POST', path: `${v1}/groups/search`, ...row, effect: 'read' },
  retiredCreateGroup: { words: 'create a group', method: 'POST', path: groups, ...row },
  retiredDeleteGroup: { words: 'delete a group', method: 'DELETE', path: `${groups}/{groupId}`, ...row },
  retiredAssignGroupRole: {
    words: 'give a group a role',
    method: 'POST',
    path: `${groups}/{groupId}/roles/assign`,
    ...row,
  },
  retiredRevokeGroupRole: {
    words: 'take a role from a group',
    method: 'POST',
    path: `${groups}/{groupId}/roles/revoke`,
    ...row,
  },
  retiredAddGroupMember: {
    words: 'add an account to a group',
    method: 'POST',
    path: `${groups}/{groupId}/memberships`,
    ...row,
  },
  retiredRemoveGroupMember: {
    words: 'remove an account from a group',
    method: 'DELETE',
    path: `${groups}/{groupId}/memberships/{accountId}`,
    ...row,
  },
} as const satisfies Readonly<Record<string, Operation>>
