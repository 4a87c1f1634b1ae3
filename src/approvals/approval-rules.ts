import type { Protections } from '../kinds/protections.ts'
import type { ApprovalRule } from '../model/reports.ts'
import type { GuardResult } from '../model/plan.ts'

/** The guards that approvals lift, and the member of `approvals` that says how many. */
const ruleOf = { loosens: 'loosening', suspends: 'suspensions', 'needs-approval': 'everything' } as const

/** Whether a guard is one that approvals lift, and blocks. */
export const isApprovalGuard = ({ code, status }: GuardResult): boolean =>
  Object.hasOwn(ruleOf, code) && status === 'blocks'

/**
 * The approvals that a plan needs, of its guards as they are judged while nobody has approved. A guard that blocks without a number in the documents
 * is not lifted by approvals.
 */
export const approvalRules = (
  guards: readonly GuardResult[],
  approvals: Protections['approvals'],
  approvedBy: readonly string[],
): readonly ApprovalRule[] =>
  Object.entries(ruleOf).flatMap(([code, rule]) => {
    const needed = approvals[rule] ?? 0
    return needed > 0 && guards.some(guard => guard.code === code && guard.status === 'blocks')
      ? [{ rule, needed, missing: Math.max(0, needed - approvedBy.length) }]
      : []
  })
