import type { SeenAccount, Sighting } from '../../adoption/sighting.ts'
import { resolveMembership } from '../../engine/membership.ts'
import { turnBy } from '../../engine/rollout.ts'
import { breakGlassOf } from '../../kinds/access-rules.ts'
import type { LiveAccount } from '../../kinds/live.ts'
import type { Desired } from '../../kinds/resource.ts'
import { sha256 } from '../hash.ts'
import type { LedgerState } from '../ledger-state.ts'

/** What tells where the accounts are, and how documents are bound to policies. */
export interface Whereabouts {
  readonly accounts: Sighting['accounts']
  readonly lastApplied: LedgerState['lastApplied']
  /** Names of groups by account id, of those that the documents name. */
  readonly groupsOf: ReadonlyMap<string, ReadonlySet<string>>
}

/** An account that the documents do not leave where it is. */
export interface Misplaced {
  readonly account: SeenAccount
  /** The name of the document of the policy it is in; undefined where there is none. */
  readonly policy: string | undefined
}

/** The accounts that a plan with these documents would move, and those that two policies claim. `ids` are those of the policies, by the names of their documents. */
export function misplaced(
  { AuthenticationPolicy, organization }: Pick<Desired, 'AuthenticationPolicy' | 'organization'>,
  ids: ReadonlyMap<string, string>,
  { accounts, lastApplied, groupsOf }: Whereabouts,
): readonly Misplaced[] {
  if (!AuthenticationPolicy.some(({ spec }) => spec.members !== undefined)) return []
  const { claimed, waiting, diagnostics } = resolveMembership({
    policies: AuthenticationPolicy,
    live: { accounts: accounts.map(liveAccount), groupsOf, policyNames: new Map(), namedElsewhere: [] },
    ids,
    recorded: new Map(Object.entries(lastApplied?.policyOf ?? {})),
    staging: { turn: turnBy(sha256), breakGlass: breakGlassOf(organization.spec) },
  })
  const left = new Set(
    diagnostics.flatMap(({ code, facts }) =>
      code === 'plan/unclaimed' || code === 'plan/unknown-directory'
        ? (facts as { readonly accounts: readonly string[] }).accounts
        : [],
    ),
  )
  const nameOf = new Map([...ids].map(([name, id]) => [id, name]))
  return accounts.flatMap((account): readonly Misplaced[] => {
    const { accountId, email, active, policyId } = account
    if (!active || !email.includes('@')) return []
    const policy = nameOf.get(policyId ?? '')
    const claim = claimed.get(accountId)
    if (claim !== undefined) return claim === policy ? [] : [{ account, policy }]
    // Who is neither claimed nor told of is claimed twice.
    return left.has(email) || waiting.has(accountId) ? [] : [{ account, policy }]
  })
}

/** Of an account membership looks at nothing else; only who comes first in a stage depends on roles, and a stage never moves who stays. */
const liveAccount = ({ accountId, email, active, policyId }: SeenAccount): LiveAccount => ({
  accountId,
  email,
  active,
  status: active ? 'active' : 'deactivated',
  roles: [],
  ...(policyId !== undefined && { policyId }),
})
