import { failed, outcome, type Outcome } from '../../diagnostics/outcome.ts'
import type { Part } from '../../engine/part.ts'
import type { Live } from '../../kinds/live.ts'
import type { Desired } from '../../kinds/resource.ts'
import type { LastApplied } from '../../ledger/contract.ts'
import type { AccountMove } from '../../model/change.ts'
import type { JsonObject } from '../../model/json.ts'
import type { SavedPlan, Step } from '../../model/plan.ts'
import { isApprovalGuard } from '../../approvals/approval-rules.ts'
import { approvalsOf } from '../approvals-of.ts'
import { attempt } from '../attempt.ts'
import { compareRead, type BothRead, type Compared } from '../compare.ts'
import { guardsNow } from '../guard-plan.ts'
import { nowhere, placelessPlan } from '../placeless-plan.ts'
import type { OrganizationView } from './organization-view.ts'

/** Which part of what is governed a plan is about. */
export interface PartWanted {
  /** The addresses of the objects that are compared. */
  readonly addresses: readonly string[]
  /** Of the moves and of the access that all documents together ask for, those that belong to this part. */
  readonly moves?: true
  readonly access?: true
  /** A document that is governed, whatever the ledger says: only what is governed is ever removed. */
  readonly governing?: Readonly<Record<string, JsonObject>>
  /** The names that policies get in place of those of the last apply: who is in them stays. */
  readonly renamed?: ReadonlyMap<string, string>
}

export interface PartOptions {
  /** Codes of guards that are lifted for this run. */
  readonly allow: readonly string[]
  readonly author?: string | undefined
}

/** A plan about a part, and the organization that it was made from. */
export interface PartPlan {
  readonly plan: SavedPlan
  readonly live: Live
  readonly ids: ReadonlyMap<string, string>
}

/** Plans a part of what is governed: with the same diff, selectors, guards and steps as a plan of the whole, about nothing but its own. Only reads. */
export async function planPart(
  view: OrganizationView,
  desired: Desired,
  wanted: PartWanted,
  { allow, author }: PartOptions,
): Promise<Outcome<PartPlan>> {
  const read = await view.both(desired)
  if (!read.ok) return read
  const { connection, ledger } = view
  const options = { connection, ledger, allow, now: view.now(), ...(author !== undefined && { author }) }
  const both = governing(read.value, wanted)
  const whole =
    wanted.moves === true || wanted.access === true ? compareRead(desired, nowhere, both, options, false) : undefined
  if (whole?.ok === false) return whole
  const part = partOf(wanted, both, whole?.value)
  const compared = compareRead(desired, nowhere, both, options, false, part)
  const diagnostics = whole?.diagnostics ?? compared.diagnostics
  if (!compared.ok) return failed(...compared.diagnostics)
  const judged = await judgedNow(view, placelessPlan(compared.value, desired, diagnostics, { author }), allow)
  if (!judged.ok) return judged
  return outcome({ plan: judged.value, live: both.live, ids: both.bindings.ids }, diagnostics)
}

/** A plan that may have been approved already, with its guards as they stand now. */
async function judgedNow(
  view: OrganizationView,
  plan: SavedPlan,
  allow: readonly string[],
): Promise<Outcome<SavedPlan>> {
  if (!plan.guards.some(isApprovalGuard)) return outcome(plan, [])
  return attempt(async () => {
    const now = view.now()
    const approved = await approvalsOf(view.ledger, plan, now)
    return { ...plan, guards: guardsNow(plan, { ...approved, now, allow }) }
  })
}

/** What was read, as if the last apply had known the names and the documents that this part goes by. */
function governing(read: BothRead, { governing: documents = {}, renamed = new Map() }: PartWanted): BothRead {
  const none: LastApplied = { run: '', at: '', digest: '', documents: {}, policyOf: {} }
  const { lastApplied } = read.state
  if (lastApplied === undefined && Object.keys(documents).length === 0) return read
  const last = lastApplied ?? none
  const policyOf = Object.fromEntries(
    Object.entries(last.policyOf).map(([account, name]) => [account, renamed.get(name) ?? name]),
  )
  const known = { ...last, policyOf, documents: { ...documents, ...last.documents } }
  return { ...read, state: { ...read.state, lastApplied: known } }
}

function partOf({ addresses, moves, access }: PartWanted, { live, state }: BothRead, whole?: Compared): Part {
  const steps = whole?.draft.plan.steps ?? []
  return {
    addresses: new Set(addresses),
    moves: moves === true ? movesIn(steps) : new Map(),
    claimed:
      moves === true && whole !== undefined
        ? whole.draft.claimed
        : new Map(Object.entries(state.lastApplied?.policyOf ?? {})),
    suspend: access === true ? accessIn(steps, 'suspend', live) : [],
    restore: access === true ? accessIn(steps, 'restore', live) : [],
  }
}

function movesIn(steps: readonly Step[]): Part['moves'] {
  const moves = new Map<string, readonly AccountMove[]>()
  for (const { action, name, accounts = [] } of steps)
    if (action === 'move') moves.set(name, [...(moves.get(name) ?? []), ...accounts])
  return moves
}

function accessIn(steps: readonly Step[], wanted: 'suspend' | 'restore', { accounts, externals }: Live) {
  const byId = new Map([...accounts, ...externals].map(account => [account.accountId, account]))
  return steps.flatMap(step =>
    step.action !== wanted
      ? []
      : (step.accounts ?? []).flatMap(move => {
          const account = byId.get(move.account.accountId ?? '')
          return account === undefined ? [] : [{ ...move, account, because: move.because ?? '' }]
        }),
  )
}
