/** How bad it is. An error keeps a run from its result; a warning is worth a look; a note is for whoever wants to know. */
export type Severity = 'error' | 'warning' | 'note'

/**
 * A diagnostic as documents carry it. The place is there whole or not at all; line and column count from 1, in UTF-16 code
 * units, `endColumn` is exclusive; `file` is relative to the folder given.
 */
export interface DiagnosticDocument {
  readonly code: string
  readonly severity: Severity
  readonly summary: string
  readonly hint?: string
  readonly file?: string
  readonly line?: number
  readonly column?: number
  readonly endLine?: number
  readonly endColumn?: number
  readonly related?: readonly {
    readonly file: string
    readonly line: number
    readonly column: number
    readonly summary: string
  }[]
}
