import type { Splice } from './edit-source.ts'

/** The line break of a text: that of its first line. */
export const lineBreakOf = (text: string): string => (/\r?\n/.exec(text) ?? ['\n'])[0]

/** Where the line of a place starts, behind a byte order mark. */
export function lineStart(text: string, place: number): number {
  const start = place === 0 ? 0 : text.lastIndexOf('\n', place - 1) + 1
  return start === 0 && text.startsWith('\ufeff') ? 1 : start
}

/** Where the line of a place ends, before its line break. */
export function lineEnd(text: string, place: number): number {
  const next = text.indexOf('\n', place)
  if (next === -1) return text.length
  return next > place && text[next - 1] === '\r' ? next - 1 : next
}

/** The indentation of a place; undefined where something else stands before it on its line. */
export function indentationOf(text: string, place: number): string | undefined {
  const before = text.slice(lineStart(text, place), place)
  return before.trim() === '' ? before : undefined
}

/** Puts lines below the line on which something ends. A text without a line break at its end stays one. */
export function linesBelow(text: string, end: number, lines: readonly string[]): Splice {
  // A text block ends behind its line break.
  const below = end > 0 && text[end - 1] === '\n'
  const place = below ? end : lineEnd(text, end)
  const line = below ? lineStart(text, end - 1) : place
  const lineBreak = /^\r?\n/.exec(text.slice(lineEnd(text, line), lineEnd(text, line) + 2))?.[0] ?? lineBreakOf(text)
  const added = below ? lines.map(added => added + lineBreak) : lines.map(added => lineBreak + added)
  return { start: place, end: place, text: added.join('') }
}

/** Takes out the lines from that of one place to that on which something ends. */
export function withoutLines(text: string, start: number, end: number): Splice {
  const from = lineStart(text, start)
  const to = text[end - 1] === '\n' ? end : text.indexOf('\n', end) + 1
  if (to > 0) return { start: from, end: to, text: '' }
  // The last line has no line break, and the one before it then has none either.
  const before = text[from - 1] === '\n' ? lineEnd(text, lineStart(text, from - 1)) : from
  return { start: before, end: text.length, text: '' }
}

/** Carries splices out. Runs that are taken out may overlap. */
export function spliced(text: string, splices: readonly Splice[]): string {
  let result = ''
  let done = 0
  for (const { start, end, text: added } of [...splices].sort((a, b) => a.start - b.start)) {
    result += text.slice(done, Math.max(done, start)) + added
    done = Math.max(done, end)
  }
  return result + text.slice(done)
}
