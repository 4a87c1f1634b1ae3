import type { ReviewView } from './view.ts'

/** A part of a text for reviewers: whole blocks, of which as many are shown as there is room for. */
export interface Section {
  /** The lower, the sooner it gets room. Sections are shown in the order in which they are given, whatever this says. */
  readonly rank: number
  /** The blocks in words, as in `steps that tighten (3 of 10)`. */
  readonly what: string
  /** Markdown of one line: the heading, or what is shown of a part that is folded away. */
  readonly title?: string
  readonly folded?: boolean
  /** What stands before the blocks and is no use without one, such as the head of a table. */
  readonly lead?: string
  /** Markdown, each whole: no block opens what another one closes. */
  readonly blocks: readonly string[]
  /** What stands between two blocks: a line break between rows and items, else an empty line. */
  readonly between?: '\n' | '\n\n'
}

const gap = '\n\n'

/**
 * The opening and the sections as one Markdown text. With a `limit` it is never longer than that less the `reserve`: blocks are left out, of the
 * least important sections first, and below the opening it says how many and where everything is. Where there is no room for the opening it is empty.
 */
export function fitted(
  opening: string,
  sections: readonly Section[],
  { limit = Infinity, reserve = 0, whole, folding = true }: Pick<ReviewView, 'limit' | 'reserve' | 'whole' | 'folding'>,
): string {
  const all = sections.filter(({ blocks }) => blocks.length > 0)
  const text = assembled(opening, '', all, folding)
  const room = limit - reserve
  if (text.length <= room) return text
  // As long as it can become.
  const longestNote = noteOf(
    all.map(({ what, blocks }) => `${what} (${blocks.length} of ${blocks.length})`),
    whole,
  )
  let left = room - opening.length - gap.length - longestNote.length - 1
  if (left < 0) return opening.length + 1 <= room ? `${opening}\n` : ''
  const shown = new Map<Section, Section>()
  for (const section of [...all].sort((a, b) => a.rank - b.rank)) {
    // The gap before the section counts as well.
    const blocks = fitting(section, left - gap.length - frame(section, folding))
    if (blocks.length === 0) continue
    const part = { ...section, blocks }
    shown.set(section, part)
    left -= gap.length + sectionText(part, folding).length
  }
  return assembled(
    opening,
    noteOf(
      all.flatMap(section => leftOut(section, shown.get(section)?.blocks.length ?? 0)),
      whole,
    ),
    all.flatMap(section => shown.get(section) ?? []),
    folding,
  )
}

/** The blocks that there is room for. One that is too long hides none that come after it. */
function fitting({ blocks, between = gap }: Section, room: number): readonly string[] {
  // What stands between blocks stands before all of them but the first.
  let left = room + between.length
  return blocks.filter(block => {
    const length = between.length + block.length
    if (length > left) return false
    left -= length
    return true
  })
}

/** All that surrounds the blocks of a section. */
const frame = (section: Section, folding: boolean): number => sectionText({ ...section, blocks: [] }, folding).length

function sectionText({ title, folded = false, lead, blocks, between = gap }: Section, folding: boolean): string {
  const body = `${lead === undefined ? '' : `${lead}\n`}${blocks.join(between)}`
  if (title === undefined) return body
  return folded && folding ? foldedPart(title, body) : `#### ${title}${gap}${body}`
}

/** A part that is folded away under a line. */
export const foldedPart = (title: string, body: string): string =>
  `<details><summary>${title}</summary>${gap}${body}${gap}</details>`

const assembled = (opening: string, note: string, sections: readonly Section[], folding: boolean): string =>
  `${[opening, ...(note === '' ? [] : [note]), ...sections.map(section => sectionText(section, folding))].join(gap)}\n`

/** What is not shown, counted, and where it is. */
const noteOf = (parts: readonly string[], whole: string | undefined): string =>
  `> **Not everything fits here.** Left out: ${parts.join(', ')}.${whole === undefined ? '' : ` ${whole}`}`

function leftOut(section: Section, shown: number): readonly string[] {
  const all = section.blocks.length
  if (shown === all) return []
  return [`${section.what} (${shown === 0 ? '' : `${all - shown} of `}${all})`]
}
