import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../diagnostics/outcome.ts'
import { guards } from '../engine/guards/index.ts'
import { makePlan, type Draft } from '../engine/make-plan.ts'
import { impactOf } from '../coverage/impact.ts'
import { summaryOf } from '../coverage/summary.ts'
import { kindNames } from '../kinds/index.ts'
import type { Live } from '../kinds/live.ts'
import type { Desired, Resource } from '../kinds/resource.ts'
import type { Ledger } from '../ledger/contract.ts'
import { formatAddress } from '../model/address.ts'
import type { JsonObject } from '../model/json.ts'
import type { SavedPlan } from '../model/plan.ts'
import type { Span } from '../model/span.ts'
import { addUsersBatch } from '../org/assumptions.ts'
import { attempt } from './attempt.ts'
import type { Bindings } from './bind-policies.ts'
import { budget } from './budget.ts'
import { connect, type Connection } from './connection.ts'
import { sha256 } from './hash.ts'
import { readLedger, type LedgerState } from './ledger-state.ts'
import { measure, type Measured } from './measure.ts'
import { readLive } from './read-live.ts'
import { loadFolder, type LoadedFolder } from './validate.ts'

/** What a plan is made of. */
export interface PlanOptions {
  readonly folder: string
  readonly connection: Connection
  readonly ledger: Ledger
  readonly now: Date
  /** Codes of guards that are lifted for this run. */
  readonly allow: readonly string[]
}

/** A plan, with the documents it was made from for messages that point into them. */
export interface PlanRun {
  readonly loaded: LoadedFolder
  readonly outcome: Outcome<SavedPlan>
}

/** Compares a policy folder with the live organization. Only reads. */
export async function plan(options: PlanOptions): Promise<PlanRun> {
  const loaded = await loadFolder(options.folder, options.now, 'kept')
  if (!loaded.result.ok) return { loaded, outcome: loaded.result }
  const noticed = loaded.result.diagnostics
  const made = await planDesired(loaded.result.value, loaded, options, noticed)
  return { loaded, outcome: made }
}

async function planDesired(
  desired: Desired,
  loaded: LoadedFolder,
  { connection, ledger, now, allow }: PlanOptions,
  noticed: readonly Diagnostic[],
): Promise<Outcome<SavedPlan>> {
  const unknown = unknownGuards(allow)
  if (unknown.length > 0) return failed(...noticed, ...unknown)
  const compared = await compare(desired, loaded, { connection, ledger, now, allow })
  const diagnostics = [...noticed, ...compared.diagnostics]
  return compared.ok
    ? outcome(saved(compared.value, desired, loaded, diagnostics), diagnostics)
    : failed(...diagnostics)
}

/** The documents beside the live organization: what differs, and who has to pass what. */
export interface Compared {
  readonly live: Live
  readonly bindings: Bindings
  readonly state: LedgerState
  readonly draft: Draft
  readonly measured: Measured
  readonly reads: number
  readonly lastActiveReads: number
}

/** Reads the organization and compares. Nothing is written anywhere. */
export async function compare(
  desired: Desired,
  loaded: LoadedFolder,
  { connection, ledger, now, allow }: Omit<PlanOptions, 'folder'>,
): Promise<Outcome<Compared>> {
  const read = await attempt(async () => {
    const state = await readLedger(ledger)
    const client = await connect(connection, desired.organization.spec.id, 'read')
    try {
      return { state, live: await readLive(client, desired, state, now), reads: client.counts.reads }
    } finally {
      await client.close()
    }
  })
  if (!read.ok) return read
  const { state, live: found, reads } = read.value
  if (!found.ok) return found
  const { live, bindings, lastActiveReads } = found.value
  const draft = makePlan({
    desired,
    live,
    remembered: remembered(state),
    allow: new Set(allow),
    consoleUrl: connection.consoleUrl,
    addUsersBatch,
    source: span => loaded.places.source(span),
    hash: sha256,
  })
  const diagnostics = [...found.diagnostics, ...draft.diagnostics]
  if (!draft.ok) return { ok: false, diagnostics }
  const measured = measure(desired, live, state, { claimed: draft.value.claimed, steps: draft.value.plan.steps })
  return outcome({ live, bindings, state, draft: draft.value, measured, reads, lastActiveReads }, diagnostics)
}

const remembered = ({ organization, lastApplied, suspensions }: LedgerState) => ({
  organization: organization?.id,
  governed:
    lastApplied === undefined
      ? undefined
      : Object.keys(lastApplied.documents).filter(address =>
          /^(AuthenticationPolicy|ExternalUserPolicy|IpAllowlist)\//.test(address),
        ),
  policyOf: new Map(Object.entries(lastApplied?.policyOf ?? {})),
  suspended: new Set(Object.keys(suspensions)),
})

function saved(
  { draft: { plan: made, claimed }, measured, bindings, reads, lastActiveReads }: Compared,
  desired: Desired,
  loaded: LoadedFolder,
  diagnostics: readonly Diagnostic[],
): SavedPlan {
  const { rows, requirements, access } = measured
  const source = (span: Span) => loaded.places.source(span)
  return {
    ...made,
    coverage: {
      before: summaryOf(rows, requirements, 'now', source),
      after: summaryOf(rows, requirements, 'declared', source),
    },
    impact: impactOf(rows, access),
    requests: budget(reads, lastActiveReads, made.steps),
    diagnostics: diagnostics.map(found => loaded.places.document(found)),
    desired: {
      documents: Object.fromEntries(
        kindNames.flatMap(kind =>
          (desired[kind] as readonly Resource[]).map(({ address, spec }) => [
            formatAddress(address),
            spec as unknown as JsonObject,
          ]),
        ),
      ),
      policyOf: Object.fromEntries([...claimed].sort(([a], [b]) => (a < b ? -1 : 1))),
      ids: Object.fromEntries([...bindings.ids].sort(([a], [b]) => (a < b ? -1 : 1))),
    },
  }
}

/** A code that lifts nothing is a typing error that could hide a real danger. */
function unknownGuards(allow: readonly string[]): readonly Diagnostic[] {
  const known = guards.map(({ code }) => code)
  return allow.filter(code => !known.includes(code)).map(code => diagnostic('guard/unknown-code', { code, known }))
}
