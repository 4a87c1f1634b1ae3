import type { FieldChange } from '../../model/change.ts'
import type { SinceBase, Step } from '../../model/plan.ts'

type Withdrawn = SinceBase['withdrawn'][number]

/**
 * What was pending and is no more: whole steps, and of steps that set fields those that nothing sets any more. A field that is set to another value now is not withdrawn but replaced, whichever step
 * does it.
 */
export function withdrawnSteps(head: readonly Step[], base: readonly Step[]): readonly Withdrawn[] {
  const kept = new Set(head.map(({ id }) => id))
  const set = new Set(
    head.flatMap(step => (setsFields(step) ? step.changes.map(({ path }) => fieldKey(step, path)) : [])),
  )
  return base.flatMap((step): readonly Withdrawn[] => {
    if (!setsFields(step)) return kept.has(step.id) ? [] : [shown(step, step.changes)]
    const gone = step.changes.filter(({ path }) => !set.has(fieldKey(step, path)))
    return gone.length > 0 || (step.changes.length === 0 && !kept.has(step.id)) ? [shown(step, gone)] : []
  })
}

/** Whether a step is only the fields that it sets. */
const setsFields = ({ action }: Step): boolean => action === 'update' || action === 'confirm'

const fieldKey = ({ channel, kind, name }: Step, path: string): string => JSON.stringify([channel, kind, name, path])

const shown = ({ id, channel, action, kind, name, direction }: Step, changes: readonly FieldChange[]): Withdrawn => ({
  id,
  channel,
  action,
  kind,
  name,
  direction,
  changes,
})
