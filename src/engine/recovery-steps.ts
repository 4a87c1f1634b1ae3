import type { Field } from '../kinds/field.ts'
import { isKindName, kindNamed } from '../kinds/index.ts'
import { valueAt } from '../kinds/path.ts'
import type { Json } from '../model/json.ts'
import type { SavedPlan, Step } from '../model/plan.ts'
import { directionOf } from './direction.ts'

/**
 * The steps whose undo people may need, in their order; none where the plan tightens nothing. Besides what tightens these are pages that nobody has looked at yet, whose
 * settings a person may make stricter, and allowlists that go: another one that stays may not let everybody in.
 */
export function listedSteps(plan: SavedPlan): readonly Step[] {
  const listed = plan.steps.map(step => ({ step, need: needOf(step, plan) }))
  return listed.some(({ need }) => need === 'tightens')
    ? listed.filter(({ need }) => need !== 'none').map(({ step }) => step)
    : []
}

function needOf(step: Step, plan: SavedPlan): 'tightens' | 'beside' | 'none' {
  const { channel, status, action, changes } = step
  // A blocked step of the API is not carried out in this run.
  if (channel === 'api' && status === 'blocked') return 'none'
  if (action === 'suspend') return 'tightens'
  if (action === 'restore') return 'none'
  if (action === 'move') return mayTightenMove(step, plan) ? 'tightens' : 'none'
  if (action === 'delete')
    return changes.some(({ path, before }) => path === 'enabled' && before === false) ? 'none' : 'beside'
  if (action === 'create') return step.direction === 'tightens' ? 'tightens' : 'none'
  if (!changes.some(({ path, before, after }) => mayTighten(fieldOf(step.kind, path), before, after))) return 'none'
  return action === 'confirm' ? 'beside' : 'tightens'
}

const fieldOf = (kind: string, path: string): Field | undefined =>
  isKindName(kind) ? kindNamed(kind).fields[path] : undefined

/** Whether a value may be stricter than it was. The weakest there is never is, whatever was before. */
function mayTighten(field: Field | undefined, before: Json | undefined, after: Json | undefined): boolean {
  if (field === undefined) return false
  const direction = directionOf(field, before, after)
  // From the weakest to whatever nobody knows is a step to the stricter side: so a value is recognized as the weakest.
  return direction === 'tightens' || (direction === 'unknown' && directionOf(field, after, undefined) !== 'tightens')
}

/** A move that loosens in one setting may tighten in another: as single sign-on that is enforced where tokens are allowed. */
function mayTightenMove({ direction, kind, name, accounts = [] }: Step, { desired }: SavedPlan): boolean {
  if (direction === 'tightens' || direction === 'unknown') return true
  const into = desired.documents[`${kind}/${name}`]
  if (into === undefined || !isKindName(kind)) return false
  return [...new Set(accounts.map(({ from }) => from))].some(from => {
    const left = desired.documents[`${kind}/${from}`]
    return Object.entries(kindNamed(kind).fields).some(([path, field]) => {
      const [before, after] = [valueAt(left ?? {}, path), valueAt(into, path)]
      return after !== undefined && directionOf(field, before, after) === 'tightens'
    })
  })
}
