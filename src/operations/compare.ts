import { outcome, type Outcome } from '../diagnostics/outcome.ts'
import { makePlan, type Draft } from '../engine/make-plan.ts'
import type { Live } from '../kinds/live.ts'
import type { Desired } from '../kinds/resource.ts'
import type { Ledger } from '../ledger/contract.ts'
import { addUsersBatch } from '../org/assumptions.ts'
import { attempt } from './attempt.ts'
import type { Bindings } from './bind-policies.ts'
import { connect, type Connection } from './connection.ts'
import { sha256 } from './hash.ts'
import { readLedger, type LedgerState } from './ledger-state.ts'
import { measure, type Measured } from './measure.ts'
import { readLive, type ReadScope } from './read-live.ts'
import type { LoadedFolder } from './validate.ts'

/** What a comparison needs besides the documents. */
export interface CompareOptions {
  readonly connection: Connection
  readonly ledger: Ledger
  readonly now: Date
  /** Codes of guards that are lifted for this run. */
  readonly allow: readonly string[]
  /** How many accounts are asked for when they were last active, at most: a minute for each 200. */
  readonly lastActive?: number | undefined
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
  { connection, ledger, now, allow, lastActive }: CompareOptions,
  scope: ReadScope = {},
): Promise<Outcome<Compared>> {
  const read = await attempt(async () => {
    const state = await readLedger(ledger)
    const client = await connect(connection, desired.organization.spec.id, 'read')
    try {
      return {
        state,
        live: await readLive(client, desired, state, now, { ...scope, lastActive }),
        reads: client.counts.reads,
      }
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
  suspended: new Map(Object.entries(suspensions)),
})
