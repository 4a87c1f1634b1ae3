import type { Code, Facts } from '../diagnostics/catalogue.ts'
import { wording } from '../diagnostics/catalogue.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../diagnostics/outcome.ts'

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

/** The edge of `org/`: what work threw as an `OrgError` becomes its diagnostic. Anything else is a bug and thrown on. */
export async function attempt<T>(work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return outcome(await work(), [])
  } catch (error) {
    if (error instanceof OrgError) return failed(error.diagnostic)
    throw error
  }
}
