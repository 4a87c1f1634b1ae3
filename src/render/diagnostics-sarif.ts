import { compareText } from '../model/address.ts'
import type { DiagnosticDocument } from '../model/diagnostic-document.ts'
import type { Json } from '../model/json.ts'
import { explainedAt, explainedIn } from './explained-at.ts'
import { fileFrom } from './place.ts'

/** A SARIF 2.1.0 log: one run, one rule for each code that occurs. */
export function diagnosticsSarif(
  diagnostics: readonly DiagnosticDocument[],
  folder: string,
  version: string,
  page?: string,
): string {
  const rules = [...new Set(diagnostics.map(({ code }) => code))].sort(compareText)
  return `${JSON.stringify(
    {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: { driver: { name: 'postern', version, rules: rules.map(code => rule(code, page)) } },
          columnKind: 'utf16CodeUnits',
          results: diagnostics.map(found => result(found, rules, folder)),
        },
      ],
    },
    null,
    2,
  )}\n`
}

/** SARIF takes an absolute address only (3.49.12); words can name any page. */
function rule(code: string, page?: string): Json {
  const helpUri = explainedAt(code, page)
  return { id: code, ...(helpUri !== undefined && { helpUri }), help: { text: explainedIn(code, page) } }
}

/** A relative address. Half of a surrogate pair, which no address can hold, is shown as what is missing. */
const uriOf = (path: string): string =>
  path
    .replace(/\p{Cs}/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/')

function result(found: DiagnosticDocument, rules: readonly string[], folder: string): Json {
  const { code, severity, summary, hint, file, line, column, endLine, endColumn, related = [] } = found
  const uri = (path: string) => uriOf(fileFrom(folder, path))
  return {
    ruleId: code,
    ruleIndex: rules.indexOf(code),
    level: severity,
    message: { text: hint === undefined ? summary : `${summary}\n${hint}` },
    ...(file !== undefined &&
      line !== undefined && {
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: uri(file) },
              region: {
                startLine: line,
                ...(column !== undefined && { startColumn: column }),
                ...(endLine !== undefined && { endLine }),
                ...(endColumn !== undefined && { endColumn }),
              },
            },
          },
        ],
      }),
    ...(related.length > 0 && {
      relatedLocations: related.map((other, id) => ({
        id,
        physicalLocation: {
          artifactLocation: { uri: uri(other.file) },
          region: { startLine: other.line, startColumn: other.column },
        },
        message: { text: other.summary },
      })),
    }),
  }
}
