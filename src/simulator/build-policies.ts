import { seededId } from './seeded-id.ts'
import { localName } from './scenario-references.ts'
import {
  defaultExternalSettings,
  defaultSettings,
  type AuthenticationSettings,
  type ExternalSettings,
} from './settings.ts'
import type { Scenario, ScenarioPolicy } from './scenario.ts'
import type { AuthenticationPolicy, Directory, ExternalPolicy } from './state.ts'

/** The directories of a scenario, the local one always among them (ref 5.1). */
export function buildDirectories(scenario: Scenario, seed: number): Directory[] {
  const listed = (scenario.directories ?? []).map(({ id, name, identityProvider }) => ({
    id: id ?? seededId(seed, `directory/${name}`),
    name,
    ...(identityProvider !== undefined && { identityProvider }),
  }))
  if (listed.some(({ identityProvider }) => identityProvider === undefined)) return listed
  return [{ id: seededId(seed, 'directory/local'), name: 'Local directory' }, ...listed]
}

/** The directory with this name or id; the local one for `local` and for none. */
export function directoryNamed(directories: readonly Directory[], name: string | undefined): Directory {
  const found = directories.find(directory =>
    name === undefined || name === localName
      ? directory.identityProvider === undefined
      : directory.name === name || directory.id === name,
  )
  if (found === undefined) throw new Error(`no directory is called ${name ?? localName}`)
  return found
}

/** Settings with the defaults of ref 5.1 filled in; enforced SSO leaves 2SV to the identity provider (ref 5.1). */
export function completeSettings(settings: ScenarioPolicy['settings'], directory: Directory): AuthenticationSettings {
  const enforced = settings?.singleSignOn === 'enforced'
  return {
    ...defaultSettings,
    ...(enforced && { twoStepVerification: 'identity-provider' as const }),
    ...(enforced && directory.identityProvider !== undefined && { identityProvider: directory.identityProvider }),
    ...settings,
    password: { ...defaultSettings.password, ...settings?.password },
  }
}

/** The authentication policies of a scenario: every directory ends up with exactly one default (ref 5.1). */
export function buildAuthenticationPolicies(
  scenario: Scenario,
  directories: readonly Directory[],
  seed: number,
): AuthenticationPolicy[] {
  const policies = (scenario.authenticationPolicies ?? []).map(policy => {
    const directory = directoryNamed(directories, policy.directory)
    return {
      id: policy.id ?? seededId(seed, `policy/${policy.name}`),
      name: policy.name,
      directoryId: directory.id,
      default: policy.default ?? false,
      billable: policy.billable ?? true,
      settings: completeSettings(policy.settings, directory),
    }
  })
  for (const directory of directories) {
    const own = policies.filter(({ directoryId }) => directoryId === directory.id)
    if (own.some(policy => policy.default)) continue
    const [first] = own
    if (first !== undefined) first.default = true
    // Without Guard the one policy serves everybody.
    else if ((scenario.guard ?? true) || policies.length === 0) policies.push(defaultPolicyOf(directory, seed))
  }
  return policies
}

const defaultPolicyOf = (directory: Directory, seed: number): AuthenticationPolicy => ({
  id: seededId(seed, `policy/default of ${directory.name}`),
  name: directory.identityProvider === undefined ? 'Default policy' : `Default policy of ${directory.name}`,
  directoryId: directory.id,
  default: true,
  billable: true,
  settings: defaultSettings,
})

/** One of the two external policies, in effect since long. */
export function externalPolicy(
  settings: Partial<ExternalSettings> | undefined,
  testUsers: readonly string[],
  now: number,
): ExternalPolicy {
  const complete = { ...defaultExternalSettings, ...settings }
  return { settings: complete, previous: complete, effectiveAt: now, testUsers: [...testUsers] }
}
