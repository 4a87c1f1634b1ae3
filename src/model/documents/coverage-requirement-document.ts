// Made from the schemas of the kinds by `npm run generate`.

/** The second factor that a population must have to pass. */
export interface CoverageRequirementDocument {
  readonly kind: 'CoverageRequirement'
  /** A name for the requirement: reports show it, exceptions refer to it. */
  readonly name: string
  /** The accounts that must meet it. What is left out does not narrow. */
  readonly population: {
    /** Managed accounts, external ones, or both. */
    readonly accounts?: readonly ('managed' | 'external')[]
    /** Accounts with one of these roles, such as atlassian/org-admin. */
    readonly roles?: readonly string[]
    /** Accounts on these domains. */
    readonly domains?: readonly string[]
    /** Members of these authentication policies. */
    readonly policies?: readonly string[]
  }
  /** The weakest second factor that is enough. */
  readonly atLeast: 'none' | 'optional' | 'step-up' | 'two-step' | 'sso-mfa'
  /** How API tokens count, which go around sign-in. What is left out counts as `live`. */
  readonly tokens?: 'ignore' | 'live' | 'possible'
  /** How much of the population must meet it. */
  readonly minimumPercent?: number
  /** What an unmet requirement is. What is left out counts as `error`. */
  readonly severity?: 'error' | 'warning' | 'note'
}
