import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../diagnostics/outcome.ts'
import { Places } from '../diagnostics/to-document.ts'
import { recoveryOf } from '../engine/recovery.ts'
import { organizationIn } from '../kinds/organization-in.ts'
import type { Ledger } from '../ledger/contract.ts'
import type { GuardResult, SavedPlan, Step } from '../model/plan.ts'
import type { Recovery } from '../model/recovery.ts'
import type { StepResult } from '../model/reports.ts'
import type { RecordLink, RunOrigin } from '../model/run-record.ts'
import { realTime } from '../org/time.ts'
import { attempt } from './attempt.ts'
import { approvalsOf, approvedElsewhere } from './approvals-of.ts'
import { carryOut } from './carry-out.ts'
import { claimLedger, refuseForeign } from './claim-ledger.ts'
import { connect, type Connection } from './connection.ts'
import { guardsNow } from './guard-plan.ts'
import { holdLock, type HeldLock } from './hold-lock.ts'
import { beginJournal, type Journal } from './journal.ts'
import type { Wait } from './look-until-done.ts'
import { closeOpenRun, type CutOff } from './open-run.ts'
import { recordApply, rememberIds } from './record-apply.ts'
import { writeRecord } from './write-record.ts'

/** What apply needs besides a plan. */
export interface ApplyOptions {
  readonly plan: SavedPlan
  readonly connection: Connection
  readonly ledger: Ledger
  readonly now: () => Date
  /** Names the run. */
  readonly run: string
  readonly origin: RunOrigin
  /** Guards that this run lifts. */
  readonly allow: readonly string[]
  /** Whether a setting without current evidence stops the apply. */
  readonly requireEvidence?: boolean | undefined
  /** Whether time went by since the plan was made: then each step is carried out only if what it rests on is as it was. */
  readonly recheck: boolean
  /** Whether the documents of the plan become what was last applied; so it is unless told otherwise. */
  readonly remember?: boolean
  /** The lock, where the caller holds it already; else it is taken for this apply. */
  readonly lock?: HeldLock
  /** Asks to stop: the request under way is finished, no other one is sent. */
  readonly stop?: AbortSignal | undefined
  readonly onStep?: ((step: Step, result: StepResult | undefined) => void) | undefined
  /** Shows how to undo by hand what the plan tightens: called before the first request, where it tightens something. What it returns is kept in the ledger. */
  readonly recoveryCard?: ((recovery: Recovery) => Promise<string>) | undefined
}

/** How an apply ended. `blocked` sent nothing. */
export interface Applied {
  readonly blocked: boolean
  readonly guards: readonly GuardResult[]
  readonly results: readonly StepResult[]
  /** The record of the run, as the next one will name it. Absent where nothing was begun, or where it could not be written. */
  readonly record?: RecordLink
}

/** Carries a plan out. Independent steps go on after a failure; what was and what was not done is in the result. */
export async function applyPlan(options: ApplyOptions): Promise<Outcome<Applied>> {
  const { ledger, run, origin, now, lock } = options
  if (lock !== undefined) return carryOutPlan(options, [])
  const held = await lockRun(options, { command: origin.command, owner: origin.by, run, now, ledger })
  if (!held.ok) return held
  const applied = await carryOutPlan(options, held.diagnostics)
  const released = await held.value.release()
  return { ...applied, diagnostics: [...applied.diagnostics, ...released.diagnostics] }
}

/**
 * Takes the lock for a run, and closes the run before it where that was cut off: what its tasks did and what it had done is known then, before anything is planned. Says what it took over.
 */
export async function lockRun(
  { connection, origin }: Pick<ApplyOptions, 'connection' | 'origin'>,
  holder: Parameters<typeof holdLock>[1] & { readonly ledger: Ledger },
): Promise<Outcome<HeldLock>> {
  const { ledger, now } = holder
  const held = await holdLock(ledger, holder)
  if (!held.ok) return held
  const closed = await attempt(async () => {
    const organization = await ledger.read('organization')
    return organization === undefined
      ? undefined
      : closeOpenRun(ledger, () => connect(connection, organization.id, 'read'), {
          now,
          origin,
          wait: waitOf(connection),
        })
  })
  if (!closed.ok) {
    await held.value.release()
    return closed
  }
  const { tookOver } = held.value
  return outcome(held.value, [
    ...(tookOver === undefined
      ? []
      : [diagnostic('apply/lock-taken-over', { run: tookOver.run, owner: tookOver.owner, pid: tookOver.pid })]),
    ...(closed.value === undefined ? [] : [diagnostic('apply/continued', { ...(closed.value satisfies CutOff) })]),
  ])
}

