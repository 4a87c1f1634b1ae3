import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { Places } from '../diagnostics/to-document.ts'
import type { Desired } from '../kinds/resource.ts'
import type { SavedPlan, Step } from '../model/plan.ts'
import type { Compared } from './compare.ts'
import { planOf } from './plan-of.ts'

/** For documents that no file holds as they are. */
export const nowhere = new Places(new Map())

/** A comparison as a plan whose documents stand in no file: nothing in it points anywhere. */
export const placelessPlan = (
  compared: Compared,
  desired: Desired,
  diagnostics: readonly Diagnostic[],
  options: Parameters<typeof planOf>[4],
): SavedPlan => {
  const { draft } = compared
  const steps = draft.plan.steps.map(withoutSource)
  const placeless = { ...compared, draft: { ...draft, plan: { ...draft.plan, steps } } }
  return planOf(placeless, desired, nowhere, diagnostics.map(withoutPlace), options)
}

function withoutSource(step: Step): Step {
  const placeless = { ...step }
  Reflect.deleteProperty(placeless, 'source')
  return placeless
}

/** What was noticed, without where. */
export function withoutPlace(found: Diagnostic): Diagnostic {
  const { code, severity, facts } = found
  return { code, severity, facts }
}
