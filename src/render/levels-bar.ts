import { coverageLevels, type CoverageLevel, type LevelCounts } from '../model/coverage.ts'
import { fitted, pad, paragraph, type Style } from './style.ts'

/** Accounts of one population by level, at two times. */
export interface LevelRow {
  readonly title: string
  readonly before: LevelCounts
  readonly after: LevelCounts
}

/** How the two times are called. */
export interface LevelTimes {
  readonly before: string
  readonly after: string
}

// The stronger the level, the darker: it reads without colour as well.
const shades: Readonly<Record<CoverageLevel, string>> = {
  none: '·',
  optional: '░',
  'step-up': '▒',
  'two-step': '▓',
  'sso-mfa': '█',
}

/** A bar narrower than this says nothing. */
const narrowest = 8
const widestBar = 40

/** How many cells of a bar each level gets. A level that anybody has gets one, however few they are: a gap must be seen. */
export function barCells(counts: LevelCounts, cells: number): LevelCounts {
  const total = coverageLevels.reduce((sum, level) => sum + counts[level], 0)
  const given = { none: 0, optional: 0, 'step-up': 0, 'two-step': 0, 'sso-mfa': 0 }
  if (total === 0 || cells === 0) return given
  const share = (level: CoverageLevel): number => (counts[level] * cells) / total
  for (const level of coverageLevels) given[level] = counts[level] === 0 ? 0 : Math.max(1, Math.floor(share(level)))
  let left = cells - coverageLevels.reduce((sum, level) => sum + given[level], 0)
  const lacking = (level: CoverageLevel): number => share(level) - given[level]
  while (left !== 0) {
    const sign = Math.sign(left)
    const candidates = coverageLevels.filter(level => (sign > 0 ? counts[level] > 0 : given[level] > 1))
    const [first, ...others] = candidates
    // More levels than cells: there is nothing to take.
    if (first === undefined) break
    const level = others.reduce((best, other) => (sign * (lacking(other) - lacking(best)) > 0 ? other : best), first)
    given[level] += sign
    left -= sign
  }
  return given
}

/** What the shades of a bar stand for. */
export const levelLegend = coverageLevels.map(level => `${shades[level]} ${level}`).join('  ')

/** A table of populations: a bar and the number for each level, before and after; one line where nothing changes. */
export function levelLines(rows: readonly LevelRow[], times: LevelTimes, style: Style): readonly string[] {
  const all = rows.flatMap(({ before, after }) => [before, after])
  const columns = coverageLevels.map(level =>
    Math.max(level.length, ...all.map(counts => String(counts[level]).length)),
  )
  const label = Math.max('unchanged'.length, times.before.length, times.after.length)
  const indent = 4 + label + 1
  const numbers = columns.reduce((sum, width) => sum + width + 1, 0)
  const room = style.width - indent - numbers
  if (room < 0) return rows.flatMap(row => narrowRow(row, times, style))
  const cells = room < narrowest ? 0 : Math.min(widestBar, room)
  const lineOf = (name: string, counts: LevelCounts): string =>
    `    ${pad(name, label)} ${bar(counts, cells, style)}${coverageLevels
      .map((level, index) => ` ${(counts[level] === 0 ? '-' : String(counts[level])).padStart(columns[index] ?? 0)}`)
      .join('')}`
  const head = coverageLevels.map((level, index) => ` ${level.padStart(columns[index] ?? 0)}`).join('')
  return [
    style.dim(`${' '.repeat(indent + cells)}${head}`),
    ...rows.flatMap(({ title, before, after }) => [
      ...fitted([`  ${title}`], style.width),
      ...(coverageLevels.every(level => before[level] === after[level])
        ? [lineOf('unchanged', before)]
        : [lineOf(times.before, before), lineOf(times.after, after)]),
    ]),
  ]
}

/** Where a table does not fit: the levels that anybody has, in words. */
function narrowRow({ title, before, after }: LevelRow, times: LevelTimes, style: Style): readonly string[] {
  const line = (name: string, counts: LevelCounts): readonly string[] => {
    const held = coverageLevels.filter(level => counts[level] > 0).map(level => `${counts[level]} ${level}`)
    return paragraph(held.length === 0 ? 'nobody' : held.join(', '), style.width, `    ${name}: `, '      ')
  }
  const same = coverageLevels.every(level => before[level] === after[level])
  return [
    ...fitted([`  ${title}`], style.width),
    ...(same ? line('unchanged', before) : [...line(times.before, before), ...line(times.after, after)]),
  ]
}

function bar(counts: LevelCounts, cells: number, style: Style): string {
  const paint = {
    none: style.red,
    optional: style.yellow,
    'step-up': style.cyan,
    'two-step': style.green,
    'sso-mfa': style.green,
  }
  const given = barCells(counts, cells)
  const used = coverageLevels.reduce((sum, level) => sum + given[level], 0)
  const painted = coverageLevels.map(level =>
    given[level] === 0 ? '' : paint[level](shades[level].repeat(given[level])),
  )
  return painted.join('') + ' '.repeat(Math.max(0, cells - used))
}