async function carryOutPlan(options: ApplyOptions, noticed: readonly Diagnostic[]): Promise<Outcome<Applied>> {
  const { plan, ledger, now } = options
  const approved = await attempt(() => approvalsOf(ledger, plan, now()))
  if (!approved.ok) return failed(...noticed, ...approved.diagnostics)
  const { lastApplied, approvedBy, approvals } = approved.value
  const { allow, requireEvidence } = options
  const guards = guardsNow(plan, { lastApplied, approvedBy, now: now(), allow, requireEvidence })
  const blocked = guards.some(({ status }) => status === 'blocks')
  const opened = await attempt(() => open(options, blocked))
  if (!opened.ok) return failed(...noticed, ...opened.diagnostics)
  if (opened.value === undefined) {
    const results = plan.steps.map(({ id }): StepResult => ({
      id,
      status: 'not-attempted',
      reason: 'a guard blocks the plan',
    }))
    return outcome({ blocked: true, guards, results }, [
      ...noticed,
      ...approvedElsewhere(approved.value, guards, plan.digest),
    ])
  }
  const { client, journal } = opened.value
  const results = new Map<string, StepResult>()
  const refused = new Map<string, ReadonlySet<string>>()
  const after = new Map<string, string>()
  const diagnostics: Diagnostic[] = [...noticed]
  const wait = waitOf(options.connection)
  const startedAt = now().toISOString()
  // A ledger that fails in the middle ends the run there: nothing is sent that it does not know of.
  const ran = await attempt(async () => {
    for (const step of plan.steps) {
      options.onStep?.(step, undefined)
      const ended = await carryOut(step, results, { ...options, client, journal, wait })
      results.set(step.id, ended.result)
      if (ended.refused.length > 0) refused.set(step.id, new Set(ended.refused))
      diagnostics.push(...ended.noticed)
      if (ended.after !== undefined) after.set(step.id, ended.after)
      if (step.channel === 'api') await journal.step(ended.result, ended)
      options.onStep?.(step, ended.result)
    }
  })
  await client.close()
  if (!ran.ok) diagnostics.push(...ran.diagnostics)
  const all = plan.steps.map(
    ({ id }): StepResult =>
      results.get(id) ?? { id, status: 'not-attempted', reason: 'the ledger could not be written' },
  )
  const left = all.some(({ status }) => status === 'not-attempted')
  if (options.stop?.aborted === true && left) diagnostics.push(diagnostic('apply/interrupted', {}))
  const recorded = ran.ok
    ? await attempt(async () => {
        if (options.remember !== false) await recordApply(ledger, plan, { results, refused }, options)
        const record = await writeRecord(ledger, {
          run: options.run,
          origin: options.origin,
          startedAt,
          endedAt: now().toISOString(),
          complete: true,
          plan,
          results: all,
          after,
          approvals,
          guards,
          diagnostics: diagnostics.map(found => nowhere.document(found)),
        })
        await journal.end()
        return record
      })
    : undefined
  // The steps are done whether or not they could be recorded: both are told.
  if (recorded?.ok === false) diagnostics.push(...recorded.diagnostics)
  const record = recorded?.ok === true ? { record: recorded.value } : {}
  return { ok: true, value: { blocked: false, guards, results: all, ...record }, diagnostics }
}

const nowhere = new Places(new Map())

/** Waits between looks. The next call tells that the run was stopped; a wait that ends early need not. */
const waitOf =
  ({ sleep = realTime.sleep, signal }: Connection): Wait =>
  milliseconds =>
    sleep(milliseconds, signal).catch(() => undefined)

/** Makes sure of key, organization and ledger before the first write: none of them must be noticed halfway. Undefined where the plan is blocked. */
async function open(
  options: ApplyOptions,
  blocked: boolean,
): Promise<{ readonly client: Awaited<ReturnType<typeof connect>>; readonly journal: Journal } | undefined> {
  const { ledger, plan, run, origin, now } = options
  await refuseForeign(ledger, plan.organization.id)
  const client = await connect(options.connection, plan.organization.id, 'write')
  try {
    await client.organization()
    if (!blocked) {
      await claimLedger(ledger, plan.organization)
      // Known before anybody moves: the names that exports tell fit the memberships of then.
      await rememberIds(ledger, plan)
      await keepRecoveryCard(options)
      const journal = await beginJournal(
        ledger,
        { run, by: origin.by, plan, remember: options.remember !== false },
        now,
      )
      return { client, journal }
    }
  } catch (error) {
    await client.close()
    throw error
  }
  await client.close()
  return undefined
}

/** Before anything is tightened it is written down how to undo it, where people find it when they are shut out. */
async function keepRecoveryCard({ plan, ledger, run, connection, recoveryCard }: ApplyOptions): Promise<void> {
  const organization = organizationIn(plan.desired.documents)
  if (recoveryCard === undefined || organization === undefined) return
  const recovery = recoveryOf(plan, organization, { consoleUrl: connection.consoleUrl, run })
  if (recovery !== undefined) await ledger.records.write('recovery-card', run, await recoveryCard(recovery))
}
