import type { Json } from '../model/json.ts'

/** Why documents of a kind refuse a value for a field, in words; undefined where they take it. */
export type Refusal = (kind: string, path: string, value: Json) => string | undefined
