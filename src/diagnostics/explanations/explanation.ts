/** What the reference says of one code, besides its wording: Markdown, a sentence or a few each. */
export interface Explanation {
  /** What it means, and how one gets there. */
  readonly means: string
  /** What to do, step by step where it takes more than one. */
  readonly fix: string
}

/** The explanations of every code of one area: a new code does not compile until it has one. */
export type ExplanationsOf<Facts> = { readonly [C in keyof Facts]: Explanation }
