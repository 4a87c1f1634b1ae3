import type { SavedPlan } from '../model/plan.ts'
import { plan as makePlan } from '../operations/plan.ts'
import { compared } from './open.ts'
import type { LiveOptions } from './options.ts'
import type { Outcome } from './outcome.ts'

/** What a plan is made of. */
export interface PlanOptions extends LiveOptions {
  /** Codes of guards to lift, such as `too-many-moves`; none if left out. A lifted guard stays in the plan as `lifted`. */
  readonly allow?: readonly string[] | undefined
  /** Whether a desired setting without current evidence blocks the plan. False if left out. */
  readonly requireEvidence?: boolean | undefined
  /** Who makes the plan. Nobody approves their own, and a plan that loosens something cannot be approved while this is unknown. */
  readonly author?: string | undefined
  /** The commit of the documents; the plan and the record of its run carry it. */
  readonly commit?: string | undefined
  /** How many accounts are asked, at most, when they were last active: 200 a minute are allowed. 150 if left out. */
  readonly lastActive?: number | undefined
}

/**
 * Compares a policy folder with the live organization. Only reads. The plan is plain JSON with the steps, the exact requests, the guards and coverage before and after; `savePlan` keeps it, `apply`
 * carries it out.
 */
export async function plan(options: PlanOptions): Promise<Outcome<SavedPlan>> {
  return compared(options, opened => {
    const { allow = [], requireEvidence = false, author, commit, lastActive } = options
    return makePlan({ ...opened, allow, requireEvidence, author, commit, lastActive })
  })
}
