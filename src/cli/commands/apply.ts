import { statSync } from 'node:fs'
import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts'
import { Places } from '../../diagnostics/to-document.ts'
import type { SavedPlan, Step } from '../../model/plan.ts'
import type { ApplyReport, StepResult } from '../../model/reports.ts'
import { nameRun } from '../../operations/name-run.ts'
import { applyReport } from '../../operations/apply-report.ts'
import { approvalsOf, approvedElsewhere } from '../../operations/approvals-of.ts'
import { applyPlan, lockRun, type ApplyOptions } from '../../operations/apply.ts'
import { attempt } from '../../operations/attempt.ts'
import type { Connection, RequestLimit } from '../../operations/connection.ts'
import { guardsNow } from '../../operations/guard-plan.ts'
import type { HeldLock } from '../../operations/hold-lock.ts'
import type { Ledger } from '../../operations/open-ledger.ts'
import { unknownGuards } from '../../operations/plan.ts'
import { readPlan } from '../../operations/saved-plan.ts'
import { stepResultLine } from '../../render/apply-text.ts'
import { planText } from '../../render/plan-text.ts'
import { applyExitCode, exitCodes, isBlocked, type ExitCode } from '../exit-code.ts'
import { folderOf } from '../folder-of.ts'
import { endProgress } from '../progress.ts'
import { originOf } from '../run-origin.ts'
import type { Pointed, Session } from '../session.ts'
import { placesOf, type PlaceOptions } from '../settings.ts'
import { finishApply } from './finish-apply.ts'
import { makePlanOf, type Made } from './plan.ts'
import { showRecoveryCard } from './recovery-card.ts'

export interface ApplyFlags extends PlaceOptions {
  readonly yes?: boolean
  readonly allow: readonly string[]
  readonly lastActive?: number
  readonly author?: string
  readonly alsoBy?: readonly string[]
  readonly digest?: string
  readonly otp?: readonly string[]
  readonly requireEvidence?: boolean
  readonly bundle?: string
  readonly emails?: 'short' | 'full'
}

/** Who wants to hear how an apply ends, besides the person at the terminal. */
export interface ApplyListener {
  /** Another plan was looked at than the one that was made. */
  readonly otherDigest?: (plan: SavedPlan, pointed: Pointed) => Promise<void>
  readonly ended?: (report: ApplyReport, plan: SavedPlan, pointed: Pointed) => Promise<void>
}

/** What every part of one apply needs. */
export interface ApplyRun {
  readonly session: Session
  readonly flags: ApplyFlags
  readonly run: string
  readonly origin: ApplyOptions['origin']
  readonly ledger: Ledger
  readonly connection: Connection
  readonly lock: HeldLock
  readonly listener: ApplyListener
}

/** `postern apply [DIR or PLAN]`: one run at a time, from before it plans until everything is recorded. */
export async function apply(
  session: Session,
  given: string | undefined,
  flags: ApplyFlags,
  listener: ApplyListener = {},
): Promise<ExitCode> {
  const isFile = given !== undefined && statSync(session.path(given), { throwIfNoEntry: false })?.isFile() === true
  if (flags.yes !== true && session.world.ask === undefined) return session.fail([diagnostic('run/needs-consent', {})])
  const unwritable = session.outputProblem()
  if (unwritable !== undefined) return session.fail([unwritable])
  const unknown = unknownGuards(flags.allow)
  if (unknown.length > 0) return session.fail(unknown)
  // A plan that cannot be read needs neither key nor lock to be refused.
  const read = isFile ? await readSaved(session, given) : undefined
  if (read !== undefined && 'exit' in read) return read.exit
  // The first interrupt lets the request under way end: a write that is cut off leaves it open whether it happened.
  const places = placesOf(session, flags, session.world.abort)
  // Without a key the documents are still looked at, by the command that plans.
  if (!places.ok)
    return read === undefined ? exitOf(await makePlanOf(session, given, flags)) : session.fail(places.diagnostics)
  const { ledger, connection } = places.value
  if (read !== undefined) session.tell(places.diagnostics)
  const run = nameRun(session.world.now(), session.world.random)
  const origin = originOf(session, 'apply', flags.author)
  const locked = await lockRun(
    { connection, origin },
    { ledger, run, command: 'apply', owner: origin.by, now: session.world.now },
  )
  endProgress(session)
  if (!locked.ok) return session.fail(locked.diagnostics)
  session.tell(locked.diagnostics)
  const lock = locked.value
  let code: ExitCode
  try {
    const made = read ?? (await makePlanOf(session, given, flags))
    code =
      'exit' in made
        ? made.exit
        : await decide({ session, flags, run, origin, ledger, connection, lock, listener }, made, isFile)
  } finally {
    const released = await lock.release()
    session.tell(released.diagnostics)
  }
  return code
}

const exitOf = (made: Made): ExitCode => ('exit' in made ? made.exit : exitCodes.error)

