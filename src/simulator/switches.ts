import type { AuditActionId } from './audit-actions.ts'

/**
 * Behaviour that the reference marks inferred, or leaves open. Each has the documented or likeliest value as its default;
 * tests run the other ones too, so that nothing rests on a guess.
 */
export interface Switches {
  /** How long an add-users task takes from the call to its last account (ref 1.4: asynchronous, no time given). */
  readonly taskMilliseconds: number
  /** Most `users` of one add-users call (ref 1.4: not documented; the console takes 10,000 by CSV). */
  readonly addUsersMaximum: number
  /** How long a task can be asked for after it was made (ref 1.4: not documented). */
  readonly taskRetentionMilliseconds: number
  /** Whether bulk-fetch also serves `accountId` and `policyName` (ref 1.4: members beyond email and policyId are likely). */
  readonly bulkFetchServesNames: boolean
  /** What bulk-fetch makes of unknown and external ids (ref 1.4: undocumented). */
  readonly bulkFetchUnknownIds: 'left-out' | 'error'
  /** Most `accountIds` of one bulk-fetch call (ref 1.4: not documented). */
  readonly bulkFetchMaximum: number
  /** Status of the v1 routes that were removed after 30 Jun 2026 (ref 2.1). */
  readonly retiredRoutesStatus: 404 | 410
  /** How long a resource of a policy stays `applying` (ref 1.3). */
  readonly applyMilliseconds: number
  /** Where `applying` ends (ref 1.3). */
  readonly applyOutcome: 'applied' | 'failed'
  /** Status of a policy's DELETE (ref 1.1 #5: not pinned). */
  readonly policyDeleteStatus: 202 | 204
  /** Serves the rule of a policy as an array of one rule (ref 1.3: seen live). */
  readonly ruleAsArray: boolean
  /** When a change of org-level roles shows (ref 2.1: up to 30 s). */
  readonly roleVisibleAfterMilliseconds: number
  /** When an edit of the external user policy takes effect (ref 5.2: about 10 minutes). */
  readonly externalPolicyEffectiveAfterMilliseconds: number
  /** What `mfaEnabled` of an external account is (ref 2.2: defined for managed accounts only). */
  readonly externalMfaEnabled: 'absent' | 'null' | 'false'
  /** Whether the apps in a user's `productAccess` tell when it was last active (ref 2.2: what is in an entry is not documented). */
  readonly productAccessLastActive: boolean
  /** Largest `limit` of users/search (ref 2.2: not documented, 100 in practice). */
  readonly usersMaximumLimit: number
  /** Items of a page where the caller has no say (ref 4: 25 for Control; the others are not documented). */
  readonly pageSizes: { readonly v1: number; readonly v2: number; readonly control: number; readonly events: number }
  /** Whether POSTs that list no scope need the one of their GET all the same (ref 10, point 8). */
  readonly unlistedScopes: 'none' | 'required'
  /** Whether a key dies when its owner is no org admin any more (ref 4: expect 401 or 403). */
  readonly ownerMustBeOrgAdmin: boolean
  /** Status for an organization id that nobody has (ref 4: ADMIN-404-2 or ADMIN-403-3). */
  readonly unknownOrganizationStatus: 404 | 403
  /** Whether a token's `status` echoes the API token setting of its owner's policy (ref 3.2). */
  readonly tokensFollowPolicy: boolean
  /** When an event shows in the audit log (ref 2.5: minutes). */
  readonly eventDelayMilliseconds: number
  /** Actions that the audit log does not have: neither listed nor logged (ref 2.5, 10.5: the list of actions is not documented). */
  readonly eventActionsMissing: readonly AuditActionId[]
  /** Whether a lapsed domain takes its accounts out of the policies' reach (ref 5.3). */
  readonly lapsedDomainReleasesAccounts: boolean
  /** Names of the rate limit headers (ref 4: the documented table is lost). */
  readonly rateLimitHeaders: { readonly limit: string; readonly remaining: string; readonly reset: string }
}

/** The switches as they stand unless a caller says otherwise. */
export const defaultSwitches: Switches = {
  taskMilliseconds: 500,
  addUsersMaximum: 10_000,
  taskRetentionMilliseconds: Number.MAX_SAFE_INTEGER,
  bulkFetchServesNames: false,
  bulkFetchUnknownIds: 'left-out',
  bulkFetchMaximum: 10_000,
  retiredRoutesStatus: 404,
  applyMilliseconds: 500,
  applyOutcome: 'applied',
  policyDeleteStatus: 202,
  ruleAsArray: false,
  roleVisibleAfterMilliseconds: 30_000,
  externalPolicyEffectiveAfterMilliseconds: 600_000,
  externalMfaEnabled: 'absent',
  productAccessLastActive: false,
  usersMaximumLimit: 100,
  pageSizes: { v1: 100, v2: 50, control: 25, events: 100 },
  unlistedScopes: 'none',
  ownerMustBeOrgAdmin: false,
  unknownOrganizationStatus: 404,
  tokensFollowPolicy: true,
  eventDelayMilliseconds: 0,
  eventActionsMissing: [],
  lapsedDomainReleasesAccounts: true,
  rateLimitHeaders: { limit: 'X-RateLimit-Limit', remaining: 'X-RateLimit-Remaining', reset: 'X-RateLimit-Reset' },
}
