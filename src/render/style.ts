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

/** Breaks a paragraph into lines, the first after `first`, the others after as many blanks or after `rest`. */
export function paragraph(
  text: string,
  width: number,
  first = '',
  rest = ' '.repeat(stringWidth(first)),
): readonly string[] {
  const room = Math.max(20, width - stringWidth(rest))
  // What the first line has before it beyond the others stands in its place while lines are broken.
  const ahead = '-'.repeat(Math.max(0, stringWidth(first) - stringWidth(rest)))
  return wrapAnsi(ahead + text, room, { hard: false })
    .split('\n')
    .map((line, index) => (index === 0 ? first + line.slice(ahead.length) : rest + line))
}

/** Fills with blanks up to a width, counting what a terminal shows. */
export const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - stringWidth(text)))

/** The widest of some texts, at most `limit`. */
export const widest = (texts: readonly string[], limit: number): number =>
  texts.reduce(
    (widestYet, text) => (widestYet >= limit ? limit : Math.min(limit, Math.max(widestYet, stringWidth(text)))),
    0,
  )
