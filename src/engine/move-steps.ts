import { kinds } from '../kinds/index.ts'
import type { LiveAccount, LiveObject } from '../kinds/live.ts'
import { valueAt } from '../kinds/path.ts'
import { compareText, formatAddress } from '../model/address.ts'
import type { ApiRequest } from '../model/api-request.ts'
import type { AccountMove } from '../model/change.ts'
import type { Json } from '../model/json.ts'
import type { Direction, Step } from '../model/plan.ts'
import { directionOf, together } from './direction.ts'
import { stepId, type StepContext } from './make-steps.ts'
import type { Policy } from './claims.ts'

/** Everything moves are made of. */
export interface MoveInput {
  readonly policies: readonly Policy[]
  readonly moves: ReadonlyMap<string, readonly AccountMove[]>
  readonly accounts: readonly LiveAccount[]
  readonly objects: ReadonlyMap<string, LiveObject>
  /** How many accounts one add-users request may carry. */
  readonly batch: number
}

/** One step for each policy that accounts move into. Without the policy's id it is blocked and carries no request. */
export function moveSteps(input: MoveInput, context: StepContext, created: ReadonlySet<string>): readonly Step[] {
  const { policies, moves, objects } = input
  const policyOf = policiesOf(input)
  return policies.flatMap((policy): readonly Step[] => {
    const accounts = moves.get(policy.spec.name)
    if (accounts === undefined) return []
    const { address } = policy
    const id = objects.get(formatAddress(address))?.id
    const creation = stepId('console', 'create', address.kind, address.name)
    return [
      {
        id: stepId('api', 'move', address.kind, address.name),
        ...(id === undefined
          ? {
              status: 'blocked' as const,
              reason: howToFindTheId(policy.spec.name),
              dependsOn: created.has(creation) ? [creation] : [],
            }
          : { status: 'ready' as const, dependsOn: [] }),
        channel: 'api',
        action: 'move',
        ...address,
        direction: together(new Set(accounts.map(({ from }) => moveDirection(from, policy, policies, objects)))),
        source: context.source(policy.locate(['members'])),
        changes: [],
        accounts,
        ...(id !== undefined && {
          requests: moveRequests(context.surroundings.organizationId, id, accounts, input.batch),
        }),
        basis: context.fingerprint(moveBasis(id, accounts, policyOf)),
      },
    ]
  })
}

/** The policies that the moved accounts are in now. Nearly all accounts stay where they are. */
function policiesOf({ moves, accounts }: MoveInput): ReadonlyMap<string, string | null> {
  const moved = new Set([...moves.values()].flatMap(list => list.map(({ account }) => account.accountId)))
  const policyOf = new Map<string, string | null>()
  for (const { accountId, policyId } of accounts) if (moved.has(accountId)) policyOf.set(accountId, policyId ?? null)
  return policyOf
}

/** What a move rests on: the policy each account is in now. */
export const moveBasis = (
  id: string | undefined,
  accounts: readonly AccountMove[],
  policyOf: ReadonlyMap<string, string | null>,
): Json => ({
  into: id ?? null,
  accounts: accounts
    .map(({ account: { accountId = '' } }) => [accountId, policyOf.get(accountId) ?? null] as const)
    .sort(([a], [b]) => compareText(a, b)),
})

const howToFindTheId = (name: string): string =>
  `the id of \`${name}\` is not known, and the API knows policies only by id: open the policy in Security → Authentication policies, copy the id from the address of its page into the document as \`id:\`, and plan again. An export of its members (postern observe members.csv) tells it too.`

/** The requests that move accounts into a policy, so many at a time. */
export function moveRequests(
  organizationId: string,
  policyId: string,
  accounts: readonly AccountMove[],
  batch: number,
): readonly ApiRequest[] {
  const path = `/admin/control/v1/orgs/${organizationId}/auth-policy/${policyId}/add-users`
  return Array.from({ length: Math.ceil(accounts.length / batch) }, (_, index) => ({
    method: 'POST' as const,
    path,
    body: { users: accounts.slice(index * batch, (index + 1) * batch).map(({ account }) => account.email) },
  }))
}

/** Compares the policy that is left, as it is known to be, with the one that is entered, as it will be. */
function moveDirection(
  from: string,
  into: Policy,
  policies: readonly Policy[],
  objects: ReadonlyMap<string, LiveObject>,
): Direction {
  const left = policies.find(({ spec }) => spec.name === from)
  if (left === undefined) return 'unknown'
  const known = (policy: Policy, path: string): Json | undefined => {
    const field = objects.get(formatAddress(policy.address))?.fields[path]
    return field?.state === 'known' ? field.value : undefined
  }
  return together(
    Object.entries(kinds.AuthenticationPolicy.fields).flatMap(([path, field]): readonly Direction[] => {
      const before = known(left, path) ?? valueAt(left.spec, path)
      const after = valueAt(into.spec, path) ?? known(into, path)
      // A setting that neither document manages is nobody's business here.
      return before === undefined && after === undefined ? [] : [directionOf(field, before, after)]
    }),
  )
}
