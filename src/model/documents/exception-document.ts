// Made from the schemas of the kinds by `npm run generate`.

/** A requirement that one account need not meet, or one difference that drift does not report, until a day. */
export interface ExceptionDocument {
  readonly kind: 'Exception'
  /** A name for the exception. */
  readonly name: string
  /** The account that is excepted from the requirement. */
  readonly account?: string
  /** The CoverageRequirement that the account need not meet. */
  readonly requirement?: string
  /** The one difference that drift does not report. */
  readonly difference?: {
    /** The kind of the object. */
    readonly kind: 'AuthenticationPolicy' | 'ExternalUserPolicy' | 'IpAllowlist'
    /** The name of the object. */
    readonly name: string
    /** The field, such as settings.idleSession. */
    readonly path: string
    /** The account, where the difference is about one. */
    readonly account?: string
  }
  /** Who answers for the exception. */
  readonly owner: string
  /** Why it is needed. */
  readonly reason: string
  /** Where it is tracked. */
  readonly ticket?: string
  /** The last day (UTC) on which it counts. Past that day it is an error. */
  readonly expires: string
}
