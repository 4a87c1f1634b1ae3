import type { Code, Facts } from '../diagnostics/catalogue.ts'
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import type { ForgeFacts } from '../diagnostics/forge-codes.ts'

/** A call to GitHub, GitLab or Bitbucket that failed, as the diagnostic that says so. The token is never in it. */
export class ForgeError extends Error {
  override readonly name = 'ForgeError'
  readonly diagnostic: Diagnostic

  constructor(found: Diagnostic) {
    super(found.code)
    this.diagnostic = found
  }
}

/** The error of a code of this area. */
export const forgeError = <C extends keyof ForgeFacts & Code>(code: C, facts: Facts[C]): ForgeError =>
  new ForgeError(diagnostic(code, facts))

/** True for a failure of one of these codes. */
export const isForgeError = (error: unknown, ...codes: readonly (keyof ForgeFacts)[]): error is ForgeError =>
  error instanceof ForgeError && codes.some(code => code === error.diagnostic.code)
