import type { DiagnosticDocument } from '../model/diagnostic-document.ts'
import { explainedAt } from './explained-at.ts'
import { forTerminal } from './harmless.ts'
import { fileFrom } from './place.ts'

const levels = { error: 'error', warning: 'warning', note: 'notice' } as const

/** Workflow commands that GitHub shows at the lines of a pull request. The log of the job shows them as well: they are made harmless for a terminal. */
export const diagnosticsGithub = (diagnostics: readonly DiagnosticDocument[], folder: string, page?: string): string =>
  diagnostics
    .map(({ code, severity, summary, hint, file, line, column, endLine, endColumn }) => {
      const properties = {
        ...(file !== undefined && { file: fileFrom(folder, file), line, endLine, col: column, endColumn }),
        title: code,
      }
      const list = Object.entries<string | number | undefined>(properties).flatMap(([name, value]) =>
        value === undefined ? [] : [`${name}=${property(forTerminal(String(value)))}`],
      )
      const words = [summary, hint, explainedAt(code, page)].flatMap(text =>
        text === undefined ? [] : [forTerminal(text)],
      )
      return `::${levels[severity]} ${list.join(',')}::${data(words.join('\n'))}\n`
    })
    .join('')

// As the toolkit of GitHub Actions encodes them.
const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
