import type { RequirementResult } from '../model/coverage.ts'
import type { Plan } from '../model/plan.ts'

/** The requirements that are met without a change of the documents and not with it. Without `--base` none. */
export const noLongerMet = ({ coverage, base }: Pick<Plan, 'coverage' | 'base'>): readonly RequirementResult[] =>
  coverage.after.requirements.filter(
    ({ name, met }) => !met && base?.coverage.requirements.some(before => before.name === name && before.met) === true,
  )
