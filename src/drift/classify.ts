import { sameValue } from '../kinds/compare.ts'
import type { Field } from '../kinds/field.ts'
import type { LiveField } from '../model/evidence.ts'
import type { Json } from '../model/json.ts'
import type { DriftClass } from '../model/drift.ts'

/** Who moved, told from what was last applied, what is declared and what is live; undefined where the last two are the same. */
export function whoMoved(
  same: (a: Json, b: Json) => boolean,
  { applied, expected, live }: { readonly applied: Json | undefined; readonly expected: Json; readonly live: Json },
): 'pending' | 'changed-outside' | 'conflict' | undefined {
  if (same(expected, live)) return undefined
  // What was never applied cannot have been changed since.
  if (applied === undefined || same(applied, live)) return 'pending'
  return same(applied, expected) ? 'changed-outside' : 'conflict'
}

/** What one field of one object is, if there is anything to say of it. */
export function classOfField(
  field: Field,
  {
    applied,
    expected,
    live,
  }: { readonly applied: Json | undefined; readonly expected: Json; readonly live: LiveField },
): DriftClass | undefined {
  if (live.state === 'unknown') return 'unverified'
  if (live.state === 'stale') return 'stale'
  return whoMoved((a, b) => sameValue(field, a, b), { applied, expected, live: live.value })
}
