import { impactOf } from '../coverage/impact.ts'
import { summaryOf } from '../coverage/summary.ts'
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../diagnostics/outcome.ts'
import { guards } from '../engine/guards/index.ts'
import { kindNames } from '../kinds/index.ts'
import type { Desired, Resource } from '../kinds/resource.ts'
import { formatAddress } from '../model/address.ts'
import type { JsonObject } from '../model/json.ts'
import type { SavedPlan } from '../model/plan.ts'
import type { Span } from '../model/span.ts'
import { budget } from './budget.ts'
import { compare, type Compared, type CompareOptions } from './compare.ts'
import { loadFolder, type FolderRun, type LoadedFolder } from './validate.ts'

/** What a plan is made of. */
export interface PlanOptions extends CompareOptions {
  readonly folder: string
}

/** Compares a policy folder with the live organization. Only reads. */
export async function plan(options: PlanOptions): Promise<FolderRun<SavedPlan>> {
  const loaded = await loadFolder(options.folder, options.now, 'kept')
  if (!loaded.result.ok) return { loaded, outcome: loaded.result }
  const noticed = loaded.result.diagnostics
  const made = await planDesired(loaded.result.value, loaded, options, noticed)
  return { loaded, outcome: made }
}

async function planDesired(
  desired: Desired,
  loaded: LoadedFolder,
  { connection, ledger, now, allow, lastActive }: PlanOptions,
  noticed: readonly Diagnostic[],
): Promise<Outcome<SavedPlan>> {
  const unknown = unknownGuards(allow)
  if (unknown.length > 0) return failed(...noticed, ...unknown)
  const compared = await compare(desired, loaded, { connection, ledger, now, allow, lastActive })
  const diagnostics = [...noticed, ...compared.diagnostics]
  return compared.ok
    ? outcome(saved(compared.value, desired, loaded, diagnostics), diagnostics)
    : failed(...diagnostics)
}

function saved(
  { draft: { plan: made, claimed }, live, state, measured, bindings, reads, lastActiveReads }: Compared,
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
      seenBack: seenBack(live, state, measured.access.suspended),
      ids: Object.fromEntries([...bindings.ids].sort(([a], [b]) => (a < b ? -1 : 1))),
    },
  }
}

/** Whose access an apply took and who has it all the same, unless it is to be taken again. */
const seenBack = (
  { accounts, externals }: Compared['live'],
  { suspensions }: Compared['state'],
  again: ReadonlySet<string>,
): readonly string[] =>
  [...externals, ...accounts]
    .filter(
      ({ accountId, status }) =>
        status === 'active' &&
        suspensions[accountId] !== undefined &&
        suspensions[accountId].restoredAt === undefined &&
        !again.has(accountId),
    )
    .map(({ accountId }) => accountId)
    .sort()

/** A code that lifts nothing is a typing error that could hide a real danger. */
function unknownGuards(allow: readonly string[]): readonly Diagnostic[] {
  const known = guards.map(({ code }) => code)
  return allow.filter(code => !known.includes(code)).map(code => diagnostic('guard/unknown-code', { code, known }))
}
