import type { SavedPlan } from '../model/plan.ts'
import { revert as planBack } from '../operations/revert.ts'
import { open } from './open.ts'
import type { Outcome } from './outcome.ts'
import { told } from './told.ts'
import type { PlanOptions } from './plan.ts'

/** Which run to undo. The documents come from the ledger. */
export interface RevertOptions extends Omit<PlanOptions, 'folder' | 'lastActive'> {
  /** The name of the run, as `apply` and `audit` tell it. */
  readonly run: string
}

/** Plans to undo a run: what it changed and nothing else. Only reads; the plan has guards like every other, and `apply` carries it out. */
export async function revert(options: RevertOptions): Promise<Outcome<SavedPlan>> {
  const opened = open(options)
  if (!opened.ok) return told(opened)
  const { run, allow = [], requireEvidence = false, author, commit } = options
  return told(await planBack({ ...opened.value, run, allow, requireEvidence, author, commit }))
}
