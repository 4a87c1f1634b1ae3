import { forbidden, refuse, refuseAtGateway } from './refusal.ts'
import type { Route } from './route.ts'
import type { ApiKey, State } from './state.ts'
import type { Switches } from './switches.ts'
import type { World } from './world.ts'

/** The scope that stands in the list of acceptable ones where no scope will do (ref 3.1: not offered in the dialog). */
const unofferedScope = 'manage:org'

/** The key in an Authorization header. Refuses what is no living key (ref 4): 401. */
export function keyOf({ state, switches }: World, header: string | undefined, now: number): ApiKey {
  const value = /^Bearer\s+(\S+)\s*$/i.exec(header ?? '')?.[1]
  const key = state.apiKeys.find(candidate => candidate.key === value)
  if (key === undefined || key.revoked || key.expiresAt <= now) throw refuseAtGateway(401, 'Unauthorized')
  const owner = key.ownerId === undefined ? undefined : state.accounts.byId.get(key.ownerId)
  // The key acts with the rights of the admin who made it (ref 4) [inferred].
  if (owner !== undefined && owner.accountStatus !== 'active') throw refuseAtGateway(401, 'Unauthorized')
  if (switches.ownerMustBeOrgAdmin && !(owner?.platformRoles.includes('atlassian/org-admin') ?? false))
    throw forbidden('the admin who made this key is no organization admin')
  return key
}

/** Refuses a scoped key that lacks the scope of a route (ref 4: the body lists acceptableScopes). */
export function checkScope(route: Route, { scopes }: ApiKey, switches: Switches): void {
  if (scopes === undefined) return
  const scope = route.scope ?? (switches.unlistedScopes === 'required' ? route.inferredScope : undefined)
  const needed = route.unscopedOnly === true ? unofferedScope : scope
  if (needed !== undefined && !scopes.includes(needed))
    throw refuseAtGateway(403, 'Unauthorized; scope does not match', { acceptableScopes: [needed] })
}

/** Refuses another organization: one the key sees has nothing but its name here, any other is not there (ref 4). */
export function checkOrganization(route: Route, orgId: string | undefined, state: State, switches: Switches): void {
  if (orgId === undefined || orgId === state.organization.id) return
  const visible = state.otherOrganizations.some(({ id }) => id === orgId)
  if (visible && route.path.endsWith('/:orgId')) return
  if (visible || switches.unknownOrganizationStatus === 403)
    throw forbidden('this key may not manage that organization')
  throw refuse(404, 'ADMIN-404-2', 'Not found', 'no such organization')
}
