import type { Outcome } from '../diagnostics/outcome.ts'
import { planDigest } from '../engine/digest.ts'
import { foldEmail } from '../model/account.ts'
import type { DriftDifference } from '../model/drift.ts'
import type { SavedPlan, Step } from '../model/plan.ts'
import { applyPlan, type Applied, type ApplyOptions } from './apply.ts'
import { sha256 } from './hash.ts'

/**
 * The steps of a plan that only put back what was loosened outside: through the API, ready, tightening, and about nothing that git changed as well. A step that does more is left for
 * an apply that somebody looks at.
 */
export function stepsBack({ steps }: SavedPlan, differences: readonly DriftDifference[]): readonly Step[] {
  const outside = differences.filter(
    ({ class: which, exception }) => which === 'changed-outside' && exception === undefined,
  )
  const isOutside = (step: Step, path: string, email?: string): boolean =>
    outside.some(
      ({ kind, name, path: field, account }) =>
        kind === step.kind &&
        name === step.name &&
        field === path &&
        (email === undefined ? account === undefined : foldEmail(account?.email ?? '') === foldEmail(email)),
    )
  return steps.filter(step => {
    const { channel, status, direction, action, accounts = [], changes } = step
    if (channel !== 'api' || status !== 'ready' || direction !== 'tightens') return false
    if (action === 'move') return accounts.every(({ account }) => isOutside(step, 'members', account.email))
    if (action === 'suspend') return accounts.every(({ account }) => isOutside(step, 'access', account.email))
    return action === 'update' && changes.every(({ path }) => isOutside(step, path))
  })
}

/** Puts back what was loosened outside. A guard that blocks blocks it too. What was last applied stays what it was. */
export const putBack = (
  options: Omit<ApplyOptions, 'allow' | 'recheck' | 'remember'>,
  differences: readonly DriftDifference[],
): Promise<Outcome<Applied>> => {
  const steps = stepsBack(options.plan, differences)
  const part = { ...options.plan, steps }
  // It is another plan now, and is named so in the journal and in the record.
  const plan = { ...part, digest: planDigest(sha256, part) }
  return applyPlan({ ...options, plan, allow: [], recheck: true, remember: false })
}
