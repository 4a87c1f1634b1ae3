import { buildAccounts, buildTokens } from './build-accounts.ts'
import { buildKeys } from './build-keys.ts'
import { buildAuthenticationPolicies, buildDirectories, directoryNamed, externalPolicy } from './build-policies.ts'
import { buildControlPolicies, vendorPolicies } from './build-control-policies.ts'
import { growAccounts } from './grow-accounts.ts'
import { seededId } from './seeded-id.ts'
import type { Scenario } from './scenario.ts'
import type { State } from './state.ts'

/** What a state depends on besides its scenario. */
export interface Start {
  readonly seed: number
  readonly now: number
  /** Value of the key without scopes; the scenario's, else the well-known one, when undefined. */
  readonly apiKey: string | undefined
  /** Grow to this many accounts. */
  readonly accounts: number | undefined
}

/** The organization of a scenario at the moment it starts. The same scenario, seed and time make the same state. */
export function buildState(scenario: Scenario, start: Start): State {
  const { seed, now } = start
  const directories = buildDirectories(scenario, seed)
  const authenticationPolicies = buildAuthenticationPolicies(scenario, directories, seed)
  const groups = (scenario.groups ?? []).map(({ id, name, directory, externalSynced = false }) => ({
    id: id ?? seededId(seed, `group/${name}`),
    name,
    description: '',
    directoryId: directoryNamed(directories, directory).id,
    externalSynced,
    roles: [],
  }))
  const surroundings = { directories, authenticationPolicies, groups, start }
  const accounts = buildAccounts(scenario, surroundings)
  growAccounts(accounts, scenario, surroundings)
  return {
    organization: { ...scenario.organization },
    otherOrganizations: [...(scenario.otherOrganizations ?? [])],
    guard: scenario.guard ?? true,
    domains: (scenario.domains ?? []).map(({ name, claim }) => ({
      id: seededId(seed, `domain/${name}`),
      name,
      type: claim?.type ?? 'dns',
      status: claim?.status ?? 'verified',
    })),
    directories,
    authenticationPolicies,
    externalUserPolicies: {
      external: externalPolicy(scenario.externalUserPolicies?.external?.settings, [], now),
      test: externalPolicy(
        scenario.externalUserPolicies?.test?.settings,
        scenario.externalUserPolicies?.test?.testUsers ?? [],
        now,
      ),
    },
    groups,
    accounts,
    apiTokens: buildTokens(scenario, accounts, start),
    apiKeys: buildKeys(scenario, accounts, start),
    controlPolicies: [...buildControlPolicies(scenario, start), ...vendorPolicies(start)],
    sites: (scenario.sites ?? []).map(site => ({ ...site })),
    appAccessDomains: ['ANYONE'],
    events: [],
    tasks: new Map(),
    memberships: new Map(),
    roleChanges: new Map(),
    sequence: 0,
  }
}
