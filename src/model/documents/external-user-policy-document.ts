// Made from the schemas of the kinds by `npm run generate`.

/** What accounts on domains you do not own must pass to reach your apps. */
export interface ExternalUserPolicyDocument {
  readonly kind: 'ExternalUserPolicy'
  /** Atlassian has exactly two: `external` holds for every external account, `test` for up to five that are tried out first. */
  readonly name: 'external' | 'test'
  /** The settings of the policy. They can be set only in the console, take about ten minutes, and need Atlassian Guard Standard and a verified domain; a setting that is left out is neither compared nor changed. */
  readonly settings?: {
    /** Authorization method: what external users must pass to reach Jira, Confluence and Jira Service Management. A passcode is emailed; an authenticator app cannot be required of them. Customers of a portal alone are not asked. */
    readonly authorizationMethod?: 'none' | 'one-time-passcode' | 'single-sign-on'
    /** The identity provider that single sign-on uses, as the Organization document names it. */
    readonly identityProvider?: string
    /** How long a verification holds. A changed length applies when the session ends, when sessions are reset, or at the next sign-in. */
    readonly sessionDuration?: string
    /** API token access. A token is never asked for a passcode: allow it and the second factor has a way around. */
    readonly apiTokens?: 'allow' | 'block'
    /** Whether external users count for Guard Standard. A non-billable policy cannot use single sign-on. */
    readonly billable?: boolean
  }
  /** The external accounts in the test policy, at most 5. Only for `test`. */
  readonly testUsers?: readonly string[]
  /** Who may keep access at all. These rules are Postern’s own and go through the API. */
  readonly access?: {
    /** Domains whose external accounts may have access, besides the organization’s own. Everybody else breaks the rule. */
    readonly allowedDomains?: readonly string[]
    /** How long an external account may be inactive. */
    readonly inactiveAfter?: string
    /** What happens to an account that breaks a rule. */
    readonly onViolation?: 'report' | 'suspend'
  }
}
