import type { LeftOut, Unobserved } from '../../adoption/draft.ts'
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { Outcome } from '../../diagnostics/outcome.ts'
import type { KindName } from '../../kinds/index.ts'

/** What an import makes of an organization and of a folder. */
export interface Made {
  readonly organization: { readonly name: string; readonly id: string }
  /** The texts that come or change, by their path in the folder. */
  readonly texts: ReadonlyMap<string, string>
  readonly unobserved: readonly Unobserved[]
  readonly leftOut: readonly LeftOut[]
  readonly diagnostics: readonly Diagnostic[]
  /** The former names of documents that are called otherwise now, with the ids of their policies: what was attested by them goes on to count. */
  readonly formerNames: ReadonlyMap<string, string>
}

/** Whether documents of a kind come or change: all do where none is named, and lists of accounts come with the policies that name them. */
export const isWanted = (kind: string, only: readonly KindName[]): boolean =>
  only.length === 0 ||
  only.some(named => named === kind) ||
  (kind === 'AccountList' && only.includes('AuthenticationPolicy'))

/** An outcome with the texts that its diagnostics point into, where those are not the texts of the folder. */
export type MadeOutcome<T = Made> = Outcome<T> & { readonly texts?: ReadonlyMap<string, string> }
