import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { orgAdmin } from '../kinds/access-rules.ts'
import type { Live, LiveAccount } from '../kinds/live.ts'
import type { Resource } from '../kinds/resource.ts'
import { foldEmail } from '../model/account.ts'
import { compareText } from '../model/address.ts'
import type { RolloutStage } from '../model/plan.ts'
import type { Hash } from './digest.ts'

/** An account that one policy claims. */
export interface ClaimedAccount {
  readonly account: LiveAccount
  /** The declared policy it is in now; undefined where no document declares it. */
  readonly current: string | undefined
  /** The policy that the ledger last recorded for it. */
  readonly recorded: string | undefined
}

/** Everything that decides whose turn it is. */
export interface StageInput {
  readonly groupsOf: Live['groupsOf']
  /** What orders accounts: a text for each, the lowest first. */
  readonly turn: (policy: string, accountId: string) => string
  /** Folded addresses of the accounts that must not be locked out. */
  readonly breakGlass: ReadonlySet<string>
  /** Not all accounts were read: whose turn it is in a share is not known then, and nobody counts as taken in. */
  readonly isPartial?: boolean
}

/** The accounts that a policy claims, by whether it takes them in. */
export interface Staged {
  readonly reached: readonly ClaimedAccount[]
  /** They stay where they are: no weaker selector takes them. */
  readonly waiting: readonly ClaimedAccount[]
  /** Absent where the policy takes everybody in at once. */
  readonly stage?: RolloutStage
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Whom a policy takes in. Who is in it stays, whatever the stage. A share is filled in an order that depends on nothing but the names of the policy and
 * of the account, so one run takes the same people as the next and a higher share only adds people. Organization admins come after everybody else and
 * break-glass accounts after them: a setting that locks people out is found while they can still undo it.
 */
export function stageOf(
  { spec, locate }: Resource<'AuthenticationPolicy'>,
  claims: readonly ClaimedAccount[],
  input: StageInput,
): Staged {
  const rollout = spec.members?.rollout
  if (rollout === undefined) return { reached: claims, waiting: [], diagnostics: [] }
  const { percent, group } = rollout
  const taken = new Set(
    percent === undefined ? ofGroup(spec.name, claims, group ?? '', input) : ofShare(spec.name, claims, percent, input),
  )
  const reached = claims.filter(claim => taken.has(claim))
  const stage = {
    policy: spec.name,
    claimed: claims.length,
    reached: reached.length,
    waiting: claims.length - reached.length,
    stage: percent === undefined ? `the group ${group ?? ''}` : `${percent} %`,
  }
  const by = percent === undefined ? 'group' : 'percent'
  return {
    reached,
    waiting: claims.filter(claim => !taken.has(claim)),
    stage,
    diagnostics:
      stage.waiting === 0
        ? []
        : [diagnostic('plan/rollout-waiting', { ...stage, by }, { span: locate(['members', 'rollout', by]) })],
  }
}

/** Who left the group after the policy took them in is still to be in it, also where somebody moved them out. */
const ofGroup = (
  policy: string,
  claims: readonly ClaimedAccount[],
  group: string,
  { groupsOf }: StageInput,
): readonly ClaimedAccount[] =>
  claims.filter(
    ({ account, current, recorded }) =>
      current === policy || recorded === policy || groupsOf.get(account.accountId)?.has(group) === true,
  )

function ofShare(
  policy: string,
  claims: readonly ClaimedAccount[],
  percent: number,
  { turn, breakGlass, isPartial = false }: StageInput,
): readonly ClaimedAccount[] {
  const inside = claims.filter(({ current }) => current === policy)
  const room = shareOf(claims.length, percent) - inside.length
  if (room <= 0 || (isPartial && percent < 100)) return inside
  const queue = claims
    .filter(({ current }) => current !== policy)
    .map(claim => ({
      claim,
      turn: turnOf(policy, claim, breakGlass),
      place: turn(policy, claim.account.accountId),
    }))
    .sort(
      (a, b) =>
        a.turn - b.turn ||
        compareText(a.place, b.place) ||
        compareText(a.claim.account.accountId, b.claim.account.accountId),
    )
  return [...inside, ...queue.slice(0, room).map(({ claim }) => claim)]
}

/** The order of nothing but names, that is random to everybody. */
export const turnBy =
  (hash: Hash): StageInput['turn'] =>
  (policy, accountId) =>
    hash(JSON.stringify([policy, accountId]))

/** Who was in when it was last recorded comes first: somebody moved them out. A lower share leaves them there, as after an undo by hand. */
function turnOf(policy: string, { account, recorded }: ClaimedAccount, breakGlass: ReadonlySet<string>): number {
  if (recorded === policy) return 0
  if (breakGlass.has(foldEmail(account.email))) return 3
  return account.roles.includes(orgAdmin) || account.rolesUnknown === true ? 2 : 1
}

/** Rounded up: a share above nothing is somebody. What the division of decimals leaves over (a 1e-14th) is nobody. */
const shareOf = (all: number, percent: number): number => Math.ceil(Number(((all * percent) / 100).toFixed(9)))
