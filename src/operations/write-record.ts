import { fingerprint } from '../engine/digest.ts'
import type { Ledger } from '../ledger/contract.ts'
import type { Json } from '../model/json.ts'
import type { Plan, SavedPlan } from '../model/plan.ts'
import type { StepResult } from '../model/reports.ts'
import type { RecordLink, RecordedStep, RunRecord } from '../model/run-record.ts'
import { sha256 } from './hash.ts'

/** The digest by which the next record names this one. */
export const recordDigest = (record: RunRecord): string => fingerprint(sha256)(record as unknown as Json)

/** A run that is over, and the plan that it carried out. */
export interface EndedRun extends Pick<
  RunRecord,
  'run' | 'origin' | 'startedAt' | 'endedAt' | 'complete' | 'approvals' | 'guards' | 'diagnostics'
> {
  readonly plan: SavedPlan
  readonly results: readonly StepResult[]
  /** The hash of what each step is about, as it was seen after it. */
  readonly after: ReadonlyMap<string, string>
}

/**
 * Writes the record of a run, makes it the head of the chain, and with that closes the run. The record is there before the head names it: a crash in between leaves a run that is still open, whose
 * record the next run writes anew.
 */
export async function writeRecord(ledger: Ledger, ended: EndedRun): Promise<RecordLink> {
  const { plan, results, after, ...told } = ended
  const { head = null } = (await ledger.read('runs')) ?? {}
  const record: RunRecord = {
    ...told,
    formatVersion: '1.0',
    previous: head,
    organization: plan.organization,
    digest: plan.digest,
    plan: shownPlan(plan),
    before: plan.before,
    steps: recordedSteps(plan, results, after),
  }
  const link = { run: record.run, digest: recordDigest(record) }
  await ledger.records.write('run', record.run, `${JSON.stringify(record, null, 1)}\n`)
  await ledger.update('runs', () => ({ head: link }))
  return link
}

/** How each step ended, beside the hashes of what it is about. */
function recordedSteps(
  { steps }: SavedPlan,
  results: readonly StepResult[],
  after: ReadonlyMap<string, string>,
): readonly RecordedStep[] {
  const before = new Map(steps.map(({ id, basis }) => [id, basis]))
  return results.map(result => {
    const was = before.get(result.id)
    const is = after.get(result.id)
    return { ...result, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) }
  })
}

/** What is shown of a saved plan: not the state that only apply needs. */
export function shownPlan(saved: SavedPlan): Plan {
  const shown: Plan & Partial<Pick<SavedPlan, 'desired' | 'before' | 'seal'>> = { ...saved }
  Reflect.deleteProperty(shown, 'desired')
  Reflect.deleteProperty(shown, 'before')
  Reflect.deleteProperty(shown, 'seal')
  return shown
}
