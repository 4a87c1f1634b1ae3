import type { JsonObject } from '../model/json.ts'
import type { Accounts, Membership } from './accounts.ts'
import type { ClaimType, DomainStatus } from './scenario.ts'
import type { AuthenticationSettings, ExternalSettings } from './settings.ts'

/**
 * Everything the simulated organization is. Live and mutable: tests may reach in. Times are milliseconds. Accounts are
 * found by id and email through an index, so add and rename them with `addAccount` and `changeEmail`.
 */
export interface State {
  organization: { readonly id: string; name: string }
  otherOrganizations: { readonly id: string; readonly name: string }[]
  guard: boolean
  domains: Domain[]
  directories: Directory[]
  authenticationPolicies: AuthenticationPolicy[]
  externalUserPolicies: { external: ExternalPolicy; test: ExternalPolicy }
  groups: Group[]
  accounts: Accounts
  apiTokens: ApiToken[]
  apiKeys: ApiKey[]
  controlPolicies: ControlPolicy[]
  sites: { readonly id: string; name: string }[]
  appAccessDomains: string[]
  events: AuditEvent[]
  tasks: Map<string, AddUsersTask>
  /** What the policy and groups of an account were before each of its changes, oldest first. */
  memberships: Map<string, PastMembership[]>
  /** Org-level roles that do not show yet, by account id (ref 2.1: up to 30 s). */
  roleChanges: Map<string, { readonly visibleAt: number; readonly before: readonly string[] }>
  /** Counts what was made, so that each thing gets the next seeded id. */
  sequence: number
}

/** A domain that the organization claims or claimed. */
export interface Domain {
  readonly id: string
  readonly name: string
  type: ClaimType
  status: DomainStatus
}

/** A directory of managed accounts. */
export interface Directory {
  readonly id: string
  name: string
  /** Absent: the local directory. */
  readonly identityProvider?: string
}

/** An authentication policy; its members are the accounts with its id. */
export interface AuthenticationPolicy {
  readonly id: string
  name: string
  readonly directoryId: string
  default: boolean
  billable: boolean
  settings: AuthenticationSettings
}

/** The external user policy or the test policy: an edit counts from `effectiveAt` on, `previous` until then. */
export interface ExternalPolicy {
  settings: ExternalSettings
  previous: ExternalSettings
  effectiveAt: number
  /** Of the test policy: at most five emails. */
  testUsers: string[]
}

/** A group; its members are the accounts that name it. */
export interface Group {
  readonly id: string
  name: string
  description: string
  readonly directoryId: string
  readonly externalSynced: boolean
  roles: { readonly resourceId: string; readonly roleId: string }[]
}

/** An API token of an account. */
export interface ApiToken {
  readonly id: string
  readonly accountId: string
  readonly label: string
  status: 'ALLOWED' | 'BLOCKED'
  readonly createdAt: number
  expiresAt: number | undefined
  lastActiveAt: number | undefined
}

/** An organization API key. */
export interface ApiKey {
  readonly id: string
  readonly key: string
  readonly label: string
  /** Undefined: a key without scopes. */
  readonly scopes: readonly string[] | undefined
  readonly ownerId: string | undefined
  readonly createdAt: number
  expiresAt: number
  revoked: boolean
}

/** A policy of the Control API. */
export interface ControlPolicy {
  readonly id: string
  readonly type: string
  name: string
  status: string
  rule: JsonObject
  /** What the next publish makes of a data-security policy. */
  draft: { readonly name: string; readonly rule: JsonObject } | undefined
  resources: PolicyResource[]
  readonly createdAt: number
  updatedAt: number
}

/** What a policy of the Control API is applied to, and how far that has come. */
export interface PolicyResource {
  readonly id: string
  status: string
  /** What the status becomes at `settlesAt`; a resource that settles as `removed` is gone. */
  settlesTo: string
  settlesAt: number
  meta: JsonObject
  links: JsonObject
}

/** An event of the audit log. */
export interface AuditEvent {
  readonly id: string
  readonly time: number
  readonly action: string
  readonly actor: { readonly id: string; readonly name: string; readonly email: string; readonly tokenLabel?: string }
  readonly context: readonly JsonObject[]
  readonly message?: string
}

/** A task that moves accounts into a policy. */
export interface AddUsersTask {
  readonly id: string
  readonly policyId: string
  readonly submittedAt: number
  readonly duration: number
  readonly emails: readonly string[]
  /** What became of the first so many emails; the others are in progress. */
  readonly outcomes: (TaskFailure | undefined)[]
  readonly forced: ReadonlyMap<string, TaskFailure>
  readonly actor: AuditEvent['actor']
}

/** Why a task could not move an account. */
export interface TaskFailure {
  readonly status: number
  readonly title: string
  readonly detail: string
}

/** What the membership of an account was before a change. */
export type PastMembership = Membership & { readonly at: number }
