import type { JsonObject } from '../model/json.ts'
import type { AuthenticationSettings, ExternalSettings, PasswordSettings } from './settings.ts'

/**
 * The organization that a simulator starts with: plain JSON, so that it can be a file. A `Moment` is a time (RFC 3339) or a
 * duration such as `12d`, counted back from the start for what has been and ahead of it for what is to come.
 */
export interface Scenario {
  readonly organization: ScenarioOrganization
  /** Further organizations that the keys see, of which nothing but the name is simulated. */
  readonly otherOrganizations?: readonly ScenarioOrganization[]
  /** Whether Guard Standard is subscribed; true when left out. */
  readonly guard?: boolean
  readonly domains?: readonly ScenarioDomain[]
  /** The local directory is there whether it is listed or not. */
  readonly directories?: readonly ScenarioDirectory[]
  /** A directory without a policy gets a default one. */
  readonly authenticationPolicies?: readonly ScenarioPolicy[]
  readonly externalUserPolicies?: {
    readonly external?: ScenarioExternalPolicy
    readonly test?: ScenarioTestPolicy
  }
  readonly groups?: readonly ScenarioGroup[]
  readonly accounts?: readonly ScenarioAccount[]
  readonly ipAllowlists?: readonly ScenarioControlPolicy[]
  /** Policies of the other types (ref 1.2). */
  readonly controlPolicies?: readonly (ScenarioControlPolicy & { readonly type: string })[]
  readonly sites?: readonly { readonly id: string; readonly name: string }[]
  readonly apiKeys?: readonly ScenarioKey[]
}

/** A time, or a duration from the start: see {@link Scenario}. */
export type Moment = string

/** An organization by id and name. */
export interface ScenarioOrganization {
  readonly id: string
  readonly name: string
}

/** A domain that the organization claims. */
export interface ScenarioDomain {
  readonly name: string
  /** Verified by DNS when left out. */
  readonly claim?: { readonly type?: ClaimType; readonly status?: DomainStatus }
}

/** How a domain was verified. */
export type ClaimType = 'dns' | 'http'

/** How the claim of a domain stands (ref 2.3). */
export type DomainStatus = 'verified' | 'deleted' | 'unverified' | 'superseded' | 'missing_token'

/** A directory of managed accounts. */
export interface ScenarioDirectory {
  readonly id?: string
  readonly name: string
  /** Absent for the local directory. */
  readonly identityProvider?: string
}

/** An authentication policy. Settings that are left out are those of a new one. */
export interface ScenarioPolicy {
  readonly id?: string
  readonly name: string
  /** A directory's name or id, or `local`, which it is when left out. */
  readonly directory?: string
  readonly default?: boolean
  readonly billable?: boolean
  readonly settings?: Partial<Omit<AuthenticationSettings, 'password'>> & {
    readonly password?: Partial<PasswordSettings>
  }
}

/** The external user policy. Settings that are left out are those of a new one. */
export interface ScenarioExternalPolicy {
  readonly settings?: Partial<ExternalSettings>
}

/** The test policy for external users. */
export interface ScenarioTestPolicy extends ScenarioExternalPolicy {
  /** At most five emails (ref 5.2). */
  readonly testUsers?: readonly string[]
}

/** A group, of the local directory unless it names another. */
export interface ScenarioGroup {
  readonly id?: string
  readonly name: string
  readonly directory?: string
  readonly externalSynced?: boolean
}

/** An account, active and in the directory unless it says otherwise. */
export interface ScenarioAccount {
  readonly id?: string
  readonly email: string
  readonly name?: string
  /** When left out: whether its domain is one of the verified ones. */
  readonly managed?: boolean
  readonly accountStatus?: 'active' | 'inactive' | 'closed'
  readonly membershipStatus?: 'active' | 'suspended' | 'no_membership'
  readonly accountType?: 'atlassian' | 'app' | 'customer'
  /** Name or id of the authentication policy; the local directory's default when left out. Managed accounts only. */
  readonly policy?: string
  /** Names or ids. */
  readonly groups?: readonly string[]
  readonly platformRoles?: readonly string[]
  /** App keys such as `jira` or `confluence`. */
  readonly products?: readonly string[]
  readonly mfaEnabled?: boolean
  readonly lastActive?: Moment | null
  readonly addedToOrg?: Moment
  readonly tokens?: readonly ScenarioToken[]
}

/** An API token of an account. */
export interface ScenarioToken {
  readonly id?: string
  readonly label: string
  readonly status?: 'ALLOWED' | 'BLOCKED'
  readonly expiresAt?: Moment
}

/** A policy of the Control API, such as an IP allowlist. */
export interface ScenarioControlPolicy {
  readonly id?: string
  readonly name: string
  /** `enabled` or `disabled`; `draft` or `active` for data-security (ref 1.3). */
  readonly status?: string
  readonly rule: JsonObject
  /** ARIs that the policy is applied to. */
  readonly resources?: readonly string[]
}

/** An organization API key. */
export interface ScenarioKey {
  /** The value; a well-known fake when left out. */
  readonly key?: string
  readonly label?: string
  /** Absent: a key without scopes. */
  readonly scopes?: readonly string[]
  readonly expiresAt?: Moment
  /** Email of the admin who made it. */
  readonly owner?: string
  readonly revoked?: boolean
}
