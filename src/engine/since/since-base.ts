import canonicalize from 'canonicalize'
import type { GuardResult, Plan, SinceBase, Step } from '../../model/plan.ts'
import { guardCounts } from '../guards/index.ts'
import { knownBefore, type Noticed } from './known-before.ts'
import { originOf } from './step-origin.ts'
import { withdrawnSteps } from './withdrawn-steps.ts'

/** What is compared of two plans for one organization, made from the same answers. */
export interface PlanParts {
  readonly steps: readonly Step[]
  readonly guards: readonly GuardResult[]
  readonly coverage: Plan['coverage']
  readonly noticed: Noticed
}

/** What two plans tell of a change, whatever its base is called. What its documents weaken takes the documents. */
export type Since = Omit<SinceBase, 'ref' | 'commit' | 'weakens'>

/** Tells what a change of the documents brings from what was pending without it: `head` with the change, `base` without. */
export function sinceBase(head: PlanParts, base: PlanParts): Since {
  const before = new Map(base.steps.map(step => [step.id, step]))
  const steps = head.steps.map(step => ({ id: step.id, ...originOf(step, before.get(step.id)) }))
  const brought = head.steps.filter((_, index) => steps[index]?.origin !== 'before')
  return {
    steps,
    withdrawn: withdrawnSteps(head.steps, base.steps),
    guards: blocking(head.guards).map(guard => ({
      code: guard.code,
      // Other steps may come to the same number, and so to the same words.
      origin:
        blockedBefore(guard, base.guards) && !brought.some(step => guardCounts(guard.code, step)) ? 'before' : 'change',
    })),
    diagnosticsBefore: knownBefore(head.noticed, base.noticed),
    coverage: base.coverage.after,
  }
}

/** Where nothing can be told apart everything counts as the change. */
export const allOfChange = (
  { steps, guards, coverage }: Omit<PlanParts, 'noticed'>,
  unknown: NonNullable<SinceBase['unknown']>,
): Since => ({
  unknown,
  steps: steps.map(({ id }) => ({ id, origin: 'change' })),
  withdrawn: [],
  guards: blocking(guards).map(({ code }) => ({ code, origin: 'change' })),
  diagnosticsBefore: [],
  coverage: coverage.before,
})

const blockedBefore = (guard: GuardResult, before: readonly GuardResult[]): boolean =>
  blocking(before).some(other => canonicalize(other) === canonicalize(guard))

const blocking = (guards: readonly GuardResult[]): readonly GuardResult[] =>
  guards.filter(({ status }) => status === 'blocks')
