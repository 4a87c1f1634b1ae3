import { outcome, type Outcome } from '../diagnostics/outcome.ts'
import type { Desired } from '../kinds/resource.ts'
import type { PlanSnapshot } from '../model/plan.ts'
import type { PlanOptions } from './plan.ts'

/** Options for a plan, and the snapshot that it is made from, where it is. */
export type SeenOptions = PlanOptions & { readonly shown?: PlanSnapshot }

/** The options as they are, or with the snapshot in the place of organization and ledger. The code for that is loaded only where there is one. */
export async function seenThrough(
  options: PlanOptions,
  desired: Desired,
  also: readonly Desired[] = [],
): Promise<Outcome<SeenOptions>> {
  if (options.snapshot === undefined) return outcome(options, [])
  const { throughSnapshot } = await import('./snapshot/through-snapshot.ts')
  return throughSnapshot(options, desired, also)
}
