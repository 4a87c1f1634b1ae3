import type { Outcome as Inner } from '../diagnostics/outcome.ts'
import { Places } from '../diagnostics/to-document.ts'
import type { Outcome } from './outcome.ts'

const nowhere = new Places(new Map())

/** An outcome of an operation as it leaves the library: its diagnostics in words. */
export function told<T>(inner: Inner<T>, places: Places = nowhere): Outcome<T> {
  const diagnostics = inner.diagnostics.map(found => places.document(found))
  return inner.ok ? { ok: true, value: inner.value, diagnostics } : { ok: false, diagnostics }
}
