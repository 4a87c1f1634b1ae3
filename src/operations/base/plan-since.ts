import { diagnostic, isError, type Diagnostic } from '../../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../../diagnostics/outcome.ts'
import { knownBefore, type Noticed } from '../../engine/since/known-before.ts'
import { allOfChange, sinceBase, type PlanParts, type Since } from '../../engine/since/since-base.ts'
import { weakened } from '../../engine/weakened.ts'
import type { SavedPlan } from '../../model/plan.ts'
import { compareRead, type Compared, type CompareOptions } from '../compare.ts'
import { documentsOf } from '../guard-plan.ts'
import { planOf } from '../plan-of.ts'
import { unknownGuards, type PlanOptions } from '../plan.ts'
import { seenThrough } from '../seen-through.ts'
import { loadContent, type LoadedFolder } from '../validate.ts'
import { documentsAt, type Base } from './documents-at.ts'
import { documentsBefore, noPlan, type DocumentsBefore, type NoPlan } from './documents-before.ts'
import { readForBoth, type ReadForBoth } from './read-for-both.ts'

/** Plans a folder, and tells what its change since a commit brings from what was pending without it. */
export async function planSince(loaded: LoadedFolder, options: PlanOptions, base: Base): Promise<Outcome<SavedPlan>> {
  const { result, texts, places } = loaded
  // Without a folder there is no place to ask git in.
  if (!result.ok && texts.size === 0) return result
  const at = await documentsAt(options.folder, base)
  if (!at.ok) return failed(...result.diagnostics, ...at.diagnostics)
  const { commit, content } = at.value
  const isEmpty = content.files.length + content.diagnostics.length === 0
  const before = isEmpty ? undefined : await loadContent(options.folder, content, options.now, 'kept')
  if (!result.ok) {
    const same = sameErrors(base.ref, loaded, result.diagnostics, before, [])
    return failed(...result.diagnostics, ...at.diagnostics, ...same)
  }
  const misspelt = unknownGuards(options.allow)
  if (misspelt.length > 0) return failed(...result.diagnostics, ...misspelt)

  const documents = documentsBefore(result.value, before, base.ref)
  const other = 'said' in documents ? undefined : documents.desired
  const seen = await seenThrough(options, result.value, other === undefined ? [] : [other])
  if (!seen.ok) return failed(...result.diagnostics, ...seen.diagnostics)
  const read = await readForBoth(result.value, other, seen.value)
  if (!read.ok) return failed(...result.diagnostics, ...seen.diagnostics, ...read.diagnostics)
  const compared = compareRead(result.value, places, read.value.head, seen.value, false)
  const comparedBefore = 'said' in documents ? undefined : compareBefore(documents, read.value, seen.value)
  const found = [...result.diagnostics, ...seen.diagnostics, ...compared.diagnostics]
  if (!compared.ok) {
    const same = sameErrors(base.ref, loaded, found, before, comparedBefore?.diagnostics ?? [])
    return failed(...found, ...at.diagnostics, ...same)
  }
  const { since, said } = tellApart(
    partsOf(compared.value, { diagnostics: found, texts }),
    documents,
    comparedBefore,
    base.ref,
  )
  const diagnostics = [...found, ...at.diagnostics, ...said]
  const plan = planOf(compared.value, result.value, places, diagnostics, seen.value)
  const weakens =
    since.unknown !== undefined || other === undefined
      ? []
      : weakened(documentsOf(other), plan.desired.documents, options.now)
  return outcome({ ...plan, base: { ref: base.ref, commit, ...since, weakens } }, diagnostics)
}

/** The documents without the change beside the same answers. */
function compareBefore(
  { desired, loaded }: DocumentsBefore,
  { base }: ReadForBoth,
  options: CompareOptions,
): Outcome<Compared> {
  if (base?.ok !== true) return failed(...(base?.diagnostics ?? []))
  return compareRead(desired, loaded.places, base.value, options, false)
}

function tellApart(
  head: PlanParts,
  documents: DocumentsBefore | NoPlan,
  compared: Outcome<Compared> | undefined,
  ref: string,
): { readonly since: Since; readonly said: readonly Diagnostic[] } {
  if (!('said' in documents) && compared?.ok === true) {
    const { result, texts } = documents.loaded
    const diagnostics = [...result.diagnostics, ...compared.diagnostics]
    return { since: sinceBase(head, partsOf(compared.value, { diagnostics, texts })), said: [] }
  }
  const { unknown, said } = 'said' in documents ? documents : noPlan(ref, documents.loaded, compared?.diagnostics ?? [])
  return { since: allOfChange(head, unknown), said: [said] }
}

const partsOf = ({ draft, coverage }: Compared, noticed: Noticed): PlanParts => ({
  steps: draft.plan.steps,
  guards: draft.plan.guards,
  coverage,
  noticed,
})

/** That the errors which keep this run from a plan were there before. */
function sameErrors(
  ref: string,
  { texts }: LoadedFolder,
  found: readonly Diagnostic[],
  before: LoadedFolder | undefined,
  foundBefore: readonly Diagnostic[],
): readonly Diagnostic[] {
  if (before === undefined) return []
  const errors = found.filter(isError)
  const diagnostics = [...before.result.diagnostics, ...foundBefore]
  const same = knownBefore({ diagnostics: errors, texts }, { diagnostics, texts: before.texts }).length
  return same === 0 ? [] : [diagnostic('base/same-errors', { ref, same, all: errors.length })]
}
