/** One person's consent to one plan. */
export interface Approval {
  /** The digest of the plan: another plan, or the same one with anything changed, is not approved by it. */
  readonly digest: string
  /** The name of the approver in the Organization document. */
  readonly approver: string
  /** RFC 3339 in UTC. */
  readonly at: string
  readonly expiresAt: string
}
