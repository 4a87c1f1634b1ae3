import type { Documents } from '../engine/guards/guard.ts'
import { judgeRun, runGuards, withAllowed, withJudged } from '../engine/guards/index.ts'
import type { Draft } from '../engine/make-plan.ts'
import { resolvedKinds } from '../kinds/index.ts'
import type { Live } from '../kinds/live.ts'
import { organizationIn } from '../kinds/organization-in.ts'
import { protectionsOf } from '../kinds/protections-of.ts'
import type { Protections } from '../kinds/protections.ts'
import type { Desired, Resource } from '../kinds/resource.ts'
import { formatAddress } from '../model/address.ts'
import type { JsonObject } from '../model/json.ts'
import type { GuardResult, Plan, SavedPlan } from '../model/plan.ts'
import type { LedgerState } from './ledger-state.ts'

/** A draft whose guards were judged at the time it was made, when nobody can have approved it yet. */
export interface GuardedDraft extends Draft {
  readonly plan: Draft['plan'] & Pick<Plan, 'validUntil' | 'guards'>
}

/** What a draft is judged by. */
export interface Circumstances {
  readonly desired: Desired
  readonly live: Live
  readonly state: Pick<LedgerState, 'lastApplied' | 'organization'>
  readonly coverage: Plan['coverage']
  readonly protections: Protections
}

export interface GuardOptions {
  readonly now: Date
  /** Codes of guards that are lifted for this run. */
  readonly allow: readonly string[]
  /** Whether a setting without current evidence stops the apply. */
  readonly requireEvidence?: boolean | undefined
  /** Who makes the plan, where CI or `--author` tells. */
  readonly author?: string | undefined
  readonly alsoBy?: readonly string[] | undefined
}

/** Judges a draft by every guard, and says how long it may be carried out. */
export function guardDraft(draft: Draft, circumstances: Circumstances, options: GuardOptions): GuardedDraft {
  const { desired, live, state, coverage, protections } = circumstances
  const { steps, unverified, createdAt } = draft.plan
  const { now, author, alsoBy, requireEvidence = false } = options
  const validUntil = new Date(Date.parse(createdAt) + protections.planMinutes * 60_000).toISOString()
  const allow = new Set(options.allow)
  const lastApplied = state.lastApplied?.documents
  const shared = { steps, lastApplied, protections, coverage }
  const overPlan = runGuards(
    {
      ...shared,
      desired,
      live,
      unverified,
      ledgerOrganization: state.organization?.id,
      requireEvidence,
      lockOut: draft.lockOut,
    },
    allow,
  )
  const documents = documentsOf(desired)
  const overRun = judgeRun({ ...shared, documents, createdAt, validUntil, now, approvedBy: [], author, alsoBy }, allow)
  return { ...draft, plan: { ...draft.plan, validUntil, guards: [...overPlan, ...overRun] } }
}

/** The guards of a saved plan as they stand now: those of time and approvals judged again, the others as they were found, lifted where `--allow` says so. */
export function guardsNow(
  plan: SavedPlan,
  {
    lastApplied,
    now,
    approvedBy,
    allow,
    requireEvidence = false,
  }: {
    /** The documents of the last apply, as the ledger holds them now. */
    readonly lastApplied: Documents | undefined
    readonly now: Date
    /** The names of the approvers whose approval counts now. */
    readonly approvedBy: readonly string[]
    readonly allow: readonly string[]
    /** Whether a setting without current evidence stops the apply, though the plan was made without asking for that. */
    readonly requireEvidence?: boolean | undefined
  },
): readonly GuardResult[] {
  const { steps, createdAt, validUntil, author, alsoBy, coverage } = plan
  const { documents } = plan.desired
  const lifted = new Set(allow)
  const protections = protectionsIn(lastApplied, documents)
  return withJudged(
    withAllowed(requireEvidence ? withEvidence(plan) : plan.guards, lifted),
    judgeRun(
      { steps, documents, lastApplied, createdAt, validUntil, now, approvedBy, author, alsoBy, protections, coverage },
      lifted,
    ),
  )
}

/** The guards of a plan, where a setting without current evidence blocks. */
const withEvidence = ({ guards, unverified }: SavedPlan): readonly GuardResult[] =>
  unverified.length === 0
    ? guards
    : guards.map(guard => (guard.code === 'unverified' ? { ...guard, status: 'blocks' } : guard))

/** What protects a saved plan: the stricter of what was last applied and of what it proposes. */
export function protectionsIn(lastApplied: Documents | undefined, documents: Documents): Protections {
  const last = organizationIn(lastApplied)
  // A plan without the document is none that Postern made: then what was last applied protects, or the defaults.
  const proposed = organizationIn(documents) ?? last ?? { kind: 'Organization', name: '', id: '' }
  return protectionsOf(last, proposed)
}

/** The resolved documents, by address. */
export const documentsOf = (desired: Desired): Readonly<Record<string, JsonObject>> =>
  Object.fromEntries(
    resolvedKinds.flatMap(kind =>
      (desired[kind] as readonly Resource[]).map(({ address, spec }) => [
        formatAddress(address),
        spec as unknown as JsonObject,
      ]),
    ),
  )
