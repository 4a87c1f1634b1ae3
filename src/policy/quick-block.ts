import { notEveryday } from './quick-scalar.ts'

const header = /([|>])(-?) *\r?\n/y
const line = /( *)([^\r\n]*)/y
const lineEnd = /\r?\n/y
const emptyLines = /(?:\r?\n)*/y

/**
 * The text of some lines below a key, `|` or `>`, and where the last of them ends. Only where all are indented alike and none between them is empty is it
 * plain which line breaks and blanks belong to the text; undefined otherwise. `above` is the indentation of the key.
 */
export function quickBlock(
  text: string,
  start: number,
  above: number,
): { readonly value: string; readonly end: number } | undefined {
  header.lastIndex = start
  const [, style, chomping] = header.exec(text) ?? []
  if (style === undefined) return notEveryday
  const lines: string[] = []
  let depth = above + 1
  let end = start
  for (let at = header.lastIndex; ; at = lineEnd.lastIndex) {
    line.lastIndex = at
    const [, { length: indent } = '', content = ''] = line.exec(text) ?? []
    if (content === '' || indent <= above) {
      // Blanks alone may be text.
      if (indent > 0 && content === '') return notEveryday
      return lines.length > 0 && isOver(text, end, above) ? { value: folded(lines, style, chomping), end } : notEveryday
    }
    if (lines.length === 0) depth = indent
    if (indent !== depth || /^\t|[ \t]$/.test(content)) return notEveryday
    lines.push(content)
    end = line.lastIndex
    lineEnd.lastIndex = end
    if (!lineEnd.test(text))
      return chomping === '-' && end === text.length ? { value: folded(lines, style, '-'), end } : notEveryday
  }
}

/** Whether the next line that is not empty is less indented, so that it belongs to something else. */
function isOver(text: string, end: number, above: number): boolean {
  emptyLines.lastIndex = end
  emptyLines.test(text)
  line.lastIndex = emptyLines.lastIndex
  const [, { length: indent } = ''] = line.exec(text) ?? []
  return indent <= above
}

const folded = (lines: readonly string[], style: string, chomping: string | undefined): string =>
  lines.join(style === '|' ? '\n' : ' ') + (chomping === '-' ? '' : '\n')
