import type { Organization } from './organization.ts'

/** Share and number of accounts above which a guard blocks. */
export interface Threshold {
  readonly percent: number
  readonly atLeast: number
}

/** Who may approve. */
export interface Approver {
  readonly name: string
  readonly email: string
  readonly logins: readonly string[]
}

/** A time in which nothing is applied. `from` and `until` in milliseconds since 1970; `until` is the first moment after it. */
export interface FreezeWindow {
  readonly from: number
  readonly until: number
  readonly reason?: string
}

/**
 * What the Organization document protects, with its defaults: of what was last applied and what is proposed the stricter, so that a change cannot loosen what guards it. Approvers count where
 * both name them with the same address; where nothing was applied yet, as proposed.
 */
export interface Protections {
  readonly moves: Threshold
  readonly suspensions: Threshold
  readonly minimumOrgAdmins: number
  /** Minutes that a plan may be carried out after it was made. */
  readonly planMinutes: number
  /** Minutes that the test policy must have carried what is asked of all external users; absent: not asked for. */
  readonly testedMinutes?: number
  readonly approvals: {
    /** Absent where no document says: then loosening is lifted by its guard's code. */
    readonly loosening?: number
    readonly suspensions: number
    readonly everything: number
    /** Minutes that an approval counts. */
    readonly minutes: number
    /** Whether an attestation takes a one-time code. */
    readonly attestations: boolean
    readonly approvers: readonly Approver[]
  }
  /** Folded addresses. */
  readonly breakGlass: ReadonlySet<string>
  readonly freeze: readonly FreezeWindow[]
}

/** The stricter of both in each point. Without `lastApplied`: as proposed. */
export type ProtectionsOf = (lastApplied: Organization | undefined, proposed: Organization) => Protections
