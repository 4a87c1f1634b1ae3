import { statSync } from 'node:fs'
import { diagnostic } from '../../diagnostics/diagnostic.ts'
import { Places } from '../../diagnostics/to-document.ts'
import type { SavedPlan, Step } from '../../model/plan.ts'
import type { ApplyReport, StepResult } from '../../model/reports.ts'
import { applyPlan } from '../../operations/apply.ts'
import { readPlan } from '../../operations/saved-plan.ts'
import { applyMarkdown, applyText, stepResultLine } from '../../render/apply-text.ts'
import { planText } from '../../render/plan-text.ts'
import { applyExitCode, exitCodes, planExitCode, type ExitCode } from '../exit-code.ts'
import { endProgress } from '../progress.ts'
import { folderOf } from '../folder-of.ts'
import { jsonText, type Pointed, type Session } from '../session.ts'
import { connectionOf, ledgerOf, type PlaceOptions } from '../settings.ts'
import { makePlanOf } from './plan.ts'

export interface ApplyFlags extends PlaceOptions {
  readonly yes?: boolean
  readonly allow: readonly string[]
  readonly lastActive?: number
}

/** `postern apply [DIR or PLAN]` */
export async function apply(session: Session, given: string | undefined, flags: ApplyFlags): Promise<ExitCode> {
  const isFile = given !== undefined && statSync(session.path(given), { throwIfNoEntry: false })?.isFile() === true
  if (flags.yes !== true && session.world.ask === undefined) return session.fail([diagnostic('run/needs-consent', {})])
  const unwritable = session.outputProblem()
  if (unwritable !== undefined) return session.fail([unwritable])
  const made = isFile ? await readSaved(session, given) : await makePlanOf(session, given, flags)
  if ('exit' in made) return made.exit
  const { plan, pointed } = made
  if (planExitCode(plan) === exitCodes.blocked && !allLifted(plan, flags)) {
    show(session, plan, pointed)
    return finish(session, plan, pointed, blockedReport(plan, runName(session)), exitCodes.blocked)
  }
  if (session.options.format === 'text' || flags.yes !== true) show(session, plan, pointed)
  const writes = plan.steps.some(({ channel, status }) => channel === 'api' && status === 'ready')
  if (flags.yes !== true && writes && !(await consented(session))) {
    session.tell([diagnostic('run/declined', {})])
    return exitCodes.error
  }
  return carryOut(session, plan, pointed, flags, isFile || flags.yes !== true)
}

const allLifted = ({ guards }: SavedPlan, { allow }: ApplyFlags): boolean =>
  guards.every(({ status, code, lift }) => status !== 'blocks' || (lift !== undefined && allow.includes(code)))

/** The plan is for the person who decides; stdout is for the result. */
function show(session: Session, plan: SavedPlan, { folder }: Pointed): void {
  const { quiet, verbose = false, format } = session.options
  if (quiet === true) return
  const stream = format === 'text' && session.options.output === undefined ? session.world.stdout : session.world.stderr
  stream.write(`${planText(plan, { style: session.err, folder, now: session.world.now(), verbose })}\n`)
}

async function consented(session: Session): Promise<boolean> {
  const answer = await session.world.ask?.('Carry out the API steps of this plan? Only `yes` is accepted: ')
  return answer?.trim() === 'yes'
}

async function readSaved(
  session: Session,
  file: string,
): Promise<{ readonly plan: SavedPlan; readonly pointed: Pointed } | { readonly exit: ExitCode }> {
  const read = await readPlan(session.path(file))
  if (!read.ok)
    return {
      exit: await session.fail(read.diagnostics.map(found => ({ ...found, facts: { ...found.facts, file } }))),
    }
  return { plan: read.value, pointed: { folder: folderOf(session, undefined), texts: new Map() } }
}

async function carryOut(
  session: Session,
  plan: SavedPlan,
  pointed: Pointed,
  flags: ApplyFlags,
  recheck: boolean,
): Promise<ExitCode> {
  // The first interrupt lets the request under way end: a write that is cut off leaves it open whether it happened.
  const connection = connectionOf(session, flags, session.world.abort)
  const ledger = ledgerOf(session, flags)
  if (!connection.ok) return session.fail(connection.diagnostics)
  if (!ledger.ok) return session.fail(ledger.diagnostics)
  session.world.stop.addEventListener('abort', () => {
    endProgress(session)
    session.world.stderr.write('Stopping once the step under way has ended. Interrupt again to stop at once.\n')
  })
  const run = runName(session)
  const applied = await applyPlan({
    plan,
    connection: connection.value,
    ledger: ledger.value,
    now: session.world.now,
    run,
    allow: flags.allow,
    recheck,
    stop: session.world.stop,
    onStep: (step, result) => tellStep(session, step, result),
  })
  endProgress(session)
  if (!applied.ok) return session.fail(applied.diagnostics, pointed)
  session.tell(applied.diagnostics, pointed)
  const places = new Places(pointed.texts)
  const report: ApplyReport = {
    formatVersion: '1.0',
    run,
    digest: plan.digest,
    steps: applied.value.results,
    guards: applied.value.guards,
    diagnostics: applied.diagnostics.map(found => places.document(found)),
  }
  const ledgerLost = applied.diagnostics.some(({ severity }) => severity === 'error')
  return finish(session, plan, pointed, report, ledgerLost ? exitCodes.error : applyExitCode(applied.value))
}

function tellStep(session: Session, step: Step, result: StepResult | undefined): void {
  if (result === undefined || session.options.quiet === true || step.channel === 'console') return
  endProgress(session)
  session.world.stderr.write(`${stepResultLine(step, result, session.err)}\n`)
}

async function finish(
  session: Session,
  plan: SavedPlan,
  { folder }: Pointed,
  report: ApplyReport,
  code: ExitCode,
): Promise<ExitCode> {
  const { format, verbose = false } = session.options
  const text =
    format === 'json'
      ? jsonText(report)
      : format === 'markdown'
        ? applyMarkdown(report, plan.steps)
        : applyText(report, plan.steps, { style: session.out, folder, now: session.world.now(), verbose })
  const printed = await session.print(text)
  return printed === exitCodes.clean ? code : printed
}

const blockedReport = (plan: SavedPlan, run: string): ApplyReport => ({
  formatVersion: '1.0',
  run,
  digest: plan.digest,
  steps: plan.steps.map(({ id }) => ({ id, status: 'not-attempted', reason: 'a guard blocks the plan' })),
  guards: plan.guards,
  diagnostics: plan.diagnostics,
})

/** Sorts by time and is different for two runs of one second. */
const runName = ({ world: { now, random } }: Session): string =>
  `${now().toISOString().slice(0, 19).replaceAll(':', '-')}Z-${Math.floor(random() * 0x10000)
    .toString(16)
    .padStart(4, '0')}`
