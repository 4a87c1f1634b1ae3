import stringWidth from 'fast-string-width'
import { wrapAnsi } from 'fast-wrap-ansi'

type Paint = (text: string) => string

/** How text is emphasized and how wide it may be. Without colour each paint returns its text. */
export interface Style {
  readonly bold: Paint
  readonly dim: Paint
  readonly red: Paint
  readonly green: Paint
  readonly yellow: Paint
  readonly cyan: Paint
  /** Columns of the terminal. */
  readonly width: number
}

const same: Paint = text => text

/** No emphasis: pipes, files, NO_COLOR. */
export const plainStyle = (width: number): Style => ({
  bold: same,
  dim: same,
  red: same,
  green: same,
  yellow: same,
  cyan: same,
  width,
})

/**
 * Breaks a paragraph into lines, the first after `first`, the others after as many blanks or after `rest`. Where `first` leaves the words no room they
 * go beneath it.
 */
export function paragraph(
  text: string,
  width: number,
  first = '',
  rest = ' '.repeat(stringWidth(first)),
): readonly string[] {
  const indent = /^ */.exec(first)?.[0] ?? ''
  const beneath = `${indent}    `
  if (first.trim() !== '' && stringWidth(first) > beneath.length && isCramped(text, width, first, rest))
    return [...broken(first.trim(), width, indent, beneath), ...broken(text, width, beneath, beneath)]
  return broken(text, width, first, rest)
}

/** Room that a column of words needs at least. */
const narrowest = 20

/** Whether a word would stick out, or the words stand in a column that is too narrow to be read. */
function isCramped(text: string, width: number, first: string, rest: string): boolean {
  const words = text.split(' ').map(word => stringWidth(word))
  const room = width - stringWidth(rest)
  if (stringWidth(first) + (words[0] ?? 0) > width) return true
  return Math.min(stringWidth(text), narrowest) > room || words.some(word => word > room && word + narrowest <= width)
}

function broken(text: string, width: number, first: string, rest: string): readonly string[] {
  const room = Math.max(narrowest, width - stringWidth(rest))
  // What the first line has before it beyond the others stands in its place while lines are broken.
  const ahead = '-'.repeat(Math.max(0, stringWidth(first) - stringWidth(rest)))
  return wrapAnsi(ahead + text, room, { hard: false })
    .split('\n')
    .map((line, index) => (index === 0 ? first + line.slice(ahead.length) : rest + line))
}

const colours = /\u001b\[[\d;]*m/g

/**
 * Lines that are wider than they may be broken at blanks, what goes on indented under them. One with the address of a page stays whole: it is to be
 * opened.
 */
export const fitted = (lines: readonly string[], width: number): readonly string[] =>
  lines.flatMap(line => {
    // A character takes two columns at most.
    if (line.length * 2 <= width || stringWidth(line) <= width || line.includes('://')) return [line]
    const indent = /^ */.exec(line.replace(colours, ''))?.[0] ?? ''
    const text = line.replace(/^((?:\u001b\[[\d;]*m)*) +/, '$1')
    return broken(text, width, indent, `${indent}    `)
  })

/** Fills with blanks up to a width, counting what a terminal shows. */
export const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - stringWidth(text)))

/** The widest of some texts, at most `limit`. */
export const widest = (texts: readonly string[], limit: number): number =>
  texts.reduce(
    (widestYet, text) => (widestYet >= limit ? limit : Math.min(limit, Math.max(widestYet, stringWidth(text)))),
    0,
  )
