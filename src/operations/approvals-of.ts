import { isApprovalGuard } from '../approvals/approval-rules.ts'
import { validApprovals } from '../approvals/valid-approvals.ts'
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Documents } from '../engine/guards/guard.ts'
import type { Ledger } from '../ledger/contract.ts'
import type { Approval } from '../model/approval.ts'
import type { GuardResult, SavedPlan } from '../model/plan.ts'
import { protectionsIn } from './guard-plan.ts'

/** Who approved a plan, as far as the ledger tells now. */
export interface ApprovedPlan {
  /** The documents of the last apply; undefined where there was none. */
  readonly lastApplied: Documents | undefined
  /** The names of the approvers whose approval counts. */
  readonly approvedBy: readonly string[]
  /** The approvals that count. */
  readonly approvals: readonly Approval[]
  /** Approvals of other plans that have not ended: given for what has changed since, more often than not. */
  readonly elsewhere: readonly Approval[]
}

/** Reads who approved a plan: counted by the stricter of what was last applied and what the plan proposes. */
export async function approvalsOf(ledger: Ledger, plan: SavedPlan, now: Date): Promise<ApprovedPlan> {
  const [lastApplied, stored] = await Promise.all([ledger.read('last-applied'), ledger.read('approvals')])
  const { digest, author, alsoBy, desired } = plan
  const rules = protectionsIn(lastApplied?.documents, desired.documents).approvals
  const approvals = stored?.approvals ?? []
  const counted = (given: readonly Approval[]) =>
    validApprovals({ approvals: given, digest, now, rules, author, alsoBy })
  const approvedBy = counted(approvals)
  return {
    lastApplied: lastApplied?.documents,
    approvedBy,
    elsewhere: approvals.filter(
      ({ digest: other, expiresAt }) => other !== digest && now.getTime() < Date.parse(expiresAt),
    ),
    approvals: approvals.filter(given => counted([given]).some(name => approvedBy.includes(name))),
  }
}

/** Says of a plan that approvals are missing for which other plans have them. */
export const approvedElsewhere = (
  { elsewhere }: Pick<ApprovedPlan, 'elsewhere'>,
  guards: readonly GuardResult[],
  digest: string,
): readonly Diagnostic[] =>
  elsewhere.length === 0 || !guards.some(isApprovalGuard)
    ? []
    : [
        diagnostic('apply/approved-elsewhere', {
          digest,
          approvals: elsewhere.map(({ approver, digest: other }) => ({ approver, digest: other })),
        }),
      ]
