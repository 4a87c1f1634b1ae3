import type { CoverageReport } from '../../model/coverage.ts'
import { coverage as measure } from '../../operations/coverage.ts'
import { inFormat } from '../diagnostics-formats.ts'
import { exitCodes, type ExitCode } from '../exit-code.ts'
import { folderOf } from '../folder-of.ts'
import { endProgress } from '../progress.ts'
import { jsonText, type Pointed, type Session } from '../session.ts'
import { placesOf, type PlaceOptions } from '../settings.ts'
import { sha256Base64 } from '../sha256-base64.ts'
import { version } from '../version.ts'

export interface CoverageFlags extends PlaceOptions {
  readonly check?: boolean
  readonly all?: boolean
  readonly record?: boolean
  readonly emails?: 'short' | 'full'
}

/** `postern coverage [DIR]` */
export async function coverage(session: Session, given: string | undefined, flags: CoverageFlags): Promise<ExitCode> {
  const folder = folderOf(session, given)
  const places = placesOf(session, flags)
  if (!places.ok) return session.fail(places.diagnostics)
  // Only what is recorded can be lost.
  if (flags.record === true) session.tell(places.diagnostics)
  const { format } = session.options
  const { loaded, outcome } = await measure({
    folder: session.path(folder),
    ...places.value,
    now: session.world.now(),
    all: flags.all === true || format === 'csv',
    record: flags.record === true,
  })
  endProgress(session)
  const pointed = { folder, texts: loaded.texts }
  if (!outcome.ok) return session.fail(outcome.diagnostics, pointed)
  const report = outcome.value
  if (format !== 'github') session.tellDocuments(report.diagnostics, pointed)
  const printed = await session.print(await inReportFormat(session, report, pointed, flags))
  if (printed !== exitCodes.clean) return printed
  return coverageExitCode(report, flags.check === true)
}

/** 1 where something could not be measured; with `--check` 2 where a requirement of severity error is not met. */
export function coverageExitCode({ diagnostics, requirements }: CoverageReport, check: boolean): ExitCode {
  // An unmet requirement is a finding, not a failure of the run.
  if (diagnostics.some(({ code, severity }) => severity === 'error' && code !== 'coverage/unmet'))
    return exitCodes.error
  const unmet = requirements.some(({ met, severity }) => !met && severity === 'error')
  return check && unmet ? exitCodes.pending : exitCodes.clean
}

async function inReportFormat(
  session: Session,
  report: CoverageReport,
  { folder, texts }: Pointed,
  { emails = 'short' }: CoverageFlags,
): Promise<string> {
  const now = session.world.now()
  const { format, verbose = false } = session.options
  switch (format) {
    case 'json':
      return jsonText(report)
    case 'markdown':
      return (await import('../../render/coverage-markdown.ts')).coverageMarkdown(report, { folder, now, emails })
    case 'html':
      return (await import('../../render/html/coverage-html.ts')).coverageHtml(report, {
        folder,
        now,
        version,
        sha256Base64,
      })
    case 'csv':
      return (await import('../../render/coverage-csv.ts')).coverageCsv(report)
    case 'junit':
      return (await import('../../render/coverage-junit.ts')).coverageJunit(report, folder, [...texts.keys()])
    case 'sarif':
    case 'github':
    case 'gitlab':
      return inFormat(format, report.diagnostics, { folder, files: [...texts.keys()], version })
    default:
      return (await import('../../render/coverage-text.ts')).coverageText(report, {
        style: session.out,
        folder,
        now,
        verbose,
      })
  }
}