/** Whether the plan may be carried out, by digest, approvals, guards and the person at the terminal; and carries it out. */
async function decide(
  context: ApplyRun,
  { plan, pointed }: Extract<Made, { plan: SavedPlan }>,
  isFile: boolean,
): Promise<ExitCode> {
  const { session, flags, ledger } = context
  const { digest, otp = [], allow, requireEvidence } = flags
  if (digest !== undefined && digest !== plan.digest) {
    await context.listener.otherDigest?.(plan, pointed)
    return session.fail([diagnostic('apply/other-digest', { wanted: digest, made: plan.digest })])
  }
  if (otp.length > 0) {
    const { approveWithCodes } = await import('../../operations/approve.ts')
    const { env, runCommand, now } = session.world
    const approved = await approveWithCodes(otp, { plan, ledger, now: now(), secrets: { env, runCommand } })
    if (!approved.ok) {
      await session.fail(approved.diagnostics)
      return exitCodes.blocked
    }
    session.tell(approved.diagnostics)
  }
  const judged = await attempt(async () => {
    const approved = await approvalsOf(ledger, plan, session.world.now())
    const guards = guardsNow(plan, { ...approved, allow, requireEvidence, now: session.world.now() })
    return { guards, elsewhere: approvedElsewhere(approved, guards, plan.digest) }
  })
  if (!judged.ok) return session.fail(judged.diagnostics, pointed)
  const shown = { ...plan, guards: judged.value.guards }
  if (isBlocked(shown)) {
    show(session, shown, pointed)
    session.tell(judged.value.elsewhere)
    return finishApply(context, plan, pointed, { report: blockedReport(shown, context.run), code: exitCodes.blocked })
  }
  if (session.options.format === 'text' || flags.yes !== true) show(session, shown, pointed)
  const writes = plan.steps.some(({ channel, status }) => channel === 'api' && status === 'ready')
  if (flags.yes !== true && writes && !(await consented(session))) {
    session.tell([diagnostic('run/declined', {})])
    return exitCodes.error
  }
  const tooMany = overLimit(context.connection.limit, plan)
  if (tooMany !== undefined) return session.fail([tooMany])
  return carryOut(context, plan, pointed, isFile || flags.yes !== true)
}

/** Whether the requests that are left do not suffice for what the plan writes. From here on the limit stops nothing: a run that was begun is not cut off. */
function overLimit(limit: RequestLimit | undefined, { requests: { writes } }: SavedPlan): Diagnostic | undefined {
  if (limit === undefined) return undefined
  const left = limit.most - limit.sent
  if (writes > left) return diagnostic('apply/too-many-requests', { most: limit.most, left, writes })
  limit.lifted = true
  return undefined
}

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

async function readSaved(session: Session, file: string): Promise<Made> {
  const read = await readPlan(session.path(file))
  if (!read.ok)
    return {
      exit: await session.fail(read.diagnostics.map(found => ({ ...found, facts: { ...found.facts, file } }))),
    }
  return { plan: read.value, pointed: { folder: folderOf(session, undefined), texts: new Map() } }
}

async function carryOut(context: ApplyRun, plan: SavedPlan, pointed: Pointed, recheck: boolean): Promise<ExitCode> {
  const { session, flags, run, origin, ledger, connection, lock } = context
  session.world.stop.addEventListener('abort', () => {
    endProgress(session)
    session.world.stderr.write('Stopping once the request under way has ended. Interrupt again to stop at once.\n')
  })
  const applied = await applyPlan({
    plan,
    connection,
    ledger,
    now: session.world.now,
    run,
    origin,
    allow: flags.allow,
    requireEvidence: flags.requireEvidence,
    recheck,
    lock,
    stop: session.world.stop,
    onStep: (step, result) => tellStep(session, step, result),
    recoveryCard: recovery => showRecoveryCard(session, recovery),
  })
  endProgress(session)
  if (!applied.ok) return session.fail(applied.diagnostics, pointed)
  session.tell(applied.diagnostics, pointed)
  const places = new Places(pointed.texts)
  const documents = applied.diagnostics.map(found => places.document(found))
  const report = applyReport(run, plan, applied.value, documents)
  const ledgerLost = applied.diagnostics.some(({ severity }) => severity === 'error')
  return finishApply(context, plan, pointed, {
    report,
    code: ledgerLost ? exitCodes.error : applyExitCode(applied.value),
  })
}

function tellStep(session: Session, step: Step, result: StepResult | undefined): void {
  if (result === undefined || session.options.quiet === true || step.channel === 'console') return
  endProgress(session)
  session.world.stderr.write(`${stepResultLine(step, result, session.err)}\n`)
}

const blockedReport = (plan: SavedPlan, run: string): ApplyReport => ({
  formatVersion: '1.0',
  run,
  digest: plan.digest,
  steps: plan.steps.map(({ id }) => ({ id, status: 'not-attempted', reason: 'a guard blocks the plan' })),
  guards: plan.guards,
  diagnostics: plan.diagnostics,
})
