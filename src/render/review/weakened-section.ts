import type { Plan } from '../../model/plan.ts'
import { noLongerMet } from '../no-longer-met.ts'
import type { Section } from './fit.ts'
import type { Pen } from './pen.ts'

/** What a change of the documents protects less, whether or not a step shows it: a page that is only to be confirmed hides it, and no step is about a requirement. */
export function weakenedSection(plan: Plan, pen: Pen): Section {
  const unmet = noLongerMet(plan).map(
    ({ name, percent, required }) =>
      `- the requirement ${pen.code(name)} is no longer met: ${percent} %, required ${required} %`,
  )
  return {
    rank: 2,
    what: 'what is weakened',
    title: 'Weakened by this change',
    between: '\n',
    blocks: [...unmet, ...(plan.base?.weakens ?? []).map(words => `- ${pen.prose(words)}`)],
  }
}
