import { parse } from 'csv-parse/sync'
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, type Outcome } from '../diagnostics/outcome.ts'
import { columns, exportNames, recognize, type ExportKind } from './columns.ts'

/** A console export as rows of cells by column. */
export interface ConsoleExport {
  readonly kind: ExportKind
  readonly rows: readonly Readonly<Record<string, string>>[]
  /** Headings that are no documented column; the apps of the organization are among them. */
  readonly unknown: readonly string[]
}

/** Reads a console export and says which of the three it is. What is none of them is refused with what it lacks. */
export function readExport(file: string, text: string): Outcome<ConsoleExport> {
  let cells: readonly (readonly string[])[]
  try {
    cells = parse(text, { bom: true, relax_column_count: true, skip_empty_lines: true, trim: true })
  } catch (error) {
    const { code = 'CSV_INVALID', lines = 0 } = error as { code?: string; lines?: number }
    return failed(diagnostic('evidence/csv-syntax', { file, line: lines, why: code }))
  }
  const [header, ...rows] = cells
  if (header === undefined) return failed(diagnostic('evidence/empty-export', { file, header: false }))
  const recognized = recognize(header)
  if ('lacks' in recognized) {
    const closest = (Object.keys(columns) as ExportKind[]).sort(
      (a, b) => recognized.lacks[a].length - recognized.lacks[b].length,
    )
    const candidates = closest.map(kind => ({ name: exportNames[kind], lacks: recognized.lacks[kind] }))
    return failed(diagnostic('evidence/not-an-export', { file, candidates }))
  }
  if (rows.length === 0) return failed(diagnostic('evidence/empty-export', { file, header: true }))
  // A file that was cut off, or edited by hand, is not what the console exported.
  const ragged = rows.findIndex(row => row.length !== header.length)
  if (ragged !== -1) {
    const why = `${rows[ragged]?.length ?? 0} cells under ${header.length} headings`
    return failed(diagnostic('evidence/csv-syntax', { file, line: ragged + 2, why }))
  }
  const { kind, at, unknown } = recognized
  const diagnostics: Diagnostic[] =
    unknown.length === 0 ? [] : [diagnostic('evidence/unknown-columns', { file, columns: unknown })]
  return {
    ok: true,
    value: {
      kind,
      unknown,
      rows: rows.map(row => Object.fromEntries([...at].map(([column, index]) => [column, row[index] ?? '']))),
    },
    diagnostics,
  }
}
