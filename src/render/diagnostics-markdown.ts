import type { DiagnosticDocument } from '../model/diagnostic-document.ts'
import { tally } from './diagnostics-text.ts'
import { explainedAt } from './explained-at.ts'
import { penFor, type Pen } from './review/pen.ts'

/** Diagnostics as a Markdown list. Addresses are shown as they are: whoever reads it has the documents that they stand in. */
export const diagnosticsMarkdown = (
  diagnostics: readonly DiagnosticDocument[],
  folder: string,
  page?: string,
): string => {
  const pen = penFor({ folder, emails: 'full' })
  return diagnostics.length === 0
    ? ''
    : [`**${tally(diagnostics)}**`, '', ...diagnostics.map(found => diagnosticItem(found, pen, page)), ''].join('\n')
}

/** One diagnostic as an item of a list. */
export function diagnosticItem(found: DiagnosticDocument, pen: Pen, page?: string): string {
  const { severity, code, summary, hint, file, line } = found
  const place = file === undefined ? '' : ` ${pen.place({ file, ...(line !== undefined && { line }) })}`
  return [
    `- ${severity} ${linkedCode(code, pen, page)}${place}: ${pen.prose(summary)}`,
    ...(hint === undefined ? [] : [`    - ${pen.prose(hint)}`]),
  ].join('\n')
}

function linkedCode(code: string, pen: Pen, page?: string): string {
  const address = explainedAt(code, page)
  return address === undefined ? pen.code(code) : `[${pen.code(code)}](<${address}>)`
}
