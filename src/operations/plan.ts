import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../diagnostics/outcome.ts'
import { guards } from '../engine/guards/index.ts'
import { makePlan, type Draft } from '../engine/make-plan.ts'
import { kindNames } from '../kinds/index.ts'
import type { Desired, Resource } from '../kinds/resource.ts'
import type { Ledger } from '../ledger/contract.ts'
import { formatAddress } from '../model/address.ts'
import type { JsonObject } from '../model/json.ts'
import type { SavedPlan } from '../model/plan.ts'
import { addUsersBatch } from '../org/assumptions.ts'
import { attempt } from './attempt.ts'
import { budget } from './budget.ts'
import { connect, type Connection } from './connection.ts'
import { sha256 } from './hash.ts'
import { readLedger, type LedgerState } from './ledger-state.ts'
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
  const read = await attempt(async () => {
    const state = await readLedger(ledger)
    const client = await connect(connection, desired.organization.spec.id, 'read')
    try {
      return { state, live: await readLive(client, desired, state, now), reads: client.counts.reads }
    } finally {
      await client.close()
    }
  })
  if (!read.ok) return failed(...noticed, ...read.diagnostics)
  const { state, live, reads } = read.value
  if (!live.ok) return failed(...noticed, ...live.diagnostics)
  const draft = makePlan({
    desired,
    live: live.value.live,
    remembered: remembered(state),
    allow: new Set(allow),
    consoleUrl: connection.consoleUrl,
    addUsersBatch,
    source: span => loaded.places.source(span),
    hash: sha256,
  })
  const diagnostics = [...noticed, ...live.diagnostics, ...draft.diagnostics]
  if (!draft.ok) return failed(...diagnostics)
  return outcome(saved(draft.value, desired, loaded, reads, diagnostics, live.value.bindings.ids), diagnostics)
}

const remembered = ({ organization, lastApplied }: LedgerState) => ({
  organization: organization?.id,
  governed:
    lastApplied === undefined
      ? undefined
      : Object.keys(lastApplied.documents).filter(address =>
          /^(AuthenticationPolicy|ExternalUserPolicy|IpAllowlist)\//.test(address),
        ),
  policyOf: new Map(Object.entries(lastApplied?.policyOf ?? {})),
})

function saved(
  { plan: made, claimed }: Draft,
  desired: Desired,
  loaded: LoadedFolder,
  reads: number,
  diagnostics: readonly Diagnostic[],
  ids: ReadonlyMap<string, string>,
): SavedPlan {
  return {
    ...made,
    requests: budget(reads, made.steps),
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
      ids: Object.fromEntries([...ids].sort(([a], [b]) => (a < b ? -1 : 1))),
    },
  }
}

/** A code that lifts nothing is a typing error that could hide a real danger. */
function unknownGuards(allow: readonly string[]): readonly Diagnostic[] {
  const known = guards.map(({ code }) => code)
  return allow.filter(code => !known.includes(code)).map(code => diagnostic('guard/unknown-code', { code, known }))
}
