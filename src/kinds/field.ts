import { textOf, type Json } from '../model/json.ts'

/**
 * How a value can be ordered from weak to strict. A list names the values, weakest first; values that share a place (an inner list) cannot be
 * told apart. `shorter`: a shorter duration is stricter, and a word such as `never` is the weakest. `fewer`, `more`: a list is stricter
 * when it lost, or gained, members.
 */
export type Strictness = readonly (Json | readonly Json[])[] | 'shorter' | 'fewer' | 'more'

/**
 * How live and desired values compare. `unordered`: lists as sets of folded strings. `duration`: by length, `24h` is `1d`.
 * `declared`: never compared, the document is the only place that knows it. `membership`: resolved into moves of accounts.
 */
export type Comparison = 'exact' | 'unordered' | 'duration' | 'declared' | 'membership'

/** One field of a kind: through which channel it is read and written, and what a value means. */
export interface Field {
  readonly channel: 'api' | 'console'
  /** As Atlassian's console and documentation name it. */
  readonly label: string
  readonly compare?: Comparison
  readonly strictness?: Strictness
  /** The shortest and the longest duration that Atlassian takes. */
  readonly range?: readonly [shortest: string, longest: string]
  /** The console export that holds it, if one does; all others rest on attestations. */
  readonly export?: 'members'
  /** The words that the console shows for the values, where they differ. */
  readonly words?: Readonly<Record<string, string>>
  /** Holds email addresses or names of people. */
  readonly personal?: true
}

export type Fields = Readonly<Record<string, Field>>

/** A value in the words of the console. */
export function wordFor(field: Field | undefined, value: Json): string {
  const text = Array.isArray(value) ? value.join(', ') : textOf(value)
  return field?.words?.[text] ?? (value === true ? 'on' : value === false ? 'off' : text === '' ? '(empty)' : text)
}
