import type { DiagnosticDocument } from '../model/diagnostic-document.ts'
import { tally } from './diagnostics-text.ts'
import { explainedAt } from './explained-at.ts'
import { forMarkdown, markdownCode } from './harmless.ts'
import { placeOf } from './place.ts'

/** Diagnostics as a Markdown list. */
export const diagnosticsMarkdown = (
  diagnostics: readonly DiagnosticDocument[],
  folder: string,
  page?: string,
): string =>
  diagnostics.length === 0
    ? ''
    : [
        `**${tally(diagnostics)}**`,
        '',
        ...diagnostics.map(found => {
          const place = found.file === undefined ? '' : ` ${markdownCode(placeOf(folder, found))}`
          const hint = found.hint === undefined ? '' : `<br>${forMarkdown(found.hint)}`
          return `- ${found.severity} ${linkedCode(found.code, page)}${place}: ${forMarkdown(found.summary)}${hint}`
        }),
        '',
      ].join('\n')

function linkedCode(code: string, page?: string): string {
  const address = explainedAt(code, page)
  return address === undefined ? markdownCode(code) : `[${markdownCode(code)}](<${address}>)`
}
