import { resolve } from 'node:path'
import { diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome as Inner } from '../diagnostics/outcome.ts'
import { Places } from '../diagnostics/to-document.ts'
import { isKindName, kindNames, type KindName } from '../kinds/index.ts'
import type { ImportReport } from '../model/import-report.ts'
import { planImport, writeImport } from '../operations/import.ts'
import { open } from './open.ts'
import type { LiveOptions } from './options.ts'
import type { Outcome } from './outcome.ts'
import { told } from './told.ts'

/** What is imported, and where to. */
export interface ImportOptions extends LiveOptions {
  /** The id of the organization; needed only where the folder is new and the key sees several. */
  readonly organization?: string | undefined
  /** Files of console exports: what they show goes into the documents, and into the ledger as evidence. */
  readonly exports?: readonly string[] | undefined
  /** When the exports were made (RFC 3339). Needed with `exports`: the time of a file says little. */
  readonly exportedAt?: string | undefined
  /** Only documents of these kinds come or change; all if left out. */
  readonly only?: readonly string[] | undefined
  /** Adds to documents that are there what evidence shows and they leave out. False if left out. */
  readonly complete?: boolean | undefined
  /** Says what would be written and writes nothing. False if left out. */
  readonly dryRun?: boolean | undefined
}

/** Writes the live organization into a folder as documents that plan to no change. In a folder that holds documents only what differs is changed, and comments stay. All files are written, or none. */
export async function importOrganization(options: ImportOptions): Promise<Outcome<ImportReport>> {
  const { folder, organization, exports = [], exportedAt, complete = false, dryRun = false } = options
  const opened = open(options)
  const only = kindsOf(options.only ?? [])
  if (!opened.ok || !only.ok) return told(failed(...opened.diagnostics, ...only.diagnostics))
  const { default: schema } = await import('../../schemas/policy.schema.json', { with: { type: 'json' } })
  const planned = await planImport({
    ...opened.value,
    folder: { shown: folder, path: resolve(folder) },
    organization,
    only: only.value,
    complete,
    schema: `${JSON.stringify(schema, null, 2)}\n`,
    ...(exports.length > 0 && {
      exports: {
        files: exports.map(file => ({ shown: file, path: resolve(file) })),
        exportedAt,
        confirmTime: undefined,
        // A program is no person who could say that the time of a file is right.
        ci: true,
      },
    }),
  })
  const looked = told(planned, new Places(planned.texts))
  if (!planned.ok || !looked.ok) return { ok: false, diagnostics: looked.diagnostics }
  if (dryRun) return { ...looked, value: planned.value.report }
  const written = told(await writeImport(planned.value))
  return { ...written, diagnostics: [...looked.diagnostics, ...written.diagnostics] }
}

function kindsOf(names: readonly string[]): Inner<readonly KindName[]> {
  const unknown = names.filter(name => !isKindName(name))
  return outcome(
    names.filter(isKindName),
    unknown.map(name =>
      diagnostic('run/usage', {
        problem: `there is no kind \`${name}\`: ${kindNames.join(', ')}`,
        help: 'postern import --help',
      }),
    ),
  )
}
