import { stringify } from 'csv-stringify/sync'
import { forTerminal } from './harmless.ts'

/** What a cell holds. Null is an empty cell. */
export type Cell = string | number | null

// Spreadsheets take a cell that starts so for a formula. Where their separator is a semicolon, a cell can start in the middle of ours.
const formulaWithin = /;(\s*)(?=[=+\-@＝＋－＠])/gu

/**
 * A table as RFC 4180 has it: commas, quotes where they are needed, CRLF. Texts come from the organization: none is a formula to a spreadsheet, none holds a
 * line break or a character that turns or hides what is read.
 */
export const csvTable = (header: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  stringify([header, ...rows.map(row => row.map(harmless))], { escape_formulas: true, record_delimiter: 'windows' })

const harmless = (cell: Cell): Cell =>
  typeof cell === 'string' ? forTerminal(cell).replace(formulaWithin, ";$1'") : cell
