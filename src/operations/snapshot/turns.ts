import { turnBy } from '../../engine/rollout.ts'
import type { Live } from '../../kinds/live.ts'
import type { Desired } from '../../kinds/resource.ts'
import { compareText } from '../../model/address.ts'
import type { SnapshotContent } from '../../model/snapshot.ts'
import type { Pseudonyms } from './pseudonyms.ts'

/**
 * The order in which policies with a share take accounts in. It depends on the ids of the accounts, which a snapshot has not: so the order itself is in it, for the policies that have a share when it is
 * taken.
 */
export const turnsOf = (
  { AuthenticationPolicy }: Pick<Desired, 'AuthenticationPolicy'>,
  { accounts }: Pick<Live, 'accounts'>,
  names: Pseudonyms,
  hash: (text: string) => string,
): SnapshotContent['turns'] =>
  Object.fromEntries(
    AuthenticationPolicy.flatMap(({ spec }) => {
      if (spec.members?.rollout?.percent === undefined) return []
      const turns = accounts.map(({ accountId }) => ({ accountId, turn: turnBy(hash)(spec.name, accountId) }))
      const ordered = turns.sort((a, b) => compareText(a.turn, b.turn) || compareText(a.accountId, b.accountId))
      return [[names.name(spec.name), ordered.map(({ accountId }) => names.accountId(accountId))]]
    }),
  )
