import type { Code } from '../diagnostics/catalogue.ts'
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../diagnostics/outcome.ts'
import type { Ledger } from '../ledger/contract.ts'
import { foldEmail } from '../model/account.ts'
import type { SavedPlan, Step } from '../model/plan.ts'
import type { StepResult } from '../model/reports.ts'
import type { OrgClient } from '../org/client.ts'
import { attempt } from './attempt.ts'
import type { Journal } from './journal.ts'
import type { Wait } from './look-until-done.ts'
import { hashAfter } from './seen-after.ts'
import { runStep } from './run-step.ts'
import { standingOf, type Standing } from './standing.ts'
import { rememberSuspensions, settleSuspensions } from './suspensions.ts'
import { whoMoved } from './who-moved.ts'

/** What carrying a step out needs. */
export interface CarryOut {
  readonly plan: SavedPlan
  readonly client: OrgClient
  readonly ledger: Ledger
  readonly journal: Journal
  readonly now: () => Date
  readonly wait: Wait
  /** Whether time went by since the plan was made: then each step is carried out only if what it rests on is as it was, or as the step would make it. */
  readonly recheck: boolean
  readonly stop?: AbortSignal | undefined
}

/** How one step ended, the folded addresses of accounts that stayed as they were, and the hash of what it is about as it was seen then. */
export interface Ended {
  readonly result: StepResult
  readonly after?: string
  readonly refused: readonly string[]
  readonly noticed: readonly Diagnostic[]
}

/** Carries one step out, unless it is a person's, waits for another, or rests on what has moved. */
export async function carryOut(
  step: Step,
  results: ReadonlyMap<string, StepResult>,
  context: CarryOut,
): Promise<Ended> {
  const ended = (status: StepResult['status'], reason?: string, noticed: readonly Diagnostic[] = []): Ended => ({
    result: { id: step.id, status, ...(reason !== undefined && { reason }) },
    refused: noticed.flatMap(refusedAccounts),
    noticed,
  })
  if (step.channel === 'console') return ended('pending', 'to be done in the console')
  if (step.status === 'blocked') return ended('pending', step.reason)
  const waitsFor = step.dependsOn.find(id => results.get(id)?.status !== 'done')
  if (waitsFor !== undefined) return ended('not-attempted', `waits for ${waitsFor}`)
  if (context.stop?.aborted === true) return ended('not-attempted', 'the run was interrupted')
  const work = await attempt(() => stepWork(step, context))
  const inner = work.ok ? work.value : work
  if (inner.ok) {
    const { reason, after } = inner.value
    return { ...ended('done', reason, inner.diagnostics), ...(after !== undefined && { after }) }
  }
  return ended('failed', inner.diagnostics[0]?.code, inner.diagnostics)
}

const refusedAccounts = (found: Diagnostic): readonly string[] =>
  isOf(found, 'apply/accounts-refused') ? found.facts.refused.map(({ account }) => foldEmail(account)) : []

const isOf = <C extends Code>(found: Diagnostic, code: C): found is Diagnostic<C> => found.code === code

/** The step without the accounts that are as it would leave them: an earlier run that was cut off remembered its own, and whom somebody else suspended is theirs. */
const leftOf = (step: Step, standing: Standing): Step =>
  standing.state === 'between' && step.accounts !== undefined
    ? { ...step, accounts: step.accounts.filter((_, index) => standing.left.has(index)) }
    : step

/** What a step that is done leaves to say: why it took no request, and what was seen after it. */
interface Done {
  readonly reason?: string
  readonly after?: string
}

async function stepWork(step: Step, context: CarryOut): Promise<Outcome<Done>> {
  const { plan, client, ledger, journal, now, wait, stop } = context
  const standing: Standing = context.recheck ? await standingOf(client, step, plan) : { state: 'as-planned' }
  if (standing.state === 'moved') {
    const who = await whoMoved(client, step, plan)
    return failed(diagnostic('apply/basis-moved', { step: step.id, moved: standing.moved, ...who }))
  }
  const at = () => now().toISOString()
  if (standing.state !== 'done')
    await rememberSuspensions(ledger, leftOf(step, standing), { run: journal.run, at: at() })
  const ran =
    standing.state === 'done'
      ? outcome(undefined, [])
      : await runStep(step, { client, journal, wait, stop, ...(standing.state === 'between' && standing) })
  // Where the end was not seen nothing is forgotten.
  if (ran.ok || ran.diagnostics.some(found => isOf(found, 'apply/accounts-refused')))
    await settleSuspensions(ledger, step, new Set(ran.diagnostics.flatMap(refusedAccounts)), at())
  if (!ran.ok) return ran
  const after = ran.value ?? hashAfter(step)
  return outcome(
    {
      ...(standing.state === 'done' && { reason: 'it was so already' }),
      ...(after !== undefined && { after }),
    },
    ran.diagnostics,
  )
}
