import { isError, type Diagnostic } from './diagnostic.ts'

/** What a stage made, with everything it noticed. A stage that saw an error has no value. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T; readonly diagnostics: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }

/** An outcome with a value unless one of the diagnostics is an error. */
export const outcome = <T>(value: T, diagnostics: readonly Diagnostic[]): Outcome<T> =>
  diagnostics.some(isError) ? { ok: false, diagnostics } : { ok: true, value, diagnostics }

/** An outcome without a value. */
export const failed = (...diagnostics: readonly Diagnostic[]): Outcome<never> => ({ ok: false, diagnostics })
