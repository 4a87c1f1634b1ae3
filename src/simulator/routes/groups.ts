import { foldEmail } from '../../model/account.ts'
import type { Json, JsonObject } from '../../model/json.ts'
import { membershipAt } from '../accounts.ts'
import { limitOf, pageV2, partOf } from '../listing.ts'
import { badBody, notFound } from '../refusal.ts'
import { bodyObject, ok, textOf, textsOf, type Call, type Route } from '../route.ts'
import type { Group } from '../state.ts'

/** Seen as the default of groups/search (S10, 2026-08); ref 4 names none. */
const groupsPageSize = 20

const groups = '/admin/v2/orgs/:orgId/directories/:directoryId/groups'

/** The group that the path names, in its directory or in `-`. */
export function groupOfPath(call: Call): Group {
  const directoryId = call.param('directoryId')
  const group = call.state.groups.find(({ id }) => id === call.param('groupId'))
  if (group === undefined || (directoryId !== '-' && group.directoryId !== directoryId))
    throw notFound('ADMIN-404-10', 'no such group')
  return group
}

/** How many accounts each group has, as a read of this call sees it. */
export function memberCounts({ state, now, effects }: Call): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const account of state.accounts.list)
    for (const id of membershipAt(state, account, now - effects.stale).groups) counts.set(id, (counts.get(id) ?? 0) + 1)
  return counts
}

function groupJson({ id, name, description, directoryId, externalSynced, roles }: Group, counts: object): object {
  return {
    id,
    name,
    description,
    directoryId,
    externalSynced,
    managedBy: externalSynced ? 'external' : 'admins',
    managementAccess: { deletable: !externalSynced, modifiable: !externalSynced, readable: true },
    counts: { resources: roles.length, ...counts },
    links: { self: id },
    // A member that no reference names is always there (ref 8.10).
    colour: 'teal',
  }
}

/** Body members of groups/search: the reference lists none; these are what client libraries send [inferred]. */
function search(call: Call, body: JsonObject, withUsers: boolean): object {
  const { state } = call
  const directoryId = call.param('directoryId')
  if (directoryId !== '-' && !state.directories.some(({ id }) => id === directoryId))
    throw notFound('ADMIN-404-1', 'no such directory')
  const [ids, names, directoryIds] = ['groupIds', 'groupNames', 'directoryIds'].map(name => textsOf(body, name))
  const term = textOf(body, 'searchTerm')?.toLowerCase()
  if (names !== undefined && (ids !== undefined || term !== undefined))
    throw badBody('groupNames excludes groupIds and searchTerm')
  const wantedNames = names?.map(foldEmail)
  const members = textsOf(body, 'accountIds')?.map(id => state.accounts.byId.get(id)?.groups ?? [])
  const part = partOf(call, {
    items: state.groups,
    keep: group =>
      (directoryId === '-' || group.directoryId === directoryId) &&
      (ids?.includes(group.id) ?? true) &&
      (directoryIds?.includes(group.directoryId) ?? true) &&
      (wantedNames?.includes(foldEmail(group.name)) ?? true) &&
      (term === undefined || group.name.toLowerCase().includes(term)) &&
      (members?.some(own => own.includes(group.id)) ?? true),
    size: limitOf(call, groupsPageSize, 100),
  })
  const counts = withUsers ? memberCounts(call) : undefined
  return pageV2(part, group => groupJson(group, counts === undefined ? {} : { users: counts.get(group.id) ?? 0 }))
}

function filtersFromQuery(query: URLSearchParams): JsonObject {
  const body: Record<string, Json> = {}
  for (const name of ['groupIds', 'directoryIds', 'accountIds'])
    if (query.has(name)) body[name] = query.getAll(name).flatMap(value => value.split(','))
  if (query.has('searchTerm')) body['searchTerm'] = query.get('searchTerm')
  return body
}

/** Reads of groups (ref 2.1, 2.3). */
export const groupRoutes: readonly Route[] = [
  {
    method: 'POST', // ref 2.1: search groups. The body is optional.
    path: `${groups}/search`,
    inferredScope: 'read:groups:admin',
    answer: call => {
      const body = bodyObject(call, 'optional')
      return ok(search(call, body, textsOf(body, 'expand')?.includes('counts.users') ?? false))
    },
  },
  {
    method: 'GET', // ref 2.1: list groups, until 30 Jun 2027
    path: groups,
    scope: 'read:groups:admin',
    answer: call => ok(search(call, filtersFromQuery(call.query), false)),
  },
  {
    method: 'GET', // ref 2.1: one group
    path: `${groups}/:groupId`,
    scope: 'read:groups:admin',
    answer: call => {
      const group = groupOfPath(call)
      return ok({ data: groupJson(group, { users: memberCounts(call).get(group.id) ?? 0 }) })
    },
  },
  {
    method: 'GET', // ref 2.1: app roles of a group
    path: `${groups}/:groupId/role-assignments`,
    scope: 'read:groups:admin',
    answer: call => {
      const part = partOf(call, {
        items: groupOfPath(call).roles,
        size: limitOf(call, call.world.switches.pageSizes.v2, 100),
      })
      return ok(pageV2(part, ({ resourceId, roleId }) => ({ resourceId, roles: [roleId] })))
    },
  },
]
