import type { State } from '../../src/simulator/state.ts'

/** What the documents name, and so what a plan has to look at beyond the accounts. */
export interface NamedByDocuments {
  readonly groups: readonly string[]
  readonly allowlists: readonly string[]
  readonly breakGlass: readonly string[]
  /** External accounts may be inactive for so many days; absent without such a rule. */
  readonly inactiveAfterDays?: number
}

/** How much there is of everything that a plan has to read. */
export interface OrganizationSizes {
  readonly domains: number
  readonly users: number
  /** Only active managed accounts have a policy to ask for. */
  readonly managedActive: number
  readonly tokens: number
  /** Members of each group that the documents name. */
  readonly groupMembers: readonly number[]
  /** All there are: listings have no filter by name. */
  readonly allowlists: number
  /** Resources of each allowlist that the documents name. */
  readonly allowlistResources: readonly number[]
  /** External accounts of which the rule for inactive ones has to know when they were last active. */
  readonly activityUnknown: number
}

/** Counts in the state of the simulator, without any code of the program that reads it. */
export function sizesOf(state: State, named: NamedByDocuments, now: number): OrganizationSizes {
  const accounts = state.accounts.list
  const active = accounts.filter(
    ({ accountStatus, deletionOn }) => accountStatus === 'active' && deletionOn === undefined,
  )
  const allowlists = state.controlPolicies.filter(({ type }) => type === 'ip-allowlist')
  const { inactiveAfterDays: days } = named
  return {
    domains: state.domains.length,
    users: accounts.length,
    managedActive: active.filter(({ managed }) => managed).length,
    tokens: state.apiTokens.length,
    groupMembers: named.groups.map(name => {
      const ids = new Set(state.groups.filter(group => group.name === name).map(({ id }) => id))
      return accounts.filter(({ groups }) => groups.some(id => ids.has(id))).length
    }),
    allowlists: allowlists.length,
    allowlistResources: named.allowlists.flatMap(
      name => allowlists.find(allowlist => allowlist.name === name)?.resources.length ?? [],
    ),
    activityUnknown:
      days === undefined
        ? 0
        : active.filter(
            ({ managed, membershipStatus, accountType, products, platformRoles, email, addedToOrg }) =>
              !managed &&
              membershipStatus !== 'no_membership' &&
              accountType === 'atlassian' &&
              products.length > 0 &&
              !platformRoles.includes('atlassian/org-admin') &&
              !named.breakGlass.includes(email.toLowerCase()) &&
              addedToOrg < now - days * 86_400_000,
          ).length,
  }
}
