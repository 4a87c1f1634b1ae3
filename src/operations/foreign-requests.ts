import type { ApiRequest } from '../model/api-request.ts'
import type { SavedPlan } from '../model/plan.ts'

const control = (organizationId: string): string => `/admin/control/v1/orgs/${organizationId}`

/** Every request that a plan of this version can hold, below the organization: moves, and allowlists with their resources. */
const planned: readonly { readonly method: ApiRequest['method']; readonly path: RegExp }[] = [
  { method: 'POST', path: /^\/auth-policy\/[^/?]+\/add-users$/ },
  { method: 'POST', path: /^\/policies$/ },
  { method: 'PUT', path: /^\/policies\/[^/?]+$/ },
  { method: 'DELETE', path: /^\/policies\/[^/?]+$/ },
  { method: 'POST', path: /^\/policies\/[^/?]+\/resources$/ },
  { method: 'DELETE', path: /^\/policies\/[^/?]+\/resources\/[^/?]+$/ },
]

/** Requests of a plan file that no plan makes. The digest shows a slip of the hand; whoever edits on purpose can make it anew. */
export function foreignRequests({ steps, organization }: SavedPlan): readonly ApiRequest[] {
  const base = control(organization.id)
  return steps
    .flatMap(({ requests = [] }) => requests)
    .filter(
      ({ method, path }) =>
        !path.startsWith(base) ||
        !planned.some(other => other.method === method && other.path.test(path.slice(base.length))),
    )
}
