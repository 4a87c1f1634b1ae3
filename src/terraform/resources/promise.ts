import type { Private } from '../contract.ts'

/** What a plan promised to do, kept between plan and apply. */
export const keepPromise = (promised: string): Private => new TextEncoder().encode(JSON.stringify({ promised }))

/** What the plan promised; undefined where it could not tell. */
export function promiseIn(kept: Private): string | undefined {
  if (kept.length === 0) return undefined
  const { promised } = JSON.parse(new TextDecoder().decode(kept)) as { readonly promised?: unknown }
  return typeof promised === 'string' ? promised : undefined
}

/** Nothing is kept in a state. */
export const nothingKept: Private = new Uint8Array()
