import type { Approver, Protections } from '../kinds/protections.ts'
import { foldEmail } from '../model/account.ts'
import type { Approval } from '../model/approval.ts'

/** What decides whose approval counts. */
export interface ApprovalCheck {
  readonly approvals: readonly Approval[]
  /** The digest of the plan. */
  readonly digest: string
  readonly now: Date
  readonly rules: Pick<Protections['approvals'], 'approvers' | 'minutes'>
  /** Who made the plan; where nobody can tell, no approval counts. */
  readonly author: string | undefined
  /** Who else had a hand in it. */
  readonly alsoBy?: readonly string[] | undefined
}

/** The names of those whose approval of a plan counts, sorted: given for this plan, not expired, by somebody who is still an approver and did not make the plan. */
export function validApprovals({
  approvals,
  digest,
  now,
  rules,
  author,
  alsoBy = [],
}: ApprovalCheck): readonly string[] {
  if (author === undefined) return []
  const { approvers, minutes } = rules
  const barred = authorsOf([author, ...alsoBy], approvers)
  const counting = approvers.filter(
    approver =>
      !barred.includes(approver) &&
      approvals.some(
        given => given.approver === approver.name && given.digest === digest && now.getTime() < endOf(given, minutes),
      ),
  )
  // Whoever is listed twice with one address is one person.
  return [...new Map(counting.map(({ name, email }) => [foldEmail(email), name])).values()].sort()
}

/** An approval ends when it said it would, or sooner where the documents have become stricter since. NaN where either cannot be read. */
const endOf = ({ at, expiresAt }: Approval, minutes: number): number =>
  Math.min(Date.parse(expiresAt), Date.parse(at) + minutes * 60_000)

/** The approvers that those who made a plan are, by name, address or one of the logins, without regard to case; every entry of that person. */
export function authorsOf(authors: readonly string[], approvers: readonly Approver[]): readonly Approver[] {
  const by = new Set(authors.map(foldEmail))
  const made = approvers.filter(({ name, email, logins }) =>
    [name, email, ...logins].some(known => by.has(foldEmail(known))),
  )
  const addresses = new Set(made.map(({ email }) => foldEmail(email)))
  return approvers.filter(({ email }) => addresses.has(foldEmail(email)))
}
