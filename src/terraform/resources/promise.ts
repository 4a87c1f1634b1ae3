import type { Private } from '../contract.ts'

/**
 * What a plan promised to do; undefined where it could not tell. Terraform plans once more when it applies, so this is held against what that plan found: a saved plan is held by the state that it
 * starts from.
 */
export interface Promised {
  readonly promised?: string | undefined
  /** What it promised of the removal of what was there before. Of a replacement Terraform keeps one text for both halves. */
  readonly removal?: string | undefined
}

export const keepPromise = (promised: Promised): Private => new TextEncoder().encode(JSON.stringify(promised))

/** What the plan promised. */
export function promiseIn(kept: Private): Promised {
  if (kept.length === 0) return {}
  const { promised, removal } = JSON.parse(new TextDecoder().decode(kept)) as Readonly<Record<string, unknown>>
  return {
    ...(typeof promised === 'string' && { promised }),
    ...(typeof removal === 'string' && { removal }),
  }
}

/** Of a plan that promises nothing. It is no empty text: by that Terraform’s second question about a replacement is known. */
export const noPromise: Private = keepPromise({})

/** Nothing is kept in a state. */
export const nothingKept: Private = new Uint8Array()
