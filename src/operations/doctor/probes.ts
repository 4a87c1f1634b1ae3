import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { OrgClient } from '../../org/client.ts'
import { isOrgError, OrgError } from '../../org/org-error.ts'
import type { OperationName } from '../../org/operations.ts'

/**
 * What asking for one operation showed. `lacking`: the key may not call it. `refused`: the key may, the admin behind it may not. `off`: the organization has no such part. `unknown`: no answer that
 * tells.
 */
export type Answer =
  | { readonly state: 'answers' }
  | { readonly state: 'lacking' | 'refused' | 'off' | 'unknown'; readonly diagnostic: Diagnostic }

/** What the operations answered that were asked for. */
export type Answers = ReadonlyMap<OperationName, Answer>

/** The id of nothing: what is asked for with it is not there, and that it is not there is answered only where the scope is. **Inferred** (ref 4). */
const nothing = '00000000-0000-0000-0000-000000000000'

type Asking = (client: OrgClient, now: Date) => Promise<unknown>

/**
 * The cheapest call of each operation that only reads, of those that commands call. What writes cannot be tried without writing. `absent`: it asks for something that is not there, so that a 404 is
 * a good answer.
 */
const asking: Readonly<Partial<Record<OperationName, { readonly ask: Asking; readonly absent?: true }>>> = {
  listOrganizations: { ask: client => client.call('listOrganizations', {}) },
  getOrganization: { ask: client => client.call('getOrganization', {}) },
  listDomains: { ask: client => client.call('listDomains', {}) },
  searchUsers: { ask: client => client.call('searchUsers', { directoryId: '-' }, { body: { limit: 1 } }) },
  countUsers: { ask: client => client.call('countUsers', { directoryId: '-' }) },
  searchGroups: { ask: client => client.call('searchGroups', { directoryId: '-' }, { body: { limit: 1 } }) },
  fetchAuthPolicies: {
    ask: client => client.call('fetchAuthPolicies', {}, { body: { accountIds: [nothing] } }),
    absent: true,
  },
  listPolicies: { ask: client => client.call('listPolicies', {}, { query: { type: 'ip-allowlist' } }) },
  listPolicyResources: { ask: client => client.call('listPolicyResources', { policyId: nothing }), absent: true },
  getLastActiveDates: { ask: client => client.call('getLastActiveDates', { accountId: nothing }), absent: true },
  listManagedAccounts: { ask: client => client.call('listManagedAccounts', {}) },
  listDirectories: { ask: client => client.call('listDirectories', {}, { query: { limit: 1 } }) },
  listApiTokens: { ask: client => client.call('listApiTokens', {}, { query: { pageSize: 1 } }) },
  listApiKeys: { ask: client => client.call('listApiKeys', {}, { query: { pageSize: 1 } }) },
  listEventActions: { ask: client => client.call('listEventActions', {}) },
  streamEvents: {
    ask: (client, now) => client.call('streamEvents', {}, { query: { from: now.getTime(), limit: 1 } }),
  },
  // A GET that needs the scope to write (ref 1.1, row 21): the one way to learn of that scope without writing.
  getAuthPolicyTask: { ask: client => client.call('getAuthPolicyTask', { taskId: nothing }), absent: true },
  // Takes keys without scopes only (ref 3.1): that is all it is asked for.
  getPermissions: { ask: client => client.call('getPermissions', { accountId: nothing }), absent: true },
}

/** Whether there is a way to ask for an operation that changes nothing. */
export const canAsk = (name: OperationName): boolean => asking[name] !== undefined

/** Asks for each of the operations at once, and changes nothing. Those that only write are left out. */
export async function askFor(names: Iterable<OperationName>, client: OrgClient, now: Date): Promise<Answers> {
  const answers = await Promise.all(
    [...new Set(names)].map(async name => {
      const probe = asking[name]
      return probe === undefined ? [] : [[name, await answerTo(() => probe.ask(client, now), probe.absent)] as const]
    }),
  )
  return new Map(answers.flat())
}

async function answerTo(ask: () => Promise<unknown>, absent: true | undefined): Promise<Answer> {
  try {
    await ask()
    return { state: 'answers' }
  } catch (error) {
    if (!(error instanceof OrgError)) throw error
    const { diagnostic } = error
    if (isOrgError(error, 'org/missing-scope')) return { state: 'lacking', diagnostic }
    if (isOrgError(error, 'org/forbidden')) return { state: 'refused', diagnostic }
    // A request that is judged by what is in it got past the scope; so did one for what is not there.
    if (isOrgError(error, 'org/refused')) return { state: 'answers' }
    if (isOrgError(error, 'org/not-found', 'org/feature-off'))
      return absent ? { state: 'answers' } : { state: 'off', diagnostic }
    return { state: 'unknown', diagnostic }
  }
}
