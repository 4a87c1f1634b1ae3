/** One combination of values, by column. */
export type Case = Readonly<Record<string, string>>

/** One row: the values that each column may have, and what follows. */
export interface Row {
  /** The row in short, as a test is called. */
  readonly title: string
  readonly result: string
  readonly fits: (one: Case) => boolean
}

/** A table as the data file has it: the values of each column, and rows of cells between bars, under a heading. */
export interface TableSource {
  readonly columns: Readonly<Record<string, readonly string[]>>
  readonly rows: string
}

export interface DecisionTable {
  readonly columns: TableSource['columns']
  readonly rows: readonly Row[]
  /** Every combination of the values. */
  readonly cases: readonly Case[]
}

/** The result of combinations that do not happen. */
export const cannotBe = 'cannot be'

/** Reads a table. Throws where a cell has what is no value of its column, so that no row is silently about nothing. */
export function decisionTable({ columns, rows }: TableSource): DecisionTable {
  const [heading = [], ...lines] = rows.trimEnd().split('\n').map(cellsOf)
  const names = Object.keys(columns)
  const own = heading.slice(0, names.length)
  if (own.join() !== names.join()) throw new Error(`the heading has ${own.join(', ')} and not ${names.join(', ')}`)
  return { columns, cases: combinations(columns), rows: lines.map(cells => rowOf(cells, columns)) }
}

/** The result of the row that fits; throws unless exactly one does. */
export function resultOf({ rows }: DecisionTable, one: Case): string {
  const [row, ...others] = rows.filter(({ fits }) => fits(one))
  if (row === undefined || others.length > 0) throw new Error(`${1 + others.length} rows fit ${JSON.stringify(one)}`)
  return row.result
}

const cellsOf = (line: string): readonly string[] => line.split('|').map(cell => cell.trim())

function rowOf(cells: readonly string[], columns: TableSource['columns']): Row {
  const names = Object.keys(columns)
  const [result, reason, ...rest] = cells.slice(names.length)
  if (!result || !reason || rest.length > 0) throw new Error(`a row needs a result and a reason: ${cells.join(' | ')}`)
  const allowed = names.map((name, index) => [name, valuesOf(cells[index] ?? '', columns[name] ?? [])] as const)
  return {
    title: `${cells.slice(0, names.length).join(' | ')} → ${result}: ${reason}`,
    result,
    fits: one => allowed.every(([name, values]) => values.has(one[name] ?? '')),
  }
}

/** `any`, some values, or `not` and some values. */
function valuesOf(cell: string, all: readonly string[]): ReadonlySet<string> {
  if (cell === 'any') return new Set(all)
  const named = cell.replace(/^not /, '').split(', ')
  const stranger = named.find(value => !all.includes(value))
  if (stranger !== undefined) throw new Error(`“${stranger}” is none of ${all.join(', ')}`)
  return new Set(cell.startsWith('not ') ? all.filter(value => !named.includes(value)) : named)
}

const combinations = (columns: TableSource['columns']): readonly Case[] =>
  Object.entries(columns).reduce<readonly Case[]>(
    (cases, [name, values]) => cases.flatMap(one => values.map(value => ({ ...one, [name]: value }))),
    [{}],
  )
