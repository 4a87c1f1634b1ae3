import type { Refusal } from '../../adoption/refusal.ts'
import { isKindName } from '../../kinds/index.ts'
import { refusalOf } from '../../policy/check-value.ts'

/** Why the schema of a kind refuses a value for a field. */
export const refusal: Refusal = (kind, path, value) =>
  isKindName(kind) ? refusalOf(kind, path, value) : 'there is no such kind'
