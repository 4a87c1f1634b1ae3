import type { ApiRequest } from '../model/api-request.ts'
import type { SavedPlan } from '../model/plan.ts'

/** Every request that a plan of this version can hold: moves, allowlists with their resources, access of external accounts. */
const planned: Readonly<Record<string, readonly { readonly method: ApiRequest['method']; readonly path: RegExp }[]>> = {
  '/admin/control/v1/orgs/': [
    { method: 'POST', path: /^\/auth-policy\/[^/?]+\/add-users$/ },
    { method: 'POST', path: /^\/policies$/ },
    { method: 'PUT', path: /^\/policies\/[^/?]+$/ },
    { method: 'DELETE', path: /^\/policies\/[^/?]+$/ },
    { method: 'POST', path: /^\/policies\/[^/?]+\/resources$/ },
    { method: 'DELETE', path: /^\/policies\/[^/?]+\/resources\/[^/?]+$/ },
  ],
  '/admin/v2/orgs/': [{ method: 'POST', path: /^\/directories\/-\/users\/[^/?]+\/(suspend|restore)$/ }],
}

/** Requests of a plan file that no plan makes. The digest shows a slip of the hand; whoever edits on purpose can make it anew. */
export function foreignRequests({ steps, organization }: SavedPlan): readonly ApiRequest[] {
  const isPlanned = ({ method, path }: ApiRequest): boolean =>
    Object.entries(planned).some(([base, own]) => {
      const start = `${base}${organization.id}`
      return (
        path.startsWith(start) &&
        own.some(other => other.method === method && other.path.test(path.slice(start.length)))
      )
    })
  return steps.flatMap(({ requests = [] }) => requests).filter(request => !isPlanned(request))
}
