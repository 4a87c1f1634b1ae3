import { coverageLevels, type CoverageLevel, type LevelCounts } from '../../model/coverage.ts'
import { levelMeaning, levelsChange } from '../coverage-words.ts'
import { barCells } from '../levels-bar.ts'
import { dataTable } from './data-table.ts'
import { visible } from './escape.ts'
import { markup, type Markup } from './markup.ts'
import { staticSvg } from './static-svg.ts'
import { digits } from '../digits.ts'
import { folded, named } from './words.ts'

/** Accounts of one population by level, at two times. */
export interface ChartedLevels {
  readonly name: string
  readonly accounts: number
  /** How many there are at the second time, where that differs. */
  readonly accountsAfter?: number
  readonly before: LevelCounts
  readonly after: LevelCounts
}

/** A chart of levels: what it shows, how the two times are called, and the populations, of which the first are drawn. */
export interface LevelsChart {
  readonly id: string
  readonly caption: string
  readonly times: { readonly before: string; readonly after: string }
  readonly rows: readonly ChartedLevels[]
  /** How many are drawn; the table below the chart has them all. */
  readonly drawn: number
}

/** Bars are made of so many cells: whoever is there has one, however few they are. */
const cells = 200

interface Segment {
  readonly line: string
  readonly level: CoverageLevel
  readonly from: number
  readonly to: number
  readonly accounts: number
}

/** Stacked bars of the levels of populations, at two times, with the same numbers as a table. */
export async function levelsChart({ id, caption, times, rows, drawn }: LevelsChart): Promise<Markup> {
  const shown = rows.slice(0, drawn)
  const rest = rows.length - shown.length
  const alternative = `${caption}. ${shown
    .slice(0, 3)
    .map(row => inWords(row, times))
    .join('; ')}. All numbers are in the table below.`
  return markup`<figure>
<figcaption>${caption}. Each bar is a whole; the numbers in it are accounts.</figcaption>
${await drawing(shown, times, 900, alternative)}
${await drawing(shown, times, 340, alternative)}
${rest > 0 ? markup`<p class="muted">And ${rest} more in the table.</p>` : undefined}${levelLegend(true)}</figure>
${folded('The numbers as a table', levelsTable({ id, caption, times, rows }))}`
}

/** What the colours stand for. */
export const levelLegend = (
  meanings: boolean,
): Markup => markup`<ul class="${meanings ? 'legend' : 'legend short'}">${coverageLevels.map(
  level =>
    markup`<li><span class="swatch level-${level}" aria-hidden="true"></span><strong>${level}</strong>${meanings ? markup` <span class="muted">${levelMeaning[level]}</span>` : undefined}</li>`,
)}</ul>
`

const isSame = ({ before, after }: ChartedLevels): boolean => levelsChange({ before, after }) === ''

const total = ({ accounts, accountsAfter = accounts }: ChartedLevels): string =>
  accounts === accountsAfter ? digits(accounts) : `${digits(accounts)} → ${digits(accountsAfter)}`

function inWords({ name, before, after }: ChartedLevels, times: LevelsChart['times']): string {
  const words = (counts: LevelCounts): string =>
    coverageLevels
      .filter(level => counts[level] > 0)
      .map(level => `${level} ${digits(counts[level])}`)
      .join(', ')
  return `${shortened(name, 60)}, ${times.before}: ${words(before)}; ${times.after}: ${words(after)}`
}

async function drawing(
  rows: readonly ChartedLevels[],
  times: LevelsChart['times'],
  width: number,
  alternative: string,
): Promise<Markup> {
  const { axisX, axisY, barX, blankDocument, gridX, plot, text } = await import('./chart-parts.ts')
  const lines = rows.flatMap((row, index) => [
    { key: `${index} title`, label: '' },
    ...(isSame(row)
      ? [{ key: `${index} before`, label: 'unchanged' }]
      : [
          { key: `${index} before`, label: times.before },
          { key: `${index} after`, label: times.after },
        ]),
  ])
  const labels = new Map(lines.map(({ key, label }) => [key, label]))
  const segments = rows.flatMap((row, index) => [
    ...segmentsOf(`${index} before`, row.before),
    ...(isSame(row) ? [] : segmentsOf(`${index} after`, row.after)),
  ])
  const marginLeft = 80
  const perCell = (width - marginLeft - 10) / cells
  const titles = rows.map((row, index) => ({
    line: `${index} title`,
    title: `${shortened(row.name, width < 500 ? 24 : 70)}: ${total(row)}`,
  }))
  const quarters = [0, 0.25, 0.5, 0.75, 1].map(share => share * cells)
  const figure: unknown = plot({
    document: blankDocument(),
    width,
    height: lines.length * 22 + 34,
    marginLeft,
    marginRight: 10,
    marginTop: 4,
    marginBottom: 30,
    x: { domain: [0, cells], label: null },
    y: { domain: lines.map(({ key }) => key), padding: 0.12, label: null },
    marks: [
      gridX(quarters, { stroke: 'var(--line)', strokeOpacity: 1 }),
      axisX(quarters, {
        tickFormat: (cell: number) => `${(cell * 100) / cells} %`,
        tickSize: 0,
        label: null,
        fontSize: 12,
      }),
      axisY({ tickFormat: (key: string) => labels.get(key) ?? '', tickSize: 0, label: null, fontSize: 12 }),
      barX(segments, {
        y: 'line',
        x1: 'from',
        x2: 'to',
        insetLeft: 0.5,
        insetRight: 0.5,
        fill: ({ level }: Segment) => `var(--${level})`,
        title: ({ level, accounts }: Segment) => `${level}: ${digits(accounts)}`,
      }),
      text(
        segments.filter(({ from, to, accounts }) => (to - from) * perCell > digits(accounts).length * 8 + 4),
        {
          y: 'line',
          x: ({ from, to }: Segment) => (from + to) / 2,
          text: ({ accounts }: Segment) => digits(accounts),
          fill: ({ level }: Segment) => `var(--on-${level})`,
          fontSize: 12,
          fontWeight: 600,
        },
      ),
      text(titles, { y: 'line', x: 0, text: 'title', textAnchor: 'start', fontSize: 13, fontWeight: 600, dy: 2 }),
    ],
  })
  return staticSvg(figure, alternative, width < 500 ? 'narrow' : 'wide')
}

function segmentsOf(line: string, counts: LevelCounts): readonly Segment[] {
  const given = barCells(counts, cells)
  let from = 0
  return coverageLevels
    .filter(level => given[level] > 0)
    .map(level => {
      const segment = { line, level, from, to: from + given[level], accounts: counts[level] }
      from = segment.to
      return segment
    })
}

/** The start of a name, cut between characters. */
export function shortened(name: string, most: number): string {
  const characters = Array.from(visible(name))
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : characters.join('')
}

function levelsTable({ id, caption, times, rows }: Omit<LevelsChart, 'drawn'>): Markup {
  return dataTable<ChartedLevels>({
    id,
    caption: `${caption}: ${times.before} → ${times.after}`,
    rows,
    columns: [
      { name: 'Accounts', cell: row => [named(row.name), `: ${total(row)}`], isRowHeading: true },
      ...coverageLevels.map(level => ({
        name: level,
        cell: ({ before, after }: ChartedLevels) =>
          before[level] === after[level] ? digits(before[level]) : `${digits(before[level])} → ${digits(after[level])}`,
      })),
    ],
  })
}
