import canonicalize from 'canonicalize'
import type { GuardResult, Plan, SinceBase, Step } from '../../model/plan.ts'
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

/** What can be told of a change, whatever its base is called. */
export type Since = Omit<SinceBase, 'ref' | 'commit'>

/** Tells what a change of the documents brings from what was pending without it: `head` with the change, `base` without. */
export function sinceBase(head: PlanParts, base: PlanParts): Since {
  const before = new Map(base.steps.map(step => [step.id, step]))
  const blockedBefore = new Set(blocking(base.guards).map(guard => canonicalize(guard)))
  return {
    steps: head.steps.map(step => ({ id: step.id, ...originOf(step, before.get(step.id)) })),
    withdrawn: withdrawnSteps(head.steps, base.steps),
    guards: blocking(head.guards).map(guard => ({
      code: guard.code,
      origin: blockedBefore.has(canonicalize(guard)) ? 'before' : 'change',
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

const blocking = (guards: readonly GuardResult[]): readonly GuardResult[] =>
  guards.filter(({ status }) => status === 'blocks')
