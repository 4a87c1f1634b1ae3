/** What a diagnostic says: what is wrong, and how to mend it. Plain text without line breaks. */
export interface Wording {
  readonly summary: string
  readonly hint?: string
}

/** The wording of every code of an area: a code without words does not compile. */
export type WordingOf<Area> = { readonly [C in keyof Area]: (facts: Area[C]) => Wording }

/** A quoted list with an end: `a`, `b` and 3 more. */
export function some(items: readonly string[], shown = 5): string {
  const quoted = items.slice(0, shown).map(item => `\`${item}\``)
  const rest = items.length - quoted.length
  return rest > 0 ? `${quoted.join(', ')} and ${rest} more` : quoted.join(', ')
}

/** `1 account`, `2 accounts`. */
export const count = (n: number, noun: string, plural = `${noun}s`): string => `${n} ${n === 1 ? noun : plural}`

/** A hint, where there is something near to suggest. */
export const near = (suggestion: string | undefined): { hint?: string } =>
  suggestion === undefined ? {} : { hint: `did you mean \`${suggestion}\`?` }
