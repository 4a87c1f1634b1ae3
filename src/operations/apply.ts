import type { Code } from '../diagnostics/catalogue.ts'
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../diagnostics/outcome.ts'
import type { Ledger } from '../ledger/contract.ts'
import { foldEmail } from '../model/account.ts'
import type { GuardResult, SavedPlan, Step } from '../model/plan.ts'
import type { StepResult } from '../model/reports.ts'
import { realTime } from '../org/time.ts'
import { attempt } from './attempt.ts'
import { basisHolds } from './basis.ts'
import { claimLedger, refuseForeign } from './claim-ledger.ts'
import { connect, type Connection } from './connection.ts'
import { recordApply } from './record-apply.ts'
import { runStep } from './run-step.ts'
import { rememberSuspensions, settleSuspensions } from './suspensions.ts'

/** What apply needs besides a plan. */
export interface ApplyOptions {
  readonly plan: SavedPlan
  readonly connection: Connection
  readonly ledger: Ledger
  readonly now: () => Date
  /** Names the run. */
  readonly run: string
  /** Guards that this run lifts. */
  readonly allow: readonly string[]
  /** Whether time went by since the plan was made: then each step is carried out only if what it rests on is as it was. */
  readonly recheck: boolean
  /** Whether the documents of the plan become what was last applied; so it is unless told otherwise. */
  readonly remember?: boolean
  /** Asks to stop: the step under way is finished, no other one is begun. */
  readonly stop?: AbortSignal | undefined
  readonly onStep?: ((step: Step, result: StepResult | undefined) => void) | undefined
}

/** How an apply ended. `blocked` sent nothing. */
export interface Applied {
  readonly blocked: boolean
  readonly guards: readonly GuardResult[]
  readonly results: readonly StepResult[]
}

/** Carries a plan out. Independent steps go on after a failure; what was and what was not done is in the result. */
export async function applyPlan(options: ApplyOptions): Promise<Outcome<Applied>> {
  const { plan, ledger, allow } = options
  const guards = plan.guards.map(guard =>
    guard.status === 'blocks' && guard.lift !== undefined && allow.includes(guard.code) ? lifted(guard) : guard,
  )
  const blocked = guards.some(({ status }) => status === 'blocks')
  const opened = await attempt(async () => {
    await refuseForeign(ledger, plan.organization.id)
    const client = await connect(options.connection, plan.organization.id, 'write')
    try {
      // One read before the first write: a wrong key or organization must not be noticed halfway.
      await client.organization()
      if (!blocked) {
        // Nor must a ledger that cannot be written be noticed when the organization is already changed.
        await claimLedger(ledger, plan.organization)
        await ledger.update('bindings', before => before ?? { policies: {} })
      }
    } catch (error) {
      await client.close()
      throw error
    }
    return client
  })
  if (!opened.ok) return opened
  const client = opened.value
  if (blocked) {
    await client.close()
    const results = plan.steps.map(({ id }): StepResult => ({
      id,
      status: 'not-attempted',
      reason: 'a guard blocks the plan',
    }))
    return outcome({ blocked: true, guards, results }, [])
  }

  const results = new Map<string, StepResult>()
  const refused = new Map<string, ReadonlySet<string>>()
  const diagnostics: Diagnostic[] = []
  try {
    for (const step of plan.steps) {
      options.onStep?.(step, undefined)
      const { result, noticed } = await carryOut(step, results, options, client)
      results.set(step.id, result)
      diagnostics.push(...noticed)
      const stayed = noticed.flatMap(refusedAccounts)
      if (stayed.length > 0) refused.set(step.id, new Set(stayed))
      options.onStep?.(step, result)
    }
  } finally {
    await client.close()
  }
  const left = [...results.values()].some(({ status }) => status === 'not-attempted')
  if (options.stop?.aborted === true && left) diagnostics.push(diagnostic('apply/interrupted', {}))
  const applied = { blocked: false, guards, results: [...results.values()] }
  const recorded = await attempt(async () => {
    if (options.remember !== false) await recordApply(ledger, plan, { results, refused }, options)
  })
  // The steps are done whether or not they could be recorded: both are told.
  if (!recorded.ok) diagnostics.push(...recorded.diagnostics)
  return { ok: true, value: applied, diagnostics }
}

const refusedAccounts = (found: Diagnostic): readonly string[] =>
  isOf(found, 'apply/accounts-refused') ? found.facts.refused.map(({ account }) => foldEmail(account)) : []

const isOf = <C extends Code>(found: Diagnostic, code: C): found is Diagnostic<C> => found.code === code

const lifted = ({ code, summary }: GuardResult): GuardResult => ({ code, status: 'lifted', summary })

async function carryOut(
  step: Step,
  results: ReadonlyMap<string, StepResult>,
  { recheck, stop, plan, ledger, now, run, connection: { sleep = realTime.sleep, signal } }: ApplyOptions,
  client: Awaited<ReturnType<typeof connect>>,
): Promise<{ readonly result: StepResult; readonly noticed: readonly Diagnostic[] }> {
  const ended = (status: StepResult['status'], reason?: string, noticed: readonly Diagnostic[] = []) => ({
    result: { id: step.id, status, ...(reason !== undefined && { reason }) },
    noticed,
  })
  if (step.channel === 'console') return ended('pending', 'to be done in the console')
  if (step.status === 'blocked') return ended('pending', step.reason)
  const waitsFor = step.dependsOn.find(id => results.get(id)?.status !== 'done')
  if (waitsFor !== undefined) return ended('not-attempted', `waits for ${waitsFor}`)
  if (stop?.aborted === true) return ended('not-attempted', 'the run was interrupted')
  const work = await attempt(async () => {
    if (recheck && !(await basisHolds(client, step, plan)))
      return failed(diagnostic('apply/basis-moved', { step: step.id }))
    await rememberSuspensions(ledger, step, { run, at: now().toISOString() })
    // The next call tells that the run was stopped; a wait that ends early need not.
    const ran = await runStep(client, step, plan, {
      wait: milliseconds => sleep(milliseconds, signal).catch(() => undefined),
      stop,
    })
    // Where the end was not seen nothing is forgotten.
    if (ran.ok || ran.diagnostics.some(found => isOf(found, 'apply/accounts-refused')))
      await settleSuspensions(ledger, step, new Set(ran.diagnostics.flatMap(refusedAccounts)), now().toISOString())
    return ran
  })
  const inner = work.ok ? work.value : work
  return inner.ok
    ? ended('done', undefined, inner.diagnostics)
    : ended('failed', inner.diagnostics[0]?.code, inner.diagnostics)
}
