import { summaryOf } from '../coverage/summary.ts'
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { outcome, type Outcome } from '../diagnostics/outcome.ts'
import type { Places } from '../diagnostics/to-document.ts'
import { governedIn } from '../engine/guards/empty-desired.ts'
import { makePlan } from '../engine/make-plan.ts'
import { managedIn, type Part } from '../engine/part.ts'
import type { Live } from '../kinds/live.ts'
import { breakGlassIn, organizationIn } from '../kinds/organization-in.ts'
import { protectionsOf } from '../kinds/protections-of.ts'
import type { Protections } from '../kinds/protections.ts'
import type { Desired } from '../kinds/resource.ts'
import type { Ledger } from '../ledger/contract.ts'
import type { Plan } from '../model/plan.ts'
import type { Span } from '../model/span.ts'
import { addUsersBatch } from '../org/assumptions.ts'
import { attempt } from './attempt.ts'
import type { Bindings } from './bind-policies.ts'
import { reading, type Connection } from './connection.ts'
import { guardDraft, type GuardedDraft } from './guard-plan.ts'
import { sha256 } from './hash.ts'
import { readLedger, type LedgerState } from './ledger-state.ts'
import { locatingAhead } from './locate-ahead.ts'
import { measure, type Measured } from './measure.ts'
import { readLive, type LiveRead, type ReadScope } from './read-live.ts'
import type { LoadedFolder } from './validate.ts'

/** What a comparison needs besides the documents. */
export interface CompareOptions {
  readonly connection: Connection
  readonly ledger: Ledger
  readonly now: Date
  /** Codes of guards that are lifted for this run. */
  readonly allow: readonly string[]
  /** Whether a setting without current evidence stops the apply. */
  readonly requireEvidence?: boolean
  /** Who makes the plan, where CI or `--author` tells. */
  readonly author?: string | undefined
  /** Who else had a hand in it, where CI tells. */
  readonly alsoBy?: readonly string[] | undefined
  /** How many accounts are asked for when they were last active, at most: a minute for each 200. */
  readonly lastActive?: number | undefined
  /** What orders the accounts that a share takes in, where their ids do not. */
  readonly turn?: ((policy: string, accountId: string) => string) | undefined
  /** When the organization was read, where that was before now. */
  readonly readAt?: string | undefined
}

/** The documents beside the live organization: what differs, and who has to pass what. */
export interface Compared {
  readonly live: Live
  readonly bindings: Bindings
  readonly state: LedgerState
  readonly draft: GuardedDraft
  readonly coverage: Plan['coverage']
  readonly protections: Protections
  readonly measured: Measured
  readonly reads: number
  readonly lastActiveReads: number
}

/** Reads the organization and compares. Nothing is written anywhere. */
export async function compare(
  desired: Desired,
  loaded: LoadedFolder,
  options: CompareOptions,
  scope: ReadScope = {},
): Promise<Outcome<Compared>> {
  const read = await readBoth(desired, options, scope)
  return read.ok ? compareRead(desired, loaded.places, read.value, options, scope.email !== undefined) : read
}

/** What was read of organization and ledger. */
export interface BothRead extends LiveRead {
  readonly state: LedgerState
  readonly reads: number
  readonly noticed: readonly Diagnostic[]
}

/** Reads the ledger and what the documents need of the organization. */
export async function readBoth(
  desired: Desired,
  { connection, ledger, now, lastActive, readAt }: CompareOptions,
  scope: ReadScope = {},
): Promise<Outcome<BothRead>> {
  const read = await attempt(async () => {
    const state = await readLedger(ledger)
    return reading(connection, desired.organization.spec.id, async client => ({
      state,
      live: await locatingAhead(desired, readLive(client, desired, state, now, { ...scope, lastActive, readAt })),
      reads: client.counts.reads,
    }))
  })
  if (!read.ok) return read
  const { state, live: found, reads } = read.value
  return found.ok
    ? { ok: true, value: { ...found.value, state, reads, noticed: found.diagnostics }, diagnostics: [] }
    : found
}

/** Compares documents with what was read, wholly or in part. */
export function compareRead(
  desired: Desired,
  places: Pick<Places, 'source'>,
  { live, bindings, state, reads, lastActiveReads, noticed }: BothRead,
  options: CompareOptions,
  isPartial: boolean,
  part?: Part,
): Outcome<Compared> {
  const source = (span: Span) => places.source(span)
  const draft = makePlan({
    desired,
    live,
    remembered: remembered(state),
    consoleUrl: options.connection.consoleUrl,
    addUsersBatch,
    source,
    hash: sha256,
    ...(options.turn && { turn: options.turn }),
    isPartial,
    ...(part && { part }),
  })
  const diagnostics = [...noticed, ...leftOpen(state), ...draft.diagnostics]
  if (!draft.ok) return { ok: false, diagnostics }
  const measured = measure(part === undefined ? desired : managedIn(desired, part), live, state, {
    claimed: draft.value.claimed,
    steps: draft.value.plan.steps,
  })
  const coverage = {
    before: summaryOf(measured.rows, measured.requirements, 'now', source),
    after: summaryOf(measured.rows, measured.requirements, 'declared', source),
  }
  const protections = protectionsOf(organizationIn(state.lastApplied?.documents), desired.organization.spec)
  const guarded = guardDraft(draft.value, { desired, live, state, coverage, protections }, options)
  return outcome(
    { live, bindings, state, draft: guarded, coverage, protections, measured, reads, lastActiveReads },
    diagnostics,
  )
}

/** A run that goes on, or was cut off, makes what is read next a view into the middle of it. */
const leftOpen = ({ open }: LedgerState): readonly Diagnostic[] =>
  open === undefined ? [] : [diagnostic('apply/left-open', { run: open.run, by: open.by, at: open.at })]

const remembered = ({ lastApplied, suspensions }: LedgerState) => ({
  governed: lastApplied === undefined ? undefined : governedIn(lastApplied.documents),
  policyOf: new Map(Object.entries(lastApplied?.policyOf ?? {})),
  suspended: new Map(Object.entries(suspensions)),
  breakGlass: breakGlassIn(lastApplied?.documents),
})
