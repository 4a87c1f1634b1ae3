import type { Sighting } from '../../adoption/sighting.ts'
import type { Outcome } from '../../diagnostics/outcome.ts'
import type { LiveAccount, LiveObject } from '../../kinds/live.ts'
import type { Desired, Resource } from '../../kinds/resource.ts'
import { bindPolicies, type Bindings } from '../bind-policies.ts'
import type { LedgerState } from '../ledger-state.ts'
import { authenticationPolicies } from '../live-objects.ts'
import { validityOf } from '../read-live.ts'
import { staleByEvents } from '../stale-by-events.ts'

/** Which declared policy is which, as a plan would find it. */
export function bindDocuments(
  { AuthenticationPolicy }: Pick<Desired, 'AuthenticationPolicy'>,
  { accounts, policies, at }: Sighting,
  state: LedgerState,
): Outcome<Bindings> {
  const servedNames = new Map(policies.flatMap(({ id, name }) => (name?.from === 'api' ? [[id, name.name]] : [])))
  // Which policy is which is told by the addresses of those in it.
  const seen = accounts.map((account): LiveAccount => ({ ...account, status: 'active', roles: [] }))
  return bindPolicies(AuthenticationPolicy, { accounts: seen, externals: [], servedNames }, state, at)
}

/** A declared policy that holds nobody, and so cannot be seen: what evidence tells of it all the same. */
export interface UnseenPolicy {
  readonly document: Resource<'AuthenticationPolicy'>
  readonly fields: LiveObject['fields']
}

/** The declared policies that were not seen, as a plan knows them. */
export function unseenPolicies(
  desired: Desired,
  { policies, at }: Sighting,
  bindings: Bindings,
  state: LedgerState,
): readonly UnseenPolicy[] {
  const seen = new Set(policies.map(({ id }) => id.toLowerCase()))
  const known = authenticationPolicies(
    desired.AuthenticationPolicy,
    [],
    bindings,
    state,
    validityOf(desired, new Date(at)),
  )
  const { objects } = staleByEvents({ objects: known, undeclared: [] }, state.audit.events)
  return desired.AuthenticationPolicy.flatMap((document, index) => {
    const fields = objects[index]?.fields
    return fields === undefined || seen.has(bindings.ids.get(document.spec.name)?.toLowerCase() ?? '')
      ? []
      : [{ document, fields }]
  })
}

/** The ids that need no look at the organization: those that documents state, and those that the ledger knows. */
export const statedIds = (
  { AuthenticationPolicy }: Pick<Desired, 'AuthenticationPolicy'>,
  { bindings }: Pick<LedgerState, 'bindings'>,
): ReadonlyMap<string, string> =>
  new Map(
    AuthenticationPolicy.flatMap(({ spec: { id, name } }) => {
      const stated = id ?? (Object.hasOwn(bindings, name) ? bindings[name] : undefined)
      return stated === undefined ? [] : [[stated, name] as const]
    }),
  )
