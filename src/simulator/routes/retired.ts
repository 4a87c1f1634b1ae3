import { refuse, refuseAtGateway } from '../refusal.ts'
import type { Route } from '../route.ts'

const org = '/admin/v1/orgs/:orgId'
const directory = `${org}/directory`

/** v1 operations that were removed after 30 Jun 2026 (ref 2.1). The paths are those of their time. */
const removed: readonly (readonly [Route['method'], string])[] = [
  ['POST', `${org}/users/search`],
  ['POST', `${org}/users/invite`],
  ['POST', `${directory}/users/:accountId/suspend-access`],
  ['POST', `${directory}/users/:accountId/restore-access`],
  ['DELETE', `${directory}/users/:accountId`],
  ['POST', `${org}/groups/search`],
  ['POST', `${directory}/groups`],
  ['DELETE', `${directory}/groups/:groupId`],
  ['POST', `${directory}/groups/:groupId/roles/assign`],
  ['POST', `${directory}/groups/:groupId/roles/revoke`],
  ['POST', `${directory}/groups/:groupId/memberships`],
  ['DELETE', `${directory}/groups/:groupId/memberships/:accountId`],
]

/** They answer as if they had never been, or that they are gone. */
export const retiredRoutes: readonly Route[] = removed.map(([method, path]) => ({
  method,
  path,
  answer: ({ world }) => {
    if (world.switches.retiredRoutesStatus === 404) throw refuseAtGateway(404, 'Request failed to match any route')
    throw refuse(410, 'ADMIN-404-1', 'Gone', 'this operation was removed on 30 June 2026')
  },
}))
