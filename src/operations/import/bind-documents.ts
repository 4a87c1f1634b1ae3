import type { Sighting } from '../../adoption/sighting.ts'
import { outcome, type Outcome } from '../../diagnostics/outcome.ts'
import type { LiveAccount } from '../../kinds/live.ts'
import type { Desired } from '../../kinds/resource.ts'
import { bindPolicies } from '../bind-policies.ts'
import type { LedgerState } from '../ledger-state.ts'

/** The ids of the declared policies, by the names of their documents, as a plan would find them. */
export function bindDocuments(
  { AuthenticationPolicy }: Pick<Desired, 'AuthenticationPolicy'>,
  { accounts, policies, at }: Sighting,
  state: LedgerState,
): Outcome<ReadonlyMap<string, string>> {
  const servedNames = new Map(policies.flatMap(({ id, name }) => (name?.from === 'api' ? [[id, name.name]] : [])))
  // Which policy is which is told by the addresses of those in it.
  const seen = accounts.map((account): LiveAccount => ({ ...account, status: 'active', roles: [] }))
  const bound = bindPolicies(AuthenticationPolicy, { accounts: seen, externals: [], servedNames }, state, at)
  return bound.ok ? outcome(bound.value.ids, bound.diagnostics) : bound
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
