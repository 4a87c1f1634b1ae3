import stringWidth from 'fast-string-width'
import type { LineIndex } from '../diagnostics/line-index.ts'
import type { DiagnosticDocument } from '../model/diagnostic-document.ts'
import { forTerminal } from './harmless.ts'

/** Columns of a long line that are shown before the place. */
const lead = 20

/**
 * The line that a diagnostic points at, at most `room` columns of it, and carets below the place; empty where there is no such line. Carets count
 * what a terminal shows: a wide character takes two columns, and an escaped one as many as its escape.
 */
export function sourceExcerpt(
  lines: LineIndex | undefined,
  { line, column, endLine, endColumn }: DiagnosticDocument,
  room: number,
): readonly string[] {
  if (lines === undefined || line === undefined || column === undefined) return []
  const whole = lines.line(line)
  if (whole.trim() === '') return []
  const end = endLine === line && endColumn !== undefined ? endColumn : whole.length + 1
  const fromStart = column <= room ? forTerminal(whole.slice(0, column - 1)) : undefined
  const before =
    fromStart !== undefined && stringWidth(fromStart) <= room - lead ? fromStart : `…${endOf(whole, column - 1)}`
  const left = Math.max(1, room - stringWidth(before))
  const after = whole.slice(column - 1, column - 1 + left)
  const marked = fitting(after.slice(0, Math.max(1, end - column)), left)
  return [
    before + fitting(after, left).join(''),
    ' '.repeat(stringWidth(before)) + '^'.repeat(Math.max(1, stringWidth(marked.join('')))),
  ]
}

/** What stands shortly before an offset. */
const endOf = (text: string, offset: number): string =>
  fitting(Array.from(text.slice(Math.max(0, offset - lead), offset)).reverse(), lead)
    .reverse()
    .join('')

/** Characters made harmless, as many as there is room for. */
function fitting(characters: Iterable<string>, room: number): string[] {
  const shown: string[] = []
  let left = room
  for (const character of characters) {
    const safe = forTerminal(character)
    left -= stringWidth(safe)
    if (left < 0) break
    shown.push(safe)
  }
  return shown
}
