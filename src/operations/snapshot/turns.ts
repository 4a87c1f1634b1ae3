import { resolveMembership } from '../../engine/membership.ts'
import { turnBy } from '../../engine/rollout.ts'
import { breakGlassOf } from '../../kinds/access-rules.ts'
import type { Desired } from '../../kinds/resource.ts'
import type { SnapshotContent } from '../../model/snapshot.ts'
import { sha256 } from '../hash.ts'
import type { LedgerState } from '../ledger-state.ts'
import type { LiveRead } from '../read-live.ts'
import type { Pseudonyms } from './pseudonyms.ts'

/**
 * Whom the policies with a share take in now. The order in which they do depends on the ids of the accounts, which others know: given in whole it would tell who is who. Who is taken in, a plan from the
 * snapshot shows anyway.
 */
export function turnsOf(
  { AuthenticationPolicy: policies, organization }: Desired,
  { live, bindings }: Pick<LiveRead, 'live' | 'bindings'>,
  { lastApplied }: Pick<LedgerState, 'lastApplied'>,
  names: Pseudonyms,
): SnapshotContent['turns'] {
  const shared = policies.filter(({ spec }) => spec.members?.rollout?.percent !== undefined)
  if (shared.length === 0) return {}
  const { claimed } = resolveMembership({
    policies,
    live,
    ids: bindings.ids,
    recorded: new Map(Object.entries(lastApplied?.policyOf ?? {})),
    staging: { turn: turnBy(sha256), breakGlass: breakGlassOf(organization.spec), isPartial: false },
  })
  return Object.fromEntries(
    shared.map(({ spec: { name } }) => [
      names.name(name),
      [...claimed].flatMap(([id, policy]) => (policy === name ? [names.accountId(id)] : [])).sort(),
    ]),
  )
}
