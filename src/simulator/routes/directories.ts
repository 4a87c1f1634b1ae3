import { directoryOf } from '../accounts.ts'
import { limitOf, pageV1, pageV2, partOf } from '../listing.ts'
import { notFound } from '../refusal.ts'
import { ok, type Call, type Route } from '../route.ts'
import type { Directory, Domain } from '../state.ts'

/** No flag says which directory is the local one (ref 2.3). */
const directoryJson = ({ id, name }: Directory): object => ({
  directoryId: id,
  name,
  icon: 'https://avatars.example/directory',
})

function directories(call: Call): object {
  const { state, query } = call
  const ids = query.getAll('directoryIds').flatMap(value => value.split(','))
  const term = query.get('searchTerm')?.toLowerCase()
  const accountId = query.get('accountId')
  const account = accountId === null ? undefined : state.accounts.byId.get(accountId)
  if (accountId !== null && account === undefined) throw notFound('ADMIN-404-8', 'no such user')
  const own = account && directoryOf(state, account)
  const part = partOf(call, {
    items: state.directories,
    keep: ({ id, name }) =>
      (ids.length === 0 || ids.includes(id)) &&
      (term === undefined || name.toLowerCase().includes(term)) &&
      (account === undefined || id === own),
    size: limitOf(call, call.world.switches.pageSizes.v2, 100),
  })
  return pageV2(part, directoryJson)
}

const domainJson =
  ({ world, state }: Call) =>
  ({ id, name, type, status }: Domain): object => ({
    id,
    type: 'domains',
    attributes: { name, claim: { type, status } },
    links: { self: `${world.url}/admin/v1/orgs/${state.organization.id}/domains/${id}` },
  })

/** Directories and domains (ref 2.1, 2.3). */
export const directoryRoutes: readonly Route[] = [
  {
    method: 'GET', // ref 2.1: directories
    path: '/admin/v2/orgs/:orgId/directories',
    scope: 'read:directories:admin',
    answer: call => ok(directories(call)),
  },
  {
    method: 'GET', // ref 2.1: domains
    path: '/admin/v1/orgs/:orgId/domains',
    scope: 'read:domains:admin',
    answer: call => {
      const part = partOf(call, { items: call.state.domains, size: call.world.switches.pageSizes.v1 })
      return ok(pageV1(call, part, domainJson(call)))
    },
  },
  {
    method: 'GET', // ref 2.1: one domain
    path: '/admin/v1/orgs/:orgId/domains/:domainId',
    scope: 'read:domains:admin',
    answer: call => {
      const domain = call.state.domains.find(({ id }) => id === call.param('domainId'))
      if (domain === undefined) throw notFound('ADMIN-404-3', 'no such domain')
      return ok({ data: domainJson(call)(domain) })
    },
  },
]
