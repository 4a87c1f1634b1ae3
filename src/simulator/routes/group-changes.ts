import { changeMembership, directoryOf, localDirectory, type Account } from '../accounts.ts'
import { accountContext, keyActor, leaveEvent } from '../audit.ts'
import type { AuditActionId } from '../audit-actions.ts'
import { notFound, refuse } from '../refusal.ts'
import { accepted, bodyObject, ok, requiredText, textOf, type Answer, type Call, type Route } from '../route.ts'
import type { Group } from '../state.ts'
import { nextId } from '../world.ts'
import { groupOfPath } from './groups.ts'

const groups = '/admin/v2/orgs/:orgId/directories/:directoryId/groups'
const done: Answer = ok({ message: 'success' })

function leaveGroupEvent(call: Call, action: AuditActionId, { id, name }: Group, account?: Account): void {
  const context = [{ id, type: 'groups', attributes: { name } }, ...(account ? [accountContext(account)] : [])]
  leaveEvent(call.world, { action, actor: keyActor(call.state, call.key), context })
}

function create(call: Call): Answer {
  const { state, world } = call
  const body = bodyObject(call)
  const name = requiredText(body, 'name')
  const directoryId = call.param('directoryId') === '-' ? localDirectory(state).id : call.param('directoryId')
  if (!state.directories.some(({ id }) => id === directoryId)) throw notFound('ADMIN-404-1', 'no such directory')
  if (state.groups.some(group => group.directoryId === directoryId && group.name === name))
    throw refuse(409, 'ADMIN-409-28', 'Conflict', `there is a group called ${name}`)
  const group: Group = {
    id: nextId(world, 'group'),
    name,
    description: textOf(body, 'description') ?? '',
    directoryId,
    externalSynced: false,
    roles: [],
  }
  state.groups.push(group)
  leaveGroupEvent(call, 'group_created', group)
  return ok({ data: { id: group.id, name, directoryId } })
}

function destroy(call: Call): Answer {
  const group = editableGroup(call)
  if (call.state.accounts.list.some(({ groups: own }) => own.includes(group.id)))
    throw refuse(409, 'ADMIN-409-5', 'Group is not empty', 'remove its members first')
  call.state.groups = call.state.groups.filter(({ id }) => id !== group.id)
  leaveGroupEvent(call, 'group_deleted', group)
  return done
}

/** Groups that come from an identity provider are changed there only (ref 2.3). */
function editableGroup(call: Call): Group {
  const group = groupOfPath(call)
  if (group.externalSynced)
    throw refuse(403, 'ADMIN-403-5', 'Group cannot be changed', 'the group is synced from an identity provider')
  return group
}

function member(call: Call, accountId: string): Account {
  const account = call.state.accounts.byId.get(accountId)
  if (account === undefined) throw notFound('ADMIN-404-8', 'no such user')
  return account
}

function setMembers(call: Call, account: Account, has: boolean): Answer {
  const group = editableGroup(call)
  if (has && directoryOf(call.state, account) !== group.directoryId)
    throw refuse(400, 'ADMIN-400-4', 'Invalid resource', 'the user is not in the directory of the group')
  const others = account.groups.filter(id => id !== group.id)
  changeMembership(call.state, account, { groups: has ? [...others, group.id] : others }, call.now)
  leaveGroupEvent(call, 'group_members_updated', group, account)
  return done
}

function setRole(call: Call, has: boolean): Answer {
  const group = groupOfPath(call)
  const body = bodyObject(call)
  const role = { resourceId: requiredText(body, 'resourceId'), roleId: requiredText(body, 'roleId') }
  const others = group.roles.filter(
    ({ resourceId, roleId }) => resourceId !== role.resourceId || roleId !== role.roleId,
  )
  group.roles = has ? [...others, role] : others
  if (has) leaveGroupEvent(call, 'group_granted_admin_access', group)
  return accepted({ message: 'success' })
}

/** Changes of groups (ref 2.1). Their bodies of success are not documented. */
export const groupChangeRoutes: readonly Route[] = [
  {
    method: 'POST', // ref 2.1: create
    path: groups,
    answer: create,
  },
  {
    method: 'DELETE', // ref 2.1: delete
    path: `${groups}/:groupId`,
    answer: destroy,
  },
  {
    method: 'POST', // ref 2.1: add a member
    path: `${groups}/:groupId/memberships`,
    answer: call => setMembers(call, member(call, requiredText(bodyObject(call), 'accountId')), true),
  },
  {
    method: 'DELETE', // ref 2.1: remove a member
    path: `${groups}/:groupId/memberships/:accountId`,
    answer: call => setMembers(call, member(call, call.param('accountId')), false),
  },
  {
    method: 'POST', // ref 2.1: group → app role
    path: `${groups}/:groupId/role-assignments/assign`,
    answer: call => setRole(call, true),
  },
  {
    method: 'POST', // ref 2.1: group → app role
    path: `${groups}/:groupId/role-assignments/revoke`,
    answer: call => setRole(call, false),
  },
]
