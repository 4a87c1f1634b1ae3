import { compareText } from '../../model/address.ts'
import { coverageLevels, type CoverageCheck, type CoverageLevel } from '../../model/coverage.ts'
import { atLeast } from '../coverage-words.ts'
import { dataTable } from './data-table.ts'
import { levelLegend } from './levels-chart.ts'
import { markup, type Markup } from './markup.ts'
import { staticSvg } from './static-svg.ts'
import { digits } from '../digits.ts'
import { folded, timeOf } from './words.ts'

interface Point {
  readonly at: Date
  readonly level: CoverageLevel
  readonly accounts: number
}

/** The strongest level lies at the bottom: what stands on the ground is what is covered. */
const order = [...coverageLevels].reverse()

/** How the levels went over the recorded checks, the oldest first, with the same numbers as a table. Undefined where there is no way to be seen yet. */
export async function trendChart(recorded: readonly CoverageCheck[]): Promise<Markup | undefined> {
  const checks = [...recorded]
    .filter(({ at }) => !Number.isNaN(Date.parse(at)))
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || compareText(a.at, b.at))
  const [first, last] = [checks[0], checks.at(-1)]
  if (first === undefined || last === undefined || Date.parse(first.at) === Date.parse(last.at)) return undefined
  const share = ({ levels, totals }: CoverageCheck): string =>
    `${digits(atLeast(levels, 'step-up'))} of ${digits(totals.accounts)}`
  const caption = `Accounts by level over ${checks.length} checks: at least step-up ${share(first)} at the first, ${share(last)} at the last`
  const alternative = `${caption}. All numbers are in the table below.`
  return markup`<figure>
<figcaption>${caption}. Each line is a check; between two of them nothing was measured.</figcaption>
${await drawing(checks, 900, alternative)}
${await drawing(checks, 340, alternative)}
${levelLegend(false)}</figure>
${folded('The numbers as a table', trendTable(checks))}`
}

async function drawing(checks: readonly CoverageCheck[], width: number, alternative: string): Promise<Markup> {
  const { areaY, axisX, axisY, blankDocument, plot, ruleX, ruleY, text } = await import('./chart-parts.ts')
  const points = checks.flatMap(({ at, levels }) =>
    coverageLevels.map((level): Point => ({ at: new Date(at), level, accounts: levels[level] })),
  )
  const most = Math.max(1, ...checks.map(({ levels }) => atLeast(levels, 'none')))
  const height = 240
  const last = checks.at(-1)
  const figure: unknown = plot({
    document: blankDocument(),
    width,
    height,
    marginLeft: 56,
    marginRight: 16,
    marginTop: 12,
    marginBottom: 36,
    x: { type: 'utc', label: null },
    y: { domain: [0, most], label: null },
    marks: [
      areaY(points, {
        x: 'at',
        y: 'accounts',
        z: 'level',
        order: [...order],
        fill: ({ level }: Point) => `var(--${level})`,
        stroke: 'var(--card)',
        strokeWidth: 1,
      }),
      ruleX(checks, { x: ({ at }: CoverageCheck) => new Date(at), stroke: 'var(--ink)', strokeOpacity: 0.25 }),
      ruleY([0], { stroke: 'var(--edge)' }),
      ...(last === undefined
        ? []
        : [
            text(bands(last, most, height - 48), {
              x: () => new Date(last.at),
              y: 'middle',
              text: 'level',
              fill: ({ level }: Band) => `var(--on-${level})`,
              textAnchor: 'end',
              dx: -6,
              fontSize: 12,
              fontWeight: 600,
            }),
          ]),
      axisX({ ticks: width < 500 ? 4 : 8, fontSize: 12, label: null, tickSize: 4 }),
      axisY({
        ticks: 4,
        fontSize: 12,
        label: null,
        tickSize: 4,
        tickFormat: (number: number) => (Number.isInteger(number) ? digits(number) : ''),
      }),
    ],
  })
  return staticSvg(figure, alternative, width < 500 ? 'narrow' : 'wide')
}

interface Band {
  readonly level: CoverageLevel
  readonly middle: number
}

/** Where a level's name stands in the last check: only in a band that is high enough for it. */
function bands({ levels }: CoverageCheck, most: number, height: number): readonly Band[] {
  let below = 0
  return order.flatMap(level => {
    const middle = below + levels[level] / 2
    below += levels[level]
    return (levels[level] / most) * height < 18 ? [] : [{ level, middle }]
  })
}

const trendTable = (checks: readonly CoverageCheck[]): Markup =>
  dataTable<CoverageCheck>({
    id: 'trend-numbers',
    caption: 'Accounts by level at each check, the newest first',
    rows: [...checks].reverse(),
    columns: [
      { name: 'Check', cell: ({ at }) => timeOf(at), isRowHeading: true },
      { name: 'Accounts', cell: ({ totals }) => digits(totals.accounts) },
      ...coverageLevels.map(level => ({
        name: level,
        cell: ({ levels }: CoverageCheck) => digits(levels[level]),
      })),
    ],
  })
