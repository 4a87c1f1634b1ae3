import { foldEmail } from '../model/account.ts'
import { wrong } from './json-check.ts'
import type { Scenario, ScenarioPolicy } from './scenario.ts'

/** The name that stands for the directory without an identity provider, whatever it is called. */
export const localName = 'local'

function unique(values: readonly (string | undefined)[], path: (index: number) => string): void {
  const seen = new Set<string>()
  values.forEach((value, index) => {
    if (value === undefined) return
    if (seen.has(value)) wrong(path(index), `repeats ${value}`)
    seen.add(value)
  })
}

const namesOf = (things: readonly { readonly id?: string; readonly name: string }[] | undefined): Set<string> =>
  new Set((things ?? []).flatMap(({ id, name }) => (id === undefined ? [name] : [id, name])))

function known(names: ReadonlySet<string>, value: string | undefined, path: string, what: string): void {
  if (value !== undefined && !names.has(value)) wrong(path, `names no ${what}: ${value}`)
}

/** Throws where a scenario contradicts itself: see parse-scenario.ts. */
export function checkReferences(scenario: Scenario): void {
  const { directories = [], authenticationPolicies: policies = [], groups = [], accounts = [] } = scenario
  unique(
    directories.map(({ name }) => name),
    index => `directories[${index}].name`,
  )
  if (directories.filter(({ identityProvider }) => identityProvider === undefined).length > 1)
    wrong('directories', 'hold more than one without an identity provider')
  unique(
    groups.map(({ name }) => name),
    index => `groups[${index}].name`,
  )
  unique(
    accounts.map(({ email }) => foldEmail(email)),
    index => `accounts[${index}].email`,
  )
  unique(
    accounts.map(({ id }) => id),
    index => `accounts[${index}].id`,
  )
  const directoryNames = namesOf(directories).add(localName)
  checkPolicies(policies, directoryNames, scenario.guard ?? true)
  groups.forEach(({ directory }, index) => known(directoryNames, directory, `groups[${index}].directory`, 'directory'))
  const policyNames = namesOf(policies)
  const groupNames = namesOf(groups)
  accounts.forEach(({ policy, groups: memberOf = [] }, index) => {
    known(policyNames, policy, `accounts[${index}].policy`, 'authentication policy')
    memberOf.forEach((group, at) => known(groupNames, group, `accounts[${index}].groups[${at}]`, 'group'))
  })
  const emails = new Set(accounts.map(({ email }) => foldEmail(email)))
  scenario.apiKeys?.forEach(({ owner }, index) =>
    known(emails, owner === undefined ? owner : foldEmail(owner), `apiKeys[${index}].owner`, 'account'),
  )
  if ((scenario.externalUserPolicies?.test?.testUsers?.length ?? 0) > 5)
    wrong('externalUserPolicies.test.testUsers', 'must be five at most')
}

function checkPolicies(policies: readonly ScenarioPolicy[], directories: ReadonlySet<string>, guard: boolean): void {
  unique(
    policies.map(({ name }) => name),
    index => `authenticationPolicies[${index}].name`,
  )
  unique(
    policies.map(({ id }) => id),
    index => `authenticationPolicies[${index}].id`,
  )
  policies.forEach(({ directory }, index) =>
    known(directories, directory, `authenticationPolicies[${index}].directory`, 'directory'),
  )
  unique(
    policies.map(policy => (policy.default === true ? `default of ${policy.directory ?? localName}` : undefined)),
    index => `authenticationPolicies[${index}].default`,
  )
  // Without Guard there is exactly one (ref 5.1).
  if (!guard && policies.length > 1) wrong('authenticationPolicies', 'can be one only where guard is false')
}
