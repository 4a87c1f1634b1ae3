import { diagnostic } from '../../diagnostics/diagnostic.ts'
import { driftClasses, type DriftClass, type DriftReport } from '../../model/drift.ts'
import { parseDuration } from '../../model/duration.ts'
import { checkAge } from '../../operations/check-age.ts'
import { drift as findDrift } from '../../operations/drift.ts'
import type { LoadedFolder } from '../../operations/validate.ts'
import { forTerminal } from '../../render/harmless.ts'
import { exitCodes, type ExitCode } from '../exit-code.ts'
import { folderOf } from '../folder-of.ts'
import { endProgress } from '../progress.ts'
import { jsonText, type Pointed, type Session } from '../session.ts'
import { connectionOf, ledgerOf, type PlaceOptions } from '../settings.ts'
import { sha256Base64 } from '../sha256-base64.ts'
import { version } from '../version.ts'

export interface DriftFlags extends PlaceOptions {
  readonly since?: string
  readonly kind?: readonly string[]
  readonly failOn?: readonly DriftClass[]
  readonly maxAge?: string
  readonly accept?: boolean
  readonly full?: boolean
  readonly lastActive?: number
  readonly emails?: 'short' | 'full'
}

/** What a check found, or the exit code of one that could not be made. */
export type Found =
  | { readonly report: DriftReport; readonly pointed: Pointed; readonly loaded: LoadedFolder }
  | { readonly exit: ExitCode }

/** `postern drift [DIR]` */
export async function drift(session: Session, given: string | undefined, flags: DriftFlags): Promise<ExitCode> {
  const folder = folderOf(session, given)
  if (flags.maxAge !== undefined) {
    const ledger = ledgerOf(session, flags)
    if (!ledger.ok) return session.fail(ledger.diagnostics)
    session.tell(ledger.diagnostics)
    const age = await checkAge(ledger.value, flags.maxAge, session.world.now())
    if (!age.ok) return session.fail(age.diagnostics)
    return session.print(`The last complete check was at ${age.value}.\n`)
  }
  const found = await lookForDrift(session, folder, flags)
  if ('exit' in found) return found.exit
  const { report, pointed, loaded } = found
  if (flags.accept === true) return accept(session, folder, loaded, report)
  const printed = await session.print(await inDriftFormat(session, report, pointed, flags))
  return printed === exitCodes.clean ? driftExitCode(report, flags.failOn ?? driftClasses) : printed
}

/** Compares the organization with what was last applied, and shows what was noticed on the way. */
export async function lookForDrift(session: Session, folder: string, flags: DriftFlags): Promise<Found> {
  const ledger = ledgerOf(session, flags)
  if (!ledger.ok) return { exit: await session.fail(ledger.diagnostics) }
  session.tell(ledger.diagnostics)
  const now = session.world.now()
  const since = flags.since === undefined ? undefined : momentOf(flags.since, now)
  if (flags.since !== undefined && since === undefined)
    return { exit: await session.fail([diagnostic('drift/bad-duration', { flag: '--since', value: flags.since })]) }
  const connection = connectionOf(session, flags)
  if (!connection.ok) return { exit: await session.fail(connection.diagnostics) }
  const { loaded, outcome } = await findDrift({
    folder: session.path(folder),
    connection: connection.value,
    ledger: ledger.value,
    now,
    since,
    lastActive: flags.lastActive,
    full: flags.full,
  })
  endProgress(session)
  const pointed = { folder, texts: loaded.texts }
  if (!outcome.ok) return { exit: await session.fail(outcome.diagnostics, pointed) }
  const report = ofKinds(outcome.value, flags.kind ?? [])
  if (session.options.format !== 'github') session.tellDocuments(report.diagnostics, pointed)
  return { report, pointed, loaded }
}

/** Takes live values over into the documents, and prints what that changed in them. */
async function accept(
  session: Session,
  folder: string,
  loaded: LoadedFolder,
  { differences }: DriftReport,
): Promise<ExitCode> {
  const { acceptDrift } = await import('../../operations/accept.ts')
  const accepted = await acceptDrift(session.path(folder), loaded, differences, session.world.now())
  const pointed = { folder, texts: loaded.texts }
  if (!accepted.ok) return session.fail(accepted.diagnostics, pointed)
  session.tell(accepted.diagnostics, pointed)
  const { files } = accepted.value
  return session.print(
    session.options.format === 'json'
      ? jsonText({
          formatVersion: '1.0',
          files,
          diagnostics: accepted.diagnostics.map(found => loaded.places.document(found)),
        })
      : files.map(({ diff }) => diff.split('\n').map(forTerminal).join('\n')).join(''),
  )
}

/** 1 where the check is not complete, 2 where there is a difference of one of the classes that nobody excepted. */
export function driftExitCode(
  { complete, differences, diagnostics }: DriftReport,
  failOn: readonly DriftClass[],
): ExitCode {
  if (!complete || diagnostics.some(({ severity }) => severity === 'error')) return exitCodes.error
  return differences.some(found => found.exception === undefined && failOn.includes(found.class))
    ? exitCodes.pending
    : exitCodes.clean
}

const ofKinds = (report: DriftReport, kinds: readonly string[]): DriftReport =>
  kinds.length === 0
    ? report
    : { ...report, differences: report.differences.filter(({ kind }) => kinds.includes(kind)) }

/** A time, or a duration back from now. */
function momentOf(text: string, now: Date): Date | undefined {
  const minutes = parseDuration(text)
  if (minutes !== undefined) return new Date(now.getTime() - minutes * 60_000)
  const time = Date.parse(text)
  return Number.isNaN(time) || time > now.getTime() ? undefined : new Date(time)
}

async function inDriftFormat(
  session: Session,
  report: DriftReport,
  { folder, texts }: Pointed,
  { emails = 'short' }: DriftFlags,
): Promise<string> {
  const now = session.world.now()
  const { format, verbose = false } = session.options
  switch (format) {
    case 'json':
      return jsonText(report)
    case 'markdown':
      return (await import('../../render/drift-markdown.ts')).driftMarkdown(report, { folder, now, emails })
    case 'html':
      return (await import('../../render/html/drift-html.ts')).driftHtml(report, { folder, now, version, sha256Base64 })
    case 'sarif':
      return (await import('../../render/drift-sarif.ts')).driftSarif(report, folder, version)
    case 'junit':
      return (await import('../../render/drift-junit.ts')).driftJunit(report, folder, [...texts.keys()])
    case 'github':
      return (await import('../../render/drift-github.ts')).driftGithub(report, folder)
    case 'gitlab':
      return (await import('../../render/drift-gitlab.ts')).driftGitlab(report, {
        folder,
        files: [...texts.keys()],
        sha256Base64,
      })
    case 'slack':
      return (await import('../../render/drift-slack.ts')).driftSlack(report, { folder })
    default:
      return (await import('../../render/drift-text.ts')).driftText(report, {
        style: session.out,
        folder,
        now,
        verbose,
      })
  }
}
