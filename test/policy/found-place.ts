import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts'
import type { Places } from '../../src/diagnostics/to-document.ts'

interface Point {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** What a diagnostic says about what and where, without its words. */
export interface FoundPlace extends Partial<Point> {
  readonly code: string
  readonly severity: string
  readonly related?: readonly Point[]
}

/** Diagnostics without their words, in their order. */
export const placesOf = (diagnostics: readonly Diagnostic[], places: Places): readonly FoundPlace[] =>
  diagnostics
    .map(found => places.document(found))
    .map(({ code, severity, file, line, column, related }) => ({
      code,
      severity,
      ...(file !== undefined && line !== undefined && column !== undefined && { file, line, column }),
      ...(related && { related: related.map(point => ({ file: point.file, line: point.line, column: point.column })) }),
    }))
