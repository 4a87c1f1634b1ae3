import { limitOf, pageV2, partOf } from '../listing.ts'
import { bodyObject, ok, type Route } from '../route.ts'

/** Apps of the organization, and who may join them (ref 2.1). */
export const appRoutes: readonly Route[] = [
  {
    method: 'POST', // ref 2.1: a POST that reads; the body is optional
    path: '/admin/v2/orgs/:orgId/workspaces',
    scope: 'read:workspaces:admin',
    answer: call => {
      bodyObject(call, 'optional')
      const part = partOf(call, { items: call.state.sites, size: limitOf(call, call.world.switches.pageSizes.v2, 100) })
      const page = pageV2(part, ({ id, name }) => ({
        id,
        type: 'workspaces',
        attributes: { name, type: id.split(':')[2] ?? 'app', status: 'online', hostUrl: 'https://acme.example' },
      }))
      return ok(page)
    },
  },
  {
    method: 'GET', // ref 2.1: experimental; `ANYONE` stands for every domain
    path: '/admin/v2/orgs/:orgId/app-access-settings/domains',
    scope: 'read:app-access-settings:admin',
    answer: call => ok({ data: call.state.appAccessDomains.map(domain => ({ domain })), links: { self: '' } }),
  },
]
