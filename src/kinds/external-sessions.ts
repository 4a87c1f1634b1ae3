import type { FieldChange, UnprovenField } from '../model/change.ts'
import { parseDuration } from '../model/duration.ts'
import type { Json } from '../model/json.ts'
import type { ConsoleStep } from '../model/plan.ts'
import type { ConsoleChange } from './contract.ts'
import type { Field, Fields } from './field.ts'

type Optional = NonNullable<ConsoleStep['optional']>[number]

/**
 * What makes a stricter external user policy hold for sessions that are open, too: the button that resets them. A changed session length, as everything that is
 * asked at sign-in, otherwise waits until the session ends (ref 5.2, S35, S39). Undefined where nothing becomes stricter.
 */
export function resetSessions(
  action: ConsoleChange<never>['action'],
  fields: Fields,
  changes: readonly (FieldChange | UnprovenField)[],
  { url, clicks }: Pick<Optional, 'url' | 'clicks'>,
): Optional | undefined {
  if (!changes.some(({ path, before, after }) => mayTighten(fields[path], before, after))) return undefined
  return {
    title: 'Reset sessions',
    why: `${action === 'confirm' ? 'where you made a setting stricter, ' : ''}people otherwise keep their session until it ends, and are asked only then. It logs all external users out within 10 minutes, on the web only`,
    url,
    clicks: [...clicks, 'Reset sessions'],
  }
}

/** Whether a value is stricter than it was. What was not known may have been the weakest. */
function mayTighten(field: Field | undefined, before: Json | undefined, after: Json): boolean {
  const strictness = field?.strictness
  const rank = (value: Json | undefined): number => {
    if (strictness === 'shorter') return typeof value === 'string' ? -(parseDuration(value) ?? Infinity) : -Infinity
    return Array.isArray(strictness) ? strictness.indexOf(value) : -1
  }
  if (before === undefined && Array.isArray(strictness)) return rank(after) > 0
  return rank(after) > rank(before)
}
