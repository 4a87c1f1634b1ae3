import { isKindName, kindNamed } from '../kinds/index.ts'
import type { Ledger } from '../ledger/contract.ts'
import type { StepResult } from '../model/reports.ts'
import type { RunOrigin } from '../model/run-record.ts'
import type { OrgClient } from '../org/client.ts'
import { attempt } from './attempt.ts'
import { readJournal, type JournaledRun } from './journal.ts'
import { lookBack } from './look-back.ts'
import type { Wait } from './look-until-done.ts'
import { recordApply } from './record-apply.ts'
import { writeRecord } from './write-record.ts'

/** A run that was cut off, for the message about it. */
export interface CutOff {
  readonly run: string
  readonly by: string
  readonly at: string
  readonly done: number
}

/** The run whose end was never recorded; undefined where there is none. */
export async function openRun(ledger: Ledger): Promise<JournaledRun | undefined> {
  const runs = await ledger.read('runs')
  return runs?.open === undefined ? undefined : readJournal(await ledger.journal.read(runs.open))
}

/**
 * Closes a run that was cut off: follows the tasks it left to their end, waits for what it may have made to show, and records what was done, so that the plan that is made next starts from what is
 * so. Needs the lock. Undefined where there is nothing to close.
 */
export async function closeOpenRun(
  ledger: Ledger,
  connected: () => Promise<OrgClient>,
  { now, wait, origin }: { readonly now: () => Date; readonly wait: Wait; readonly origin: RunOrigin },
): Promise<CutOff | undefined> {
  const runs = await ledger.read('runs')
  if (runs?.open === undefined) return undefined
  const found = readJournal(await ledger.journal.read(runs.open))
  if (found === undefined) {
    await ledger.update('runs', before => (before?.head === undefined ? {} : { head: before.head }))
    return undefined
  }
  if (found.open.length > 0) await waitFor(await connected(), found, wait)
  const results = resultsOf(found)
  if (found.remember)
    await recordApply(ledger, found.plan, { results: found.results, refused: found.refused }, { run: found.run, now })
  await writeRecord(ledger, {
    run: found.run,
    origin: { ...origin, by: found.by },
    startedAt: found.at,
    endedAt: now().toISOString(),
    complete: false,
    plan: found.plan,
    results,
    after: found.after,
    approvals: [],
    guards: found.plan.guards,
    diagnostics: [],
  })
  await ledger.journal.append(found.run, [{ type: 'end', at: now().toISOString() }])
  const done = results.filter(({ status }) => status === 'done').length
  return { run: found.run, by: found.by, at: found.at, done }
}

/** Trouble here is no failure: what became of it is seen when the organization is read next. */
async function waitFor(client: OrgClient, { open, plan }: JournaledRun, wait: Wait): Promise<void> {
  try {
    for (const { step: id, request: index, taskId } of open) {
      const step = plan.steps.find(other => other.id === id)
      const request = step?.requests?.[index]
      if (taskId !== undefined) await attempt(() => client.followTask(taskId))
      // A second object of that name would be the one thing that cannot be undone by sending again.
      else if (
        step?.action === 'create' &&
        request !== undefined &&
        isKindName(step.kind) &&
        kindNamed(step.kind).observe
      )
        await attempt(() => lookBack(client, step, request, wait))
    }
  } finally {
    await client.close()
  }
}

/** Steps that had not ended: whether the one under way took effect the next plan shows. */
function resultsOf({ plan, results, underWay }: JournaledRun): readonly StepResult[] {
  return plan.steps.map(
    ({ id, channel }): StepResult =>
      results.get(id) ??
      (id === underWay
        ? { id, status: 'failed', reason: 'the run was cut off' }
        : channel === 'console'
          ? { id, status: 'pending', reason: 'to be done in the console' }
          : { id, status: 'not-attempted', reason: 'the run was cut off' }),
  )
}
