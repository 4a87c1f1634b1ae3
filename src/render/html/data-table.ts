import { markup, nothing, type Markup, type Part } from './markup.ts'
import { digits } from '../digits.ts'

/** One column: its heading, what stands in it, how it is sorted. */
export interface Column<Row> {
  readonly name: string
  readonly cell: (row: Row) => Part
  /** The cell that says what its row is about. */
  readonly isRowHeading?: boolean
  readonly width?: 'narrow' | 'medium' | 'wide'
  /** `text` unless given; a list is sorted by the place of the cell's text in it. */
  readonly sort?: 'text' | 'number' | readonly string[]
  /** Values to choose from in a filter. */
  readonly pick?: readonly string[]
  /** A class of the cell, for its colour. */
  readonly tone?: (row: Row) => string
}

/** A table, in the order it is given. */
export interface DataTable<Row> {
  /** Unique on the page. */
  readonly id: string
  readonly caption: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  /** What a row is, for what is announced: `accounts`. */
  readonly noun?: string
  /** With a filter and sortable headings, once the script has run. */
  readonly filter?: boolean
}

/** Rows that stand in the page where a script runs. The others wait as text, which costs a browser next to nothing, until they are asked for. */
const rowsAtOnce = 200

/** A table that scrolls inside its own region. Without script every row is there. */
export function dataTable<Row>(table: DataTable<Row>): Markup {
  const { id, caption, columns, rows, filter = false, noun = 'rows' } = table
  if (!filter) return region(table, id, caption, rows)
  const rest = rows.slice(rowsAtOnce)
  return markup`<div class="filterable" data-noun="${noun}">
<div class="controls" role="search" aria-label="Filter: ${caption}" hidden>
<label class="grow" for="${id}-filter">Filter <input id="${id}-filter" type="search" autocomplete="off" spellcheck="false" aria-controls="${id}"></label>
${columns.map((column, index) => picker(column, index, id))}<button type="button" class="reset">Reset</button>
</div>
<p class="status" role="status" aria-live="polite">${digits(rows.length)} ${noun}</p>
${region(table, id, caption, rows.slice(0, rowsAtOnce))}${
    rest.length === 0
      ? nothing
      : markup`<noscript>${region(table, `${id}-rest`, `${caption}, continued`, rest)}</noscript>
<p class="refused">These are the first ${digits(rowsAtOnce)}. A server that refuses scripts hides the others: save the page and open it from there.</p>
`
  }<p class="more" hidden><button type="button" class="some">Show more</button> <button type="button" class="all">Show all</button></p>
</div>
`
}

/** One row a line: the script reads those that wait line by line. */
function region<Row>(
  { columns, filter = false }: DataTable<Row>,
  id: string,
  caption: string,
  rows: readonly Row[],
): Markup {
  const style = columns.length > 4 ? 'fixed many' : 'fixed'
  return markup`<div class="scroll" role="region" tabindex="0" aria-labelledby="${id}-caption">
<table id="${id}"${filter ? markup` class="${style}"` : nothing}>
<caption id="${id}-caption">${caption}</caption>
${filter ? markup`<colgroup>${columns.map(({ width = 'medium' }) => markup`<col class="${width}">`)}</colgroup>` : nothing}
<thead><tr>${columns.map(heading)}</tr></thead>
<tbody>
${rows.map(row => bodyRow(row, columns))}</tbody>
</table>
</div>
`
}

function heading<Row>({ name, sort = 'text' }: Column<Row>): Markup {
  const order = typeof sort === 'string' ? nothing : markup` data-order="${sort.join('|')}"`
  return markup`<th scope="col" data-sort="${typeof sort === 'string' ? sort : 'order'}"${order}>${name}</th>`
}

function bodyRow<Row>(row: Row, columns: readonly Column<Row>[]): Markup {
  return markup`<tr>${columns.map(({ cell, isRowHeading = false, tone }) => {
    const colour = tone === undefined ? nothing : markup` class="${tone(row)}"`
    return isRowHeading ? markup`<th scope="row"${colour}>${cell(row)}</th>` : markup`<td${colour}>${cell(row)}</td>`
  })}</tr>
`
}

function picker<Row>({ name, pick }: Column<Row>, index: number, id: string): Markup {
  if (pick === undefined || pick.length < 2) return nothing
  return markup`<label for="${id}-pick-${index}">${name} <select id="${id}-pick-${index}" data-column="${index}" autocomplete="off" aria-controls="${id}"><option value="">all</option>${pick.map(
    value => markup`<option value="${value}">${value}</option>`,
  )}</select></label>
`
}
