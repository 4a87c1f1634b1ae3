import { validApprovals } from '../approvals/valid-approvals.ts'
import type { Documents } from '../engine/guards/guard.ts'
import type { Ledger } from '../ledger/contract.ts'
import type { Approval } from '../model/approval.ts'
import type { SavedPlan } from '../model/plan.ts'
import { protectionsIn } from './guard-plan.ts'

/** Who approved a plan, as far as the ledger tells now. */
export interface ApprovedPlan {
  /** The documents of the last apply; undefined where there was none. */
  readonly lastApplied: Documents | undefined
  /** The names of the approvers whose approval counts. */
  readonly approvedBy: readonly string[]
  /** The approvals that count. */
  readonly approvals: readonly Approval[]
}

/** Reads who approved a plan: counted by the stricter of what was last applied and what the plan proposes. */
export async function approvalsOf(ledger: Ledger, plan: SavedPlan, now: Date): Promise<ApprovedPlan> {
  const [lastApplied, stored] = await Promise.all([ledger.read('last-applied'), ledger.read('approvals')])
  const { digest, author, desired } = plan
  const rules = protectionsIn(lastApplied?.documents, desired.documents).approvals
  const approvals = stored?.approvals ?? []
  const counted = (given: readonly Approval[]) => validApprovals({ approvals: given, digest, now, rules, author })
  const approvedBy = counted(approvals)
  return {
    lastApplied: lastApplied?.documents,
    approvedBy,
    approvals: approvals.filter(given => counted([given]).some(name => approvedBy.includes(name))),
  }
}
