import type { JsonObject } from '../../src/model/json.ts'
import type { Simulator, State } from '../../src/simulator/index.ts'

/** Everything the organization is, in a form in which two organizations that went different ways to the same end are equal. */
export interface OrganizationState {
  /** By email: the policy, whether it has access, and all else. */
  readonly accounts: Readonly<Record<string, JsonObject>>
  /** Sorted: two of one name show. */
  readonly allowlists: readonly JsonObject[]
  /** What no story changes. */
  readonly rest: JsonObject
}

/** Ids that the simulator gives out depend on all that came before, and times on the clock: neither is compared. */
export function organizationState({ state }: Pick<Simulator, 'state'>): OrganizationState {
  const { authenticationPolicies, accounts, controlPolicies } = state
  const nameOf = new Map(authenticationPolicies.map(({ id, name }) => [id, name]))
  return plain({
    accounts: Object.fromEntries(
      accounts.list.map(({ email, policyId, ...account }) => [
        email,
        { ...account, policy: nameOf.get(policyId ?? '') ?? null },
      ]),
    ),
    allowlists: controlPolicies
      .map(({ type, name, status, rule, resources }) => ({
        name,
        type,
        status,
        rule,
        resources: resources.map(resource => `${resource.id} ${resource.status}`).sort(),
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    rest: restOf(state),
  })
}

const restOf = ({ organization, guard, domains, directories, groups, sites, ...state }: State): object => ({
  organization,
  guard,
  domains,
  directories,
  groups,
  sites,
  policies: state.authenticationPolicies,
  external: [state.externalUserPolicies.external.settings, state.externalUserPolicies.test.settings],
  testUsers: state.externalUserPolicies.test.testUsers,
  tokens: state.apiTokens.map(({ accountId, label, status }) => ({ accountId, label, status })),
})

// Lists and times of the account that depend on when the scenario was built are taken as they are: both were built in the same way.
const plain = (value: object): OrganizationState =>
  JSON.parse(
    JSON.stringify(value, (key, member: unknown) =>
      ['lastActive', 'addedToOrg', 'deactivatedOn', 'deletionOn'].includes(key) ? undefined : member,
    ),
  ) as OrganizationState
