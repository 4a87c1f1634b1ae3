// Made from the schemas of the kinds by `npm run generate`.

/** One Atlassian organization: its domains, directories, identity providers, and the limits Postern keeps. */
export interface OrganizationDocument {
  readonly kind: 'Organization'
  /** A short name for the organization in messages. Not compared with the live name. */
  readonly name: string
  /** The organization id: admin.atlassian.com shows it in the address bar, after `/o/`. */
  readonly id: string
  /** Domains that the organization has verified and claimed. Checked against the live organization, never changed. */
  readonly domains?: readonly string[]
  /** What no API shows of the identity providers. These are declarations: they expire like other evidence. */
  readonly identityProviders?: readonly {
    /** A name for the identity provider, used by directories and policies. */
    readonly name: string
    /** How the identity provider is connected. */
    readonly protocol?: 'saml' | 'google-workspace'
    /** Whether the identity provider asks everybody for a second factor. Only then does enforced single sign-on count as one. */
    readonly enforcesMfa?: boolean
    /** The day somebody last checked this declaration at the identity provider. */
    readonly declaredAt?: string
    /** The day the signing certificate of the SAML connection ends. */
    readonly certificateExpires?: string
  }[]
  /** The directories of the organization. `local` is built in. */
  readonly directories?: readonly {
    /** The name of the directory in Atlassian Administration. */
    readonly name: string
    /** The identity provider that fills the directory. Single sign-on can be enforced only in such a directory. */
    readonly identityProvider?: string
  }[]
  /** Accounts that must be able to sign in when single sign-on is broken. Postern never locks them out. */
  readonly breakGlass?: readonly (
    | string
    | {
        /** The account. */
        readonly account: string
        /** Whether its mail can be read while the identity provider is broken: a passcode comes by mail. */
        readonly mailbox?: 'independent' | 'dependent'
      }
  )[]
  /** What cannot be found out about where Postern runs. */
  readonly runner?: {
    /** The admin who created the API key: it acts with this account’s rights. */
    readonly keyOwner?: string
    /** The label of the API key in Atlassian Administration. */
    readonly keyLabel?: string
    /** Addresses or ranges (CIDR) that the runner calls from. */
    readonly addresses?: readonly string[]
  }
  /** Thresholds of the guards. What is left out has the default. */
  readonly guards?: {
    /** When a plan moves too many accounts. */
    readonly moves?: {
      /** Percent of the accounts concerned above which the guard blocks. */
      readonly percent?: number
      /** The guard never blocks below this number of accounts. */
      readonly atLeast?: number
    }
    /** When a plan suspends too many accounts. */
    readonly suspensions?: {
      /** Percent of the accounts concerned above which the guard blocks. */
      readonly percent?: number
      /** The guard never blocks below this number of accounts. */
      readonly atLeast?: number
    }
    /** The organization admins who must still be able to sign in after each step. */
    readonly minimumOrgAdmins?: number
    /** How long a saved plan may be carried out after it was made. */
    readonly planExpiresAfter?: string
    /** How long the test policy must have carried a passcode or single sign-on, with evidence, before all external users are asked for it. */
    readonly externalTestedFor?: string
  }
  /** Whose snapshots of the organization are believed, where a job without a key plans from one. */
  readonly snapshots?: {
    /** Public keys, as `postern snapshot` names the one that it signs with. A snapshot that another key signed is refused. */
    readonly signedBy?: readonly string[]
  }
  /** How many approvals a plan needs, and whose count. */
  readonly approvals?: {
    /** For a plan that loosens security. */
    readonly loosening?: number
    /** For a plan that suspends accounts. */
    readonly suspensions?: number
    /** For every plan. */
    readonly everything?: number
    /** How long an approval counts. */
    readonly expiresAfter?: string
    /** Whether an attestation counts only with a one-time code of the approver who gives it. */
    readonly attestations?: boolean
    /** Who may approve. Each of them enrols once. */
    readonly approvers?: readonly {
      /** The name to approve with; its secret is read from POSTERN_APPROVER_<NAME>. */
      readonly name: string
      /** The approver’s address. */
      readonly email: string
      /** The approver’s logins at the CI system: nobody approves a plan they made. */
      readonly logins?: readonly string[]
    }[]
  }
  /** Times in which nothing is applied, such as the days around a release. */
  readonly freeze?: readonly {
    /** The first day (UTC), or the moment it begins. */
    readonly from: string
    /** The last day (UTC), or the moment it ends. */
    readonly until: string
    /** Why, for those who are stopped by it. */
    readonly reason?: string
  }[]
  /** What counts as evidence of the settings that no API shows. */
  readonly evidence?: {
    /** How long an export, an attestation or a declaration counts. */
    readonly expiresAfter?: string
  }
}
