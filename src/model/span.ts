/** A place in a policy file: offsets in UTF-16 code units of its text, `end` exclusive. */
export interface Span {
  readonly file: string
  readonly start: number
  readonly end: number
}

/** A place as people count: file relative to the folder given, line and column from 1. */
export interface Source {
  readonly file: string
  readonly line: number
  readonly column: number
}
