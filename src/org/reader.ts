import { isOrgError, OrgError } from './org-error.ts'
import { diagnostic } from '../diagnostics/diagnostic.ts'
import { accountPoliciesShape, type AccountPolicy } from './answers/account-policy.ts'
import { apiKeyShape, type ApiKey } from './answers/api-key.ts'
import { apiTokenShape, type ApiToken } from './answers/api-token.ts'
import { eventActionShape, type AuditEvent, type EventAction } from './answers/audit-event.ts'
import { controlPolicyShape, type ControlPolicy } from './answers/control-policy.ts'
import { directoryShape, type Directory } from './answers/directory.ts'
import { domainShape, type Domain } from './answers/domain.ts'
import { groupShape, type Group } from './answers/group.ts'
import { lastActiveIn, productActivityShape, type LastActive } from './answers/last-active.ts'
import { managedAccountShape, type ManagedAccount } from './answers/managed-account.ts'
import { organizationShape, type OrgInfo } from './answers/organization.ts'
import { policyResourceShape, type PolicyResource } from './answers/policy-resource.ts'
import { userShape, type User } from './answers/user.ts'
import { userCountShape, userStatsShape, type UserStats } from './answers/user-stats.ts'
import { apiCall } from './api-call.ts'
import { apiTokensPageSize, eventsLimit, searchGroupsLimit } from './assumptions.ts'
import type { Json } from '../model/json.ts'
import { listAt, present } from './members.ts'
import { allItems, pages } from './pages.ts'
import { readAnswer } from './read-answer.ts'
import type { Send } from './send.ts'
import { inData } from './shape.ts'
import { streamEvents } from './stream-events.ts'
import { userFilters, userSearchBody, type UserSearch } from './user-search.ts'

/** What can be read of an organization. Every list is whole: one that cannot be read to its end throws an `OrgError`. */
export interface OrgReader {
  /** The organizations that the key sees. */
  organizations(): Promise<readonly OrgInfo[]>
  /** This organization. `org/other-organization` names those the key sees instead. */
  organization(): Promise<OrgInfo>
  domains(): Promise<readonly Domain[]>
  directories(): Promise<readonly Directory[]>
  /** Accounts, a page at a time; the next page is being fetched meanwhile. */
  users(search?: UserSearch): AsyncIterable<readonly User[]>
  /** Managed accounts by the older listing, apps and portal customers among them. */
  managedAccounts(): AsyncIterable<readonly ManagedAccount[]>
  userCount(search?: UserSearch): Promise<number>
  userStats(directoryId?: string): Promise<UserStats>
  /** Groups, a page at a time. */
  groups(search?: { readonly directoryId?: string; readonly searchTerm?: string }): AsyncIterable<readonly Group[]>
  /** The policies of accounts, by one call: the caller keeps to `bulkFetchBatch`. Accounts that are not managed are left out. */
  accountPolicies(accountIds: readonly string[]): Promise<readonly AccountPolicy[]>
  /** Control policies of one type. `org/feature-off` where this part of the API is off, which is not an empty list. */
  controlPolicies(type: string): Promise<readonly ControlPolicy[]>
  policyResources(policyId: string): Promise<readonly PolicyResource[]>
  apiTokens(): AsyncIterable<readonly ApiToken[]>
  apiKeys(): Promise<readonly ApiKey[]>
  eventActions(): Promise<readonly EventAction[]>
  /** Audit events by the time of their processing, the oldest first; `from` and `to` in milliseconds since 1970. */
  events(window: { readonly from: number; readonly to?: number }): AsyncIterable<readonly AuditEvent[]>
  lastActive(accountId: string): Promise<LastActive>
}

/** A directory id that stands for all directories (ref 2). */
const allDirectories = '-'

/** The reading half of the client, over one sender. */
export function createReader(send: Send, orgId: string): OrgReader {
  const organizations = () => allItems(send, apiCall('listOrganizations', { orgId }), organizationShape)
  return {
    organizations,
    organization: async () => {
      try {
        return await readAnswer(send, apiCall('getOrganization', { orgId }), inData(organizationShape))
      } catch (error) {
        if (!isOrgError(error, 'org/not-found', 'org/forbidden', 'org/missing-scope')) throw error
        throw (await otherOrganization(orgId, organizations)) ?? error
      }
    },
    domains: () => allItems(send, apiCall('listDomains', { orgId }), domainShape),
    directories: () => allItems(send, apiCall('listDirectories', { orgId }), directoryShape),
    users: (search = {}) => {
      const { directoryId = allDirectories } = search
      return pages(send, apiCall('searchUsers', { orgId, directoryId }, { body: userSearchBody(search) }), userShape())
    },
    managedAccounts: () => pages(send, apiCall('listManagedAccounts', { orgId }), managedAccountShape),
    userCount: (search = {}) => {
      const { directoryId = allDirectories } = search
      return readAnswer(
        send,
        apiCall('countUsers', { orgId, directoryId }, { query: userFilters(search) }),
        userCountShape,
      )
    },
    userStats: (directoryId = allDirectories) =>
      readAnswer(send, apiCall('getUserStats', { orgId, directoryId }), userStatsShape),
    groups: ({ directoryId = allDirectories, searchTerm } = {}) => {
      const body = present({ searchTerm, limit: searchGroupsLimit })
      return pages(send, apiCall('searchGroups', { orgId, directoryId }, { body }), groupShape)
    },
    accountPolicies: async accountIds => {
      if (accountIds.length === 0) return []
      return await readAnswer(
        send,
        apiCall('fetchAuthPolicies', { orgId }, { body: { accountIds } }),
        accountPoliciesShape,
      )
    },
    controlPolicies: async type => {
      try {
        const policies = await allItems(
          send,
          apiCall('listPolicies', { orgId }, { query: { type } }),
          controlPolicyShape,
        )
        // The server's filter is not relied on: one that is ignored returns every type (ref 7).
        return policies.filter(policy => policy.type === type)
      } catch (error) {
        // 404 here means that the feature is off, not that there are no policies (ref 1.1).
        if (!isOrgError(error, 'org/not-found')) throw error
        throw new OrgError(diagnostic('org/feature-off', error.diagnostic.facts))
      }
    },
    policyResources: policyId =>
      allItems(send, apiCall('listPolicyResources', { orgId, policyId }), policyResourceShape),
    apiTokens: () =>
      pages(send, apiCall('listApiTokens', { orgId }, { query: { pageSize: apiTokensPageSize } }), apiTokenShape),
    apiKeys: () => allItems(send, apiCall('listApiKeys', { orgId }), apiKeyShape),
    eventActions: () => allItems(send, apiCall('listEventActions', { orgId }), eventActionShape),
    events: ({ from, to }) =>
      streamEvents(send, apiCall('streamEvents', { orgId }, { query: { from, to, limit: eventsLimit } })),
    lastActive: async accountId => {
      const list = { ...productActivityShape, list: (body: Json) => listAt(body, 'data', 'product_access') }
      return lastActiveIn(await allItems(send, apiCall('getLastActiveDates', { orgId, accountId }), list))
    },
  }
}

// The id may be that of another organization, or the key that of another: what the key sees tells.
async function otherOrganization(id: string, organizations: () => Promise<readonly OrgInfo[]>) {
  try {
    const visible = await organizations()
    if (visible.some(organization => organization.id === id)) return undefined
    return new OrgError(diagnostic('org/other-organization', { id, visible }))
  } catch (error) {
    if (error instanceof OrgError) return undefined
    throw error
  }
}
