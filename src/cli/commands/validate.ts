import { loadFolder } from '../../operations/validate.ts'
import { tally } from '../../render/diagnostics-text.ts'
import { kindCounts } from '../kind-counts.ts'
import { exitCodes, type ExitCode } from '../exit-code.ts'
import { inFormat, isDiagnosticFormat } from '../diagnostics-formats.ts'
import { jsonText, type Session } from '../session.ts'
import { folderOf } from '../folder-of.ts'
import { version } from '../version.ts'

/** `postern validate [DIR]` */
export async function validate(session: Session, given: string | undefined): Promise<ExitCode> {
  const folder = folderOf(session, given)
  const { result, texts, places } = await loadFolder(session.path(folder), session.world.now())
  const documents = result.diagnostics.map(found => places.document(found))
  const { format } = session.options
  // GitHub shows the annotations themselves in the log.
  if (format !== 'github') session.tellDocuments(documents, { folder, texts })
  const code = result.ok ? exitCodes.clean : exitCodes.error
  const printed = await session.print(
    isDiagnosticFormat(format)
      ? await inFormat(format, documents, { folder, files: [...texts.keys()], version })
      : format === 'json'
        ? jsonText({ formatVersion: '1.0', diagnostics: documents })
        : format === 'markdown'
          ? (await import('../../render/diagnostics-markdown.ts')).diagnosticsMarkdown(documents, folder) ||
            `No problem in ${folder}.\n`
          : `${folder}: ${result.ok ? kindCounts(result.value) : 'not valid'}${documents.length === 0 ? ', no problem' : `, ${tally(documents)}`}\n`,
  )
  return printed === exitCodes.clean ? code : printed
}
