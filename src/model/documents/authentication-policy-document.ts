// Made from the schemas of the kinds by `npm run generate`.

/** How the managed accounts in one policy sign in. It cannot hold external accounts. */
export interface AuthenticationPolicyDocument {
  readonly kind: 'AuthenticationPolicy'
  /** The name of the policy. Where `id` is given, another name is a renaming in the console. More than one policy needs Atlassian Guard Standard. */
  readonly name: string
  /** The id of the policy: the console shows it in the address of its page. The API knows policies only by id. */
  readonly id?: string
  /** The directory that the policy belongs to: `local`, or one that the Organization document declares. */
  readonly directory: string
  /** Default policy: new accounts of the directory land here. Each directory has one; it cannot be deleted. No API and no export shows it. */
  readonly default?: boolean
  /** Whether members count for Atlassian Guard Standard. Only the default policy of the local directory can be non-billable. */
  readonly billable?: boolean
  /** The settings of the policy. They can be set only in the console; a setting that is left out is neither compared nor changed. They hold for all Atlassian apps of the members. */
  readonly settings?: {
    /** Single sign-on. `enforced` sends every member to the identity provider at the next sign-in; it can be set only in the directory of an identity provider and needs Atlassian Guard Standard. */
    readonly singleSignOn?: 'off' | 'enforced'
    /** The identity provider that single sign-on uses, as the Organization document names it. */
    readonly identityProvider?: string
    /** Two-step verification. Under enforced single sign-on it is `identity-provider`, and only there. Making it mandatory ends no session and sends no mail: people are asked at their next sign-in. Needs no Atlassian Guard Standard. */
    readonly twoStepVerification?: 'optional' | 'mandatory' | 'identity-provider'
    /** Password requirements. Under enforced single sign-on they do not apply: the identity provider asks for the password. */
    readonly password?: {
      /** Minimum password strength. People meet it when they choose a password. Needs no Atlassian Guard Standard. */
      readonly minimumStrength?: 'weak' | 'fair' | 'good' | 'strong' | 'very-strong'
      /** Password expiration: after how many days people must choose a new password. Needs no Atlassian Guard Standard. */
      readonly expiresAfter?: string
    }
    /** Idle session duration: after how long without activity people sign in again. Applies from the next sign-in, on the web only; nobody is signed out when it is saved. */
    readonly idleSession?: string
    /** Session expiration: after how long people sign in again, active or not. Applies from the next sign-in, on the web only; nobody is signed out when it is saved. */
    readonly sessionExpiration?: string
    /** User API tokens. A token goes around sign-in and with it around every second factor. Needs no Atlassian Guard Standard. */
    readonly apiTokens?: 'allow' | 'block'
    /** User API token expiration: the longest life of a new token. Needs Atlassian Guard Standard. */
    readonly apiTokenExpiration?: string
    /** Third-party login: whether members may sign in with Google, Microsoft and others. Needs no Atlassian Guard Standard. */
    readonly thirdPartyLogin?: 'allow' | 'block'
  }
  /** The managed accounts that belong here. `accounts` win over `groups` over `domains` over `everyoneElse`. */
  readonly members?: {
    /** Accounts by email address: the strongest selector. */
    readonly accounts?: readonly string[]
    /** Groups by name. Their members come from the live organization when the plan is made. */
    readonly groups?: readonly string[]
    /** Every managed account of these domains. */
    readonly domains?: readonly string[]
    /** Documents of kind AccountList by name: what they hold counts as if it stood under `accounts`. */
    readonly accountLists?: readonly string[]
    /** Every account of this directory that no policy selects. */
    readonly everyoneElse?: boolean
    /** Accounts that this policy does not claim. Weaker selectors of other policies still apply to them. */
    readonly except?: {
      /** Accounts by email address: the strongest selector. */
      readonly accounts?: readonly string[]
      /** Groups by name. Their members come from the live organization when the plan is made. */
      readonly groups?: readonly string[]
      /** Every managed account of these domains. */
      readonly domains?: readonly string[]
      /** Documents of kind AccountList by name: what they hold counts as if it stood under `accounts`. */
      readonly accountLists?: readonly string[]
    }
    /** Claim accounts of other directories as well: they move into this one. */
    readonly acrossDirectories?: boolean
    /** Which policy wins an account that two claim by group: the higher one. */
    readonly priority?: number
    /** Takes the claimed accounts in by stages: the others stay where they are until the stage is widened or removed. Who is in stays in. */
    readonly rollout?: {
      /** The share of the claimed accounts. Raising it keeps those that are in. */
      readonly percent?: number
      /** Only members of this group. */
      readonly group?: string
    }
  }
}
