import type { DiagnosticDocument } from '../model/diagnostic-document.ts'

/**
 * What a call brings: a value, or why there is none. Bad input, a refused key and an unreachable organization are diagnostics, never exceptions. With `ok` the diagnostics are warnings and notes,
 * except where the function says more; without, at least one is an error. One that is about a place in the folder has it.
 */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T; readonly diagnostics: readonly DiagnosticDocument[] }
  | { readonly ok: false; readonly diagnostics: readonly DiagnosticDocument[] }
