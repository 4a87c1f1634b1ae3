import { lineIndex } from '../diagnostics/line-index.ts'
import type { DiagnosticDocument } from '../model/diagnostic-document.ts'
import { forTerminal } from './harmless.ts'

const longestLine = 100

/** The line that a diagnostic points at, and a line of carets below the place; empty where there is no such line. */
export function sourceExcerpt(
  text: string | undefined,
  { line, column, endLine, endColumn }: DiagnosticDocument,
): readonly string[] {
  if (text === undefined || line === undefined || column === undefined) return []
  const whole = lineIndex(text).line(line)
  if (whole.trim() === '') return []
  const end = endLine === line && endColumn !== undefined ? endColumn : whole.length + 1
  // A long line is shown from shortly before the place.
  const start = column > longestLine - 20 ? column - 20 : 1
  const shown = whole.slice(start - 1, start - 1 + longestLine)
  const before = shown.slice(0, column - start)
  const marked = shown.slice(column - start, Math.max(column - start + 1, end - start))
  const carets = '^'.repeat(Math.max(1, forTerminal(marked).length))
  return [
    `${start > 1 ? '…' : ''}${forTerminal(shown)}`,
    `${start > 1 ? ' ' : ''}${' '.repeat(forTerminal(before).length)}${carets}`,
  ]
}
