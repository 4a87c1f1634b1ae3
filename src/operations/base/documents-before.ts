import { diagnostic, isError, type Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { Desired } from '../../kinds/resource.ts'
import type { SinceBase } from '../../model/plan.ts'
import type { LoadedFolder } from '../validate.ts'

/** Why no plan can be made without the change, and what is said about it. */
export interface NoPlan {
  readonly unknown: NonNullable<SinceBase['unknown']>
  readonly said: Diagnostic
}

/** Documents without the change, of which a plan can be made. */
export interface DocumentsBefore {
  readonly desired: Desired
  readonly loaded: LoadedFolder
}

/** Looks whether a plan can be made of the documents without the change; undefined: there were none. */
export function documentsBefore(
  head: Desired,
  loaded: LoadedFolder | undefined,
  ref: string,
): DocumentsBefore | NoPlan {
  if (loaded === undefined) return { unknown: 'no-documents', said: diagnostic('base/no-documents', { ref }) }
  const { result } = loaded
  if (!result.ok) return noPlan(ref, loaded, result.diagnostics)
  return result.value.organization.spec.id === head.organization.spec.id
    ? { desired: result.value, loaded }
    : { unknown: 'no-plan', said: diagnostic('base/other-organization', { ref }) }
}

/** The errors that keep the documents without the change from a plan. */
export const noPlan = (ref: string, { places }: LoadedFolder, diagnostics: readonly Diagnostic[]): NoPlan => ({
  unknown: 'no-plan',
  said: diagnostic('base/no-plan', {
    ref,
    problems: diagnostics.filter(isError).map(found => {
      const { code, summary, file, line } = places.document(found)
      return `${code}${file === undefined ? '' : ` at ${file}:${line}`}: ${summary}`
    }),
  }),
})
