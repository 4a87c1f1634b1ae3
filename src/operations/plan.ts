import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../diagnostics/outcome.ts'
import { guardCodes } from '../engine/guards/index.ts'
import type { Desired } from '../kinds/resource.ts'
import type { SavedPlan } from '../model/plan.ts'
import type { Base } from './base/documents-at.ts'
import { compare, type CompareOptions } from './compare.ts'
import { planOf } from './plan-of.ts'
import { seenThrough } from './seen-through.ts'
import type { GivenSnapshot } from './snapshot/through-snapshot.ts'
import { loadFolder, type FolderRun, type LoadedFolder } from './validate.ts'

/** What a plan is made of. */
export interface PlanOptions extends CompareOptions {
  readonly folder: string
  /** The commit of the documents, where the CI system tells. */
  readonly commit?: string | undefined
  /** What the change of the documents is told apart from. */
  readonly base?: Base | undefined
  /** What the plan is made from in place of organization and ledger. */
  readonly snapshot?: GivenSnapshot | undefined
}

/** Compares a policy folder with the live organization. Only reads. */
export async function plan(options: PlanOptions): Promise<FolderRun<SavedPlan>> {
  const loaded = await loadFolder(options.folder, options.now, 'kept')
  if (options.base !== undefined) {
    const { planSince } = await import('./base/plan-since.ts')
    return { loaded, outcome: await planSince(loaded, options, options.base) }
  }
  if (!loaded.result.ok) return { loaded, outcome: loaded.result }
  const noticed = loaded.result.diagnostics
  const made = await planDesired(loaded.result.value, loaded, options, noticed)
  return { loaded, outcome: made }
}

async function planDesired(
  desired: Desired,
  loaded: LoadedFolder,
  options: PlanOptions,
  noticed: readonly Diagnostic[],
): Promise<Outcome<SavedPlan>> {
  const unknown = unknownGuards(options.allow)
  if (unknown.length > 0) return failed(...noticed, ...unknown)
  const seen = await seenThrough(options, desired)
  if (!seen.ok) return failed(...noticed, ...seen.diagnostics)
  const compared = await compare(desired, loaded, seen.value)
  const diagnostics = [...noticed, ...seen.diagnostics, ...compared.diagnostics]
  return compared.ok
    ? outcome(planOf(compared.value, desired, loaded.places, diagnostics, seen.value), diagnostics)
    : failed(...diagnostics)
}

/** A code that lifts nothing is a typing error that could hide a real danger. */
export const unknownGuards = (allow: readonly string[]): readonly Diagnostic[] =>
  allow
    .filter(code => !guardCodes.includes(code))
    .map(code => diagnostic('guard/unknown-code', { code, known: guardCodes }))
