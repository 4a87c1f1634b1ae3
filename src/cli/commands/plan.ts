import { diagnostic } from '../../diagnostics/diagnostic.ts'
import { plan as makePlan } from '../../operations/plan.ts'
import { planAuthor } from '../../operations/plan-author.ts'
import { savePlan } from '../../operations/saved-plan.ts'
import { shownPlan } from '../../operations/write-record.ts'
import { Places } from '../../diagnostics/to-document.ts'
import type { DiagnosticDocument } from '../../model/diagnostic-document.ts'
import type { Plan, SavedPlan } from '../../model/plan.ts'
import { exitCodes, isBlocked, planExitCode, type ExitCode } from '../exit-code.ts'
import { inFormat, isDiagnosticFormat } from '../diagnostics-formats.ts'
import { endProgress } from '../progress.ts'
import { folderOf } from '../folder-of.ts'
import { type Pointed, type Session } from '../session.ts'
import { jsonPieces } from '../../model/json-pieces.ts'
import { planPlacesOf } from '../plan-places.ts'
import type { PlaceOptions } from '../settings.ts'
import type { PlanView } from '../../render/plan-text.ts'
import type { ReviewView } from '../../render/review/view.ts'
import { sha256Base64 } from '../sha256-base64.ts'
import { version } from '../version.ts'

export interface PlanFlags extends PlaceOptions {
  readonly out?: string
  readonly affected?: string
  readonly allow: readonly string[]
  readonly lastActive?: number
  readonly author?: string
  /** Who else had a hand in the plan: told by jobs of CI, by no flag. */
  readonly alsoBy?: readonly string[]
  readonly requireEvidence?: boolean
  readonly base?: string
  readonly snapshot?: string
  readonly emails?: 'short' | 'full'
}

/** A plan that was made, or the exit code of a run that could not make one, and what was said of it. */
export type Made =
  | { readonly plan: SavedPlan; readonly pointed: Pointed }
  | { readonly exit: ExitCode; readonly said?: readonly DiagnosticDocument[] }

/** Plans a folder and shows what was noticed on the way. */
export async function makePlanOf(session: Session, given: string | undefined, flags: PlanFlags): Promise<Made> {
  const folder = folderOf(session, given)
  const places = await planPlacesOf(session, flags)
  if (!places.ok) {
    // What is wrong with the documents needs no key to be seen.
    const { loadFolder } = await import('../../operations/validate.ts')
    const { result, texts } = await loadFolder(session.path(folder), session.world.now())
    const found = [...result.diagnostics, ...places.diagnostics]
    const at = new Places(texts)
    return { exit: await session.fail(found, { folder, texts }), said: found.map(one => at.document(one)) }
  }
  const { loaded, outcome } = await makePlan({
    folder: session.path(folder),
    ...places.value,
    now: session.world.now(),
    allow: flags.allow,
    lastActive: flags.lastActive,
    requireEvidence: flags.requireEvidence === true,
    alsoBy: flags.alsoBy,
    ...(flags.base !== undefined && { base: { ref: flags.base, runGit: session.world.runGit } }),
    ...planAuthor(session.world.env, flags.author),
  })
  endProgress(session)
  const pointed = { folder, texts: loaded.texts }
  if (!outcome.ok) {
    const said = outcome.diagnostics.map(found => loaded.places.document(found))
    if (isDiagnosticFormat(session.options.format)) await printDiagnostics(session, said, pointed)
    return { exit: await session.fail(outcome.diagnostics, pointed), said }
  }
  if (session.options.format !== 'github') session.tellDocuments(outcome.value.diagnostics, pointed)
  return { plan: outcome.value, pointed }
}

/** `postern plan [DIR]` */
export async function plan(session: Session, given: string | undefined, flags: PlanFlags): Promise<ExitCode> {
  const { out, affected } = flags
  const files = [out, affected, session.options.output].flatMap(file =>
    file === undefined ? [] : [session.path(file)],
  )
  if (new Set(files).size < files.length)
    return session.fail([
      diagnostic('run/usage', { problem: 'two results would be written to one file', help: 'postern plan --help' }),
    ])
  const made = await makePlanOf(session, given, flags)
  if ('exit' in made) return made.exit
  if (flags.out !== undefined) {
    const saved = await savePlan(session.path(flags.out), made.plan)
    if (!saved.ok) return session.fail(saved.diagnostics)
  }
  if (flags.affected !== undefined) {
    const { affectedCsv } = await import('../../render/affected-csv.ts')
    const { savePersonal } = await import('../../operations/save-personal.ts')
    const saved = await savePersonal(session.path(flags.affected), affectedCsv(made.plan))
    if (!saved.ok) return session.fail(saved.diagnostics)
  }
  const printed = await printPlan(session, made.plan, made.pointed, flags)
  if (
    flags.out !== undefined &&
    !isBlocked(made.plan) &&
    session.options.format === 'text' &&
    session.options.quiet !== true
  ) {
    session.world.stderr.write(`Saved to ${flags.out}. To carry out exactly this: postern apply ${flags.out}\n`)
  }
  return printed === exitCodes.clean ? planExitCode(made.plan) : printed
}

/** Shows a plan in the format that was asked for. */
export async function printPlan(
  session: Session,
  made: SavedPlan,
  pointed: Pointed,
  { emails = 'short' }: Pick<PlanFlags, 'emails'>,
): Promise<ExitCode> {
  const { format, verbose = false } = session.options
  const shown = shownPlan(made)
  if (isDiagnosticFormat(format)) return printDiagnostics(session, annotated(format, shown), pointed)
  if (format === 'json') return session.print(jsonPieces(shown))
  return session.print(
    await planIn(format, shown, {
      style: session.out,
      folder: pointed.folder,
      now: session.world.now(),
      verbose,
      emails,
    }),
  )
}

/** Annotations stand in the review of a change: what was there before is not said again. */
function annotated(format: string, { diagnostics, base }: Plan): Plan['diagnostics'] {
  const before = new Set(format === 'github' ? base?.diagnosticsBefore : [])
  return diagnostics.filter((_, position) => !before.has(position))
}

async function planIn(format: string, shown: Plan, view: PlanView & Pick<ReviewView, 'emails'>): Promise<string> {
  if (format === 'html')
    return (await import('../../render/html/plan-html.ts')).planHtml(shown, { ...view, version, sha256Base64 })
  return format === 'markdown'
    ? (await import('../../render/plan-markdown.ts')).planMarkdown(shown, view)
    : (await import('../../render/plan-text.ts')).planText(shown, view)
}

async function printDiagnostics(
  session: Session,
  diagnostics: Plan['diagnostics'],
  { folder, texts }: Pointed,
): Promise<ExitCode> {
  const { format } = session.options
  if (!isDiagnosticFormat(format)) return exitCodes.clean
  return session.print(await inFormat(format, diagnostics, { folder, files: [...texts.keys()], version }))
}
