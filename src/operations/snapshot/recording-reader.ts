import type { AccountPolicy } from '../../org/answers/account-policy.ts'
import type { ApiToken } from '../../org/answers/api-token.ts'
import type { ControlPolicy } from '../../org/answers/control-policy.ts'
import type { Domain } from '../../org/answers/domain.ts'
import type { Group } from '../../org/answers/group.ts'
import type { LastActive } from '../../org/answers/last-active.ts'
import type { PolicyResource } from '../../org/answers/policy-resource.ts'
import type { User } from '../../org/answers/user.ts'
import { keepPages } from '../../org/keep-pages.ts'
import { OrgError } from '../../org/org-error.ts'
import type { OrgReader } from '../../org/reader.ts'

/** An answer, or the failure that there was in its place. */
export type Recorded<T> = { readonly answer: T } | { readonly failure: OrgError }

/** What was asked of the organization for a plan, and what it answered. */
export interface Recording {
  domains: readonly Domain[]
  readonly users: User[]
  readonly accountPolicies: AccountPolicy[]
  /** By the name that was looked for: all groups that came. */
  readonly groupSearches: Map<string, readonly Group[]>
  /** Account ids by group id. */
  readonly groupMembers: Map<string, readonly string[]>
  readonly controlPolicies: Map<string, Recorded<readonly ControlPolicy[]>>
  readonly policyResources: Map<string, Recorded<readonly PolicyResource[]>>
  tokens: Recorded<readonly ApiToken[]>
  readonly lastActive: Map<string, Recorded<LastActive>>
  eventActions: Recorded<true>
}

export const emptyRecording = (): Recording => ({
  domains: [],
  users: [],
  accountPolicies: [],
  groupSearches: new Map(),
  groupMembers: new Map(),
  controlPolicies: new Map(),
  policyResources: new Map(),
  tokens: { answer: [] },
  lastActive: new Map(),
  eventActions: { answer: true },
})

/** Remembers what is asked for by way of planning. Everything else is asked of the organization and not remembered. */
export function recordingReader(reader: OrgReader, into: Recording): OrgReader {
  async function kept<T>(ask: () => Promise<T>, keep: (recorded: Recorded<T>) => void): Promise<T> {
    try {
      const answer = await ask()
      keep({ answer })
      return answer
    } catch (error) {
      if (error instanceof OrgError) keep({ failure: error })
      throw error
    }
  }
  async function* pagesKept<T>(
    pages: AsyncIterable<readonly T[]>,
    keep: (recorded: Recorded<readonly T[]>) => void,
  ): AsyncIterable<readonly T[]> {
    try {
      yield* keepPages(pages, answer => keep({ answer }))
    } catch (error) {
      if (error instanceof OrgError) keep({ failure: error })
      throw error
    }
  }

  return {
    ...reader,
    domains: async () => (into.domains = await reader.domains()),
    users: (search = {}) => {
      const group = search.groupIds?.[0]
      return keepPages(reader.users(search), found => {
        if (group === undefined) for (const user of found) into.users.push(user)
        else
          into.groupMembers.set(
            group,
            found.map(({ accountId }) => accountId),
          )
      })
    },
    accountPolicies: async ids => {
      const answer = await reader.accountPolicies(ids)
      for (const policy of answer) into.accountPolicies.push(policy)
      return answer
    },
    groups: search =>
      keepPages(reader.groups(search), found => {
        into.groupSearches.set(search?.searchTerm ?? '', found)
      }),
    controlPolicies: type =>
      kept(
        () => reader.controlPolicies(type),
        recorded => into.controlPolicies.set(type, recorded),
      ),
    policyResources: id =>
      kept(
        () => reader.policyResources(id),
        recorded => into.policyResources.set(id, recorded),
      ),
    apiTokens: () => pagesKept(reader.apiTokens(), recorded => (into.tokens = recorded)),
    lastActive: id =>
      kept(
        () => reader.lastActive(id),
        recorded => into.lastActive.set(id, recorded),
      ),
    eventActions: () =>
      kept(
        () => reader.eventActions(),
        recorded => (into.eventActions = 'answer' in recorded ? { answer: true } : recorded),
      ),
  }
}
