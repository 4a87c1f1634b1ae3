import type { DiagnosticDocument } from '../model/diagnostic-document.ts'
import { tally } from './diagnostics-text.ts'
import { forMarkdown, markdownCode } from './harmless.ts'
import { placeOf } from './place.ts'

/** Diagnostics as a Markdown list. */
export const diagnosticsMarkdown = (diagnostics: readonly DiagnosticDocument[], folder: string): string =>
  diagnostics.length === 0
    ? ''
    : [
        `**${tally(diagnostics)}**`,
        '',
        ...diagnostics.map(found => {
          const place = found.file === undefined ? '' : ` ${markdownCode(placeOf(folder, found))}`
          const hint = found.hint === undefined ? '' : `<br>${forMarkdown(found.hint)}`
          return `- ${found.severity} ${markdownCode(found.code)}${place}: ${forMarkdown(found.summary)}${hint}`
        }),
        '',
      ].join('\n')
