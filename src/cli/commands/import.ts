import policySchema from '../../../schemas/policy.schema.json' with { type: 'json' }
import type { ImportReport } from '../../model/import-report.ts'
import { planImport, writeImport, type KindName } from '../../operations/import.ts'
import { importDiffText, importNextText, importText } from '../../render/import-text.ts'
import { askOrganization } from '../ask-organization.ts'
import { exitCodes, type ExitCode } from '../exit-code.ts'
import { exportsOf, type ExportFlags } from '../exports-of.ts'
import { endProgress } from '../progress.ts'
import { jsonText, type Session } from '../session.ts'
import { placesOf, type PlaceOptions } from '../settings.ts'

export interface ImportFlags extends PlaceOptions, ExportFlags {
  readonly organization?: string
  readonly only?: readonly KindName[]
  readonly complete?: boolean
  readonly dryRun?: boolean
}

/** `postern import [DIR]` */
export async function importFolder(session: Session, given: string | undefined, flags: ImportFlags): Promise<ExitCode> {
  const folder = given ?? 'policies'
  const places = placesOf(session, flags)
  if (!places.ok) return session.fail(places.diagnostics)
  session.tell(places.diagnostics)
  const problem = session.outputProblem()
  if (problem !== undefined) return session.fail([problem])
  const planned = await planImport({
    folder: { shown: folder, path: session.path(folder) },
    ...places.value,
    now: session.world.now(),
    organization: flags.organization,
    choose: askOrganization(session),
    exports: exportsOf(session, flags),
    only: flags.only ?? [],
    complete: flags.complete ?? false,
    schema: jsonText(policySchema),
  })
  endProgress(session)
  const pointed = { folder, texts: planned.texts }
  if (!planned.ok) return session.fail(planned.diagnostics, pointed)
  const { report } = planned.value
  const dryRun = flags.dryRun === true
  session.tellDocuments(report.diagnostics, pointed)
  if (dryRun) {
    const printed = await session.print(await inFormat(session, report, true))
    return printed === exitCodes.clean && report.files.length > 0 ? exitCodes.pending : printed
  }
  const written = await writeImport(planned.value)
  return written.ok ? session.print(await inFormat(session, written.value, false)) : session.fail(written.diagnostics)
}

async function inFormat({ options, out }: Session, report: ImportReport, dryRun: boolean): Promise<string> {
  switch (options.format) {
    case 'json':
      return jsonText(report)
    case 'markdown':
      return (await import('../../render/import-markdown.ts')).importMarkdown(report, dryRun)
    default:
      return importText(report, out) + (dryRun ? importDiffText(report) : importNextText(report, out))
  }
}
