import { diagnostic } from '../../diagnostics/diagnostic.ts'
import type { Code, Facts } from '../../diagnostics/catalogue.ts'
import type { SnapshotAccount, SnapshotAnswer, SnapshotContent } from '../../model/snapshot.ts'
import type { ApiToken } from '../../org/answers/api-token.ts'
import type { ControlPolicy } from '../../org/answers/control-policy.ts'
import type { LastActive } from '../../org/answers/last-active.ts'
import type { PolicyResource } from '../../org/answers/policy-resource.ts'
import { OrgError } from '../../org/org-error.ts'
import type { OrgReader } from '../../org/reader.ts'

/** Failures that planning goes on without: only these are in a snapshot. */
const failures = ['org/missing-scope', 'org/forbidden', 'org/not-found', 'org/feature-off'] as const

/** Answers from a snapshot what a plan asks of an organization. What is not in it is `org/not-in-snapshot`. */
export function snapshotReader(content: SnapshotContent): OrgReader {
  const accounts = new Map(content.accounts.map(account => [account.accountId, account]))
  const answered = <T>(recorded: SnapshotAnswer<T> | undefined, what: string): T => {
    if (recorded === undefined) throw missing(what)
    if ('answer' in recorded) return recorded.answer
    const { code, facts } = recorded.failure
    const known = failures.find(one => one === code)
    throw known === undefined ? missing(what) : new OrgError(diagnostic(known, facts as unknown as Facts[typeof known]))
  }
  const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
    Object.hasOwn(record, key) ? record[key] : undefined
  const notKept = (what: string) => () => Promise.reject(missing(what))

  return {
    organizations: () => Promise.resolve([content.organization]),
    organization: () => Promise.resolve(content.organization),
    domains: () => Promise.resolve(content.domains),
    directories: notKept('the directories'),
    users: (search = {}) => {
      const [group] = search.groupIds ?? []
      if (group === undefined) return pages(content.accounts)
      const found = content.groups.find(({ id }) => id === group)
      if (found === undefined) throw missing('the members of a group')
      return pages(found.members.map(id => accounts.get(id) ?? { accountId: id }))
    },
    managedAccounts: () => {
      throw missing('the older listing of managed accounts')
    },
    userCount: notKept('the number of users'),
    userStats: notKept('statistics of users'),
    groups: ({ searchTerm = '' } = {}) => {
      const found = content.groups.filter(({ name }) => name === searchTerm)
      if (found.length === 0 && !content.noGroups.includes(searchTerm) && content.match !== 'everyone')
        throw missing(`the group \`${searchTerm}\``)
      return pages(found.map(({ id, name }) => ({ id, name })))
    },
    accountPolicies: ids =>
      Promise.resolve(
        ids.flatMap(id => {
          const { accountId, email, policyId, policyName }: Partial<SnapshotAccount> = accounts.get(id) ?? {}
          return accountId === undefined || policyId === undefined
            ? []
            : [{ accountId, email: email ?? accountId, policyId, ...(policyName !== undefined && { policyName }) }]
        }),
      ),
    controlPolicies: async type =>
      answered(await later(own(content.controlPolicies, type)), type) as unknown as readonly ControlPolicy[],
    policyResources: async id =>
      answered(await later(own(content.policyResources, id)), 'an allowlist') as unknown as readonly PolicyResource[],
    apiTokens: () => pages(answered(content.tokens, 'the API tokens') as unknown as readonly ApiToken[]),
    apiKeys: notKept('the API keys'),
    eventActions: async () => {
      answered(await later(content.eventActions), 'the actions of the audit log')
      return []
    },
    events: () => {
      throw missing('the audit log')
    },
    lastActive: async id =>
      ({
        products: [],
        ...answered(await later(own(content.lastActive, id)), 'when an account was last active'),
      }) satisfies LastActive,
  }
}

/** Failures are those of a call: they come later, as all answers do. */
const later = <T>(value: T): Promise<T> => Promise.resolve(value)

async function* pages<T>(items: readonly T[]): AsyncIterable<readonly T[]> {
  yield await Promise.resolve(items)
}

const missing = (what: string): OrgError => new OrgError(diagnostic('org/not-in-snapshot' satisfies Code, { what }))
