import { directoryOf, visibleRoles, type Account } from '../accounts.ts'
import { limitOf, pageV2, partOf } from '../listing.ts'
import { badBody, notFound } from '../refusal.ts'
import { bodyObject, ok, textsOf, type Call, type Route } from '../route.ts'
import { isObject, type Json, type JsonObject } from '../../model/json.ts'
import { siteOf, userJson } from './user-json.ts'
import { expansion, filtersFromQuery, userFilter } from './user-filter.ts'

const users = '/admin/v2/orgs/:orgId/directories/:directoryId/users'

/** The account that the path names, if lists would show it in this directory. */
export function userOfPath(call: Call, name = 'accountId'): Account {
  const account = call.state.accounts.byId.get(call.param(name))
  if (account === undefined || !userFilter(call, {})(account)) throw notFound('ADMIN-404-8', 'no such user')
  return account
}

function sorting(body: JsonObject): void {
  const { sortBy } = body
  if (sortBy === undefined) return
  const [only, ...more] = Array.isArray(sortBy) ? (sortBy as readonly Json[]) : []
  if (more.length > 0 || !isObject(only) || only['field'] !== 'nick_name')
    throw badBody('sortBy must be one element with the field nick_name')
}

function search(call: Call, body: JsonObject): object {
  const { switches } = call.world
  sorting(body)
  const expand = expansion(textsOf(body, 'expand'))
  const size = limitOf(call, switches.pageSizes.v2, switches.usersMaximumLimit)
  const part = partOf(call, { items: call.state.accounts.list, keep: userFilter(call, body), size })
  return pageV2(part, account => userJson(call, account, expand))
}

function countBy<T>(items: readonly T[], keysOf: (item: T) => readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const item of items) for (const key of keysOf(item)) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}

function stats(call: Call): object {
  const listed = call.state.accounts.list.filter(userFilter(call, {}))
  const roles = countBy(listed, account => visibleRoles(call.state, account, call.now))
  const statuses = countBy(listed, ({ accountStatus }) => [accountStatus])
  return {
    roles: [...roles].map(([roleId, count]) => ({ roleId, count })),
    accountStatus: [...statuses].map(([accountStatus, count]) => ({ accountStatus, count })),
  }
}

function roleAssignments(call: Call): object {
  const { state, now, world } = call
  const account = userOfPath(call)
  const platform = visibleRoles(state, account, now).map(role => ({
    resourceId: `ari:cloud:platform::org/${state.organization.id}`,
    resourceOwner: 'platform',
    roles: [role],
    directoryId: null,
    userDirectoryStatus: null,
  }))
  const apps = account.products.map(product => ({
    resourceId: siteOf(state, product)?.id ?? product,
    resourceOwner: product,
    roles: ['atlassian/user'],
    directoryId: directoryOf(state, account) ?? null,
    userDirectoryStatus: account.membershipStatus,
  }))
  const part = partOf(call, { items: [...platform, ...apps], size: limitOf(call, world.switches.pageSizes.v2, 100) })
  return pageV2(part, assignment => assignment)
}

/** Users of the directories (ref 2.1, 2.2). */
export const userRoutes: readonly Route[] = [
  {
    method: 'POST', // ref 2.1: search users. The body is optional.
    path: `${users}/search`,
    inferredScope: 'read:directories:admin',
    answer: call => ok(search(call, bodyObject(call, 'optional'))),
  },
  {
    method: 'GET', // ref 2.1: list users, until 30 Jun 2027
    path: users,
    scope: 'read:directories:admin',
    answer: call => ok(search(call, filtersFromQuery(call.query))),
  },
  {
    method: 'GET', // ref 2.1: count
    path: `${users}/count`,
    scope: 'read:directories:admin',
    answer: call => {
      const keep = userFilter(call, filtersFromQuery(call.query))
      return ok({ count: call.state.accounts.list.reduce((count, account) => (keep(account) ? count + 1 : count), 0) })
    },
  },
  {
    method: 'GET', // ref 2.1: stats
    path: `${users}/stats`,
    scope: 'read:directories:admin',
    answer: call => ok(stats(call)),
  },
  {
    method: 'GET', // ref 2.1: details
    path: `${users}/:accountId`,
    scope: 'read:directories:admin',
    answer: call => {
      const expand = expansion(['platformRoles', 'counts.resources', 'productAccess', 'groups'])
      return ok({ data: userJson(call, userOfPath(call), expand) })
    },
  },
  {
    method: 'GET', // ref 2.1: roles of a user
    path: `${users}/:accountId/role-assignments`,
    scope: 'read:directories:admin',
    answer: call => ok(roleAssignments(call)),
  },
]
