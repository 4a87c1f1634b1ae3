import type { Code, Facts } from '../diagnostics/catalogue.ts'
import { wording } from '../diagnostics/catalogue.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'

/** A failure of the live organization or of a call to it. It carries a diagnostic and nothing of the request but its name. */
export class OrgError extends Error {
  override readonly name = 'OrgError'
  readonly diagnostic: Diagnostic

  constructor(diagnostic: Diagnostic) {
    super(summaryOf(diagnostic))
    this.diagnostic = diagnostic
  }
}

/** The one line that says what is wrong. */
export const summaryOf = <C extends Code>({ code, facts }: Diagnostic<C>): string =>
  (wording[code] as (facts: Facts[C]) => { readonly summary: string })(facts).summary

/** True for a failure of that code. */
export const isOrgError = <C extends Code>(
  error: unknown,
  ...codes: readonly C[]
): error is OrgError & { readonly diagnostic: Diagnostic<C> } =>
  error instanceof OrgError && codes.some(code => code === error.diagnostic.code)

/** True where this key may not see a part of the organization, the organization has no such part, or a snapshot does not hold it: what needs it can go without. */
export const isOutOfReach = (error: unknown): error is OrgError =>
  isOrgError(error, 'org/missing-scope', 'org/forbidden', 'org/not-found', 'org/feature-off', 'org/not-in-snapshot')
