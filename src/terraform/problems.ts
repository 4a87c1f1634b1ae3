import { valuePathOf, type DocumentPath } from '../blocks/value-path.ts'
import type { Attributes } from '../blocks/schema.ts'
import type { ValuePath } from '../blocks/value.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { wordsOf } from '../diagnostics/to-document.ts'
import type { ConfigurationFiles } from '../operations/resources/configuration-files.ts'
import { forTerminal } from '../render/harmless.ts'
import type { Problem } from './contract.ts'

/** Where the parts of one document stand in the block that is looked at. */
export type Spot = (path: DocumentPath) => ValuePath

/** A document whose members are attributes, below some place. */
export const spotOf =
  (attributes: Attributes, at: ValuePath = []): Spot =>
  path => [...at, ...valuePathOf(attributes, path)]

/** Where documents stand, by the names that the files have. A document without a spot is in another block: its name is told. */
export interface Pointing {
  readonly files: ConfigurationFiles
  readonly spots: ReadonlyMap<string, Spot>
}

/** What was noticed, in Terraform's form: errors and warnings with the attribute that they are about. What is only told besides is left out: Terraform has no such thing. */
export const problemsOf = (found: readonly Diagnostic[], pointing?: Pointing): readonly Problem[] =>
  found.flatMap(one => (one.severity === 'note' ? [] : [problemOf(one, pointing)]))

function problemOf(found: Diagnostic, pointing: Pointing | undefined): Problem {
  const { summary, hint } = wordsOf(found)
  const { path, place } = pointing === undefined ? {} : placed(found, pointing)
  return {
    severity: found.severity === 'error' ? 'error' : 'warning',
    summary: forTerminal(summary),
    detail: lines([place, hint, `${found.code}: docs/troubleshooting.md#${found.code}`]),
    ...(path !== undefined && { path }),
  }
}

function placed(
  { span }: Diagnostic,
  { files, spots }: Pointing,
): { readonly path?: ValuePath; readonly place?: string } {
  if (span === undefined) return {}
  const place = files.placeOf(span)
  const spot = spots.get(place.file)
  if ('source' in place) {
    const at = `${place.file}:${place.source.line}:${place.source.column}`
    return { place: at, ...(spot && { path: spot([]) }) }
  }
  if (spot === undefined) return { place: `in ${place.file}` }
  return { path: spot(place.path) }
}

/** Texts as lines that a terminal shows as they are. */
export const lines = (texts: readonly (string | undefined)[]): string =>
  texts.flatMap(text => text?.split('\n').map(forTerminal) ?? []).join('\n')

export const error = (summary: string, detail?: string, path?: ValuePath): Problem =>
  problem('error', summary, detail, path)

export const warning = (summary: string, detail?: string, path?: ValuePath): Problem =>
  problem('warning', summary, detail, path)

const problem = (
  severity: Problem['severity'],
  summary: string,
  detail: string | undefined,
  path: ValuePath | undefined,
): Problem => ({
  severity,
  summary: forTerminal(summary),
  ...(detail !== undefined && { detail: lines([detail]) }),
  ...(path !== undefined && { path }),
})

export const isFatal = (problems: readonly Problem[]): boolean => problems.some(({ severity }) => severity === 'error')
