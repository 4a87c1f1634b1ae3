import { passwordStrengths, type AuthenticationSettings } from '../settings.ts'
import type { AuthenticationPolicy, Directory, State } from '../state.ts'
import { formReader, type Field, type Form, type FormReader } from './form.ts'

const strengths = ['', ...passwordStrengths] as const
const yesNo = ['true', 'false'] as const

/** The controls of a policy's page, named by the setting (ref 5.1). */
export function policyFields({ name, default: isDefault, billable, settings }: AuthenticationPolicy): readonly Field[] {
  return [
    { name: 'name', label: 'Name', value: name },
    { name: 'default', label: 'Default policy of its directory', value: String(isDefault), options: yesNo },
    { name: 'billable', label: 'Billable', value: String(billable), options: yesNo },
    { name: 'singleSignOn', label: 'Single sign-on', value: settings.singleSignOn, options: ['off', 'enforced'] },
    { name: 'identityProvider', label: 'Identity provider', value: settings.identityProvider ?? '' },
    {
      name: 'twoStepVerification',
      label: 'Two-step verification',
      value: settings.twoStepVerification,
      options: ['optional', 'mandatory', 'identity-provider'],
      hint: 'Managed by the identity provider under enforced single sign-on.',
    },
    {
      name: 'minimumStrength',
      label: 'Minimum password strength',
      value: settings.password.minimumStrength ?? '',
      options: strengths,
    },
    {
      name: 'passwordExpiresAfter',
      label: 'Password expiration',
      value: settings.password.expiresAfter,
      hint: 'never, or a number of days such as 90d',
    },
    { name: 'idleSession', label: 'Idle session duration', value: settings.idleSession, hint: '15m to 30d' },
    {
      name: 'sessionExpiration',
      label: 'Session expiration',
      value: settings.sessionExpiration,
      hint: 'off, or a duration such as 7d',
    },
    { name: 'apiTokens', label: 'User API tokens', value: settings.apiTokens, options: ['allow', 'block'] },
    {
      name: 'apiTokenExpiration',
      label: 'User API token expiration',
      value: settings.apiTokenExpiration,
      hint: 'up to 365d',
    },
    {
      name: 'thirdPartyLogin',
      label: 'Third-party login',
      value: settings.thirdPartyLogin,
      options: ['allow', 'block'],
    },
  ]
}

/** What a policy becomes by a form. Where there are problems, nothing may be saved. */
export interface EditedPolicy {
  readonly problems: readonly string[]
  readonly name: string
  readonly default: boolean
  readonly billable: boolean
  readonly settings: AuthenticationSettings
}

/** Reads a policy's form; settings that contradict each other are problems (ref 5.1). */
export function editedPolicy(state: State, policy: AuthenticationPolicy, form: Form): EditedPolicy {
  const read = formReader(form)
  const directory = state.directories.find(({ id }) => id === policy.directoryId)
  const { settings } = policy
  const name = read.text('name', policy.name)
  const isDefault = read.flag('default', policy.default)
  const billable = read.flag('billable', policy.billable)
  const strength = read.choice('minimumStrength', strengths, settings.password.minimumStrength ?? '')
  const edited: AuthenticationSettings = {
    ...signIn(read, form, settings, directory),
    password: {
      ...(strength !== '' && { minimumStrength: strength }),
      expiresAfter: read.duration('passwordExpiresAfter', settings.password.expiresAfter, {
        from: '1d',
        words: ['never'],
      }),
    },
    idleSession: read.duration('idleSession', settings.idleSession, { from: '15m', to: '30d' }),
    sessionExpiration: read.duration('sessionExpiration', settings.sessionExpiration, { words: ['off'] }),
    apiTokens: read.choice('apiTokens', ['allow', 'block'], settings.apiTokens),
    apiTokenExpiration: read.duration('apiTokenExpiration', settings.apiTokenExpiration, { from: '1d', to: '365d' }),
    thirdPartyLogin: read.choice('thirdPartyLogin', ['allow', 'block'], settings.thirdPartyLogin),
  }
  const problems = [
    ...read.problems,
    ...contradictions(state, policy, { name, default: isDefault, billable, settings: edited }),
  ]
  return { problems, name, default: isDefault, billable, settings: edited }
}

/** Enforced SSO leaves the second factor to the identity provider; without it there is none to leave it to (ref 5.1). */
function signIn(
  read: FormReader,
  form: Form,
  settings: AuthenticationSettings,
  directory: Directory | undefined,
): Pick<AuthenticationSettings, 'singleSignOn' | 'identityProvider' | 'twoStepVerification'> {
  const singleSignOn = read.choice('singleSignOn', ['off', 'enforced'], settings.singleSignOn)
  const values = ['optional', 'mandatory', 'identity-provider'] as const
  const asked = read.choice('twoStepVerification', values, settings.twoStepVerification)
  const changed = asked !== settings.twoStepVerification
  if (singleSignOn === 'off') {
    if (asked === 'identity-provider' && changed)
      read.problems.push('two-step verification is managed by the identity provider under enforced single sign-on only')
    return { singleSignOn, twoStepVerification: asked === 'identity-provider' ? 'optional' : asked }
  }
  if (changed && asked !== 'identity-provider')
    read.problems.push('enforced single sign-on turns off the two-step verification setting')
  const named = form.get('identityProvider')?.trim()
  const identityProvider = named === undefined || named === '' ? directory?.identityProvider : named
  if (directory?.identityProvider === undefined || identityProvider !== directory.identityProvider)
    read.problems.push('single sign-on can be enforced only with the identity provider of the directory')
  return {
    singleSignOn,
    ...(identityProvider !== undefined && { identityProvider }),
    twoStepVerification: 'identity-provider',
  }
}

function contradictions(
  state: State,
  policy: AuthenticationPolicy,
  edited: Pick<AuthenticationPolicy, 'name' | 'default' | 'billable' | 'settings'>,
): string[] {
  const synced = state.directories.some(
    ({ id, identityProvider }) => id === policy.directoryId && identityProvider !== undefined,
  )
  const taken = state.authenticationPolicies.some(({ id, name }) => id !== policy.id && name === edited.name)
  return [
    ...(taken ? [`there is a policy called ${edited.name} already`] : []),
    ...(policy.default && !edited.default ? ['make another policy the default first'] : []),
    ...(!edited.billable && synced ? ['a policy of an identity provider directory is billable'] : []),
    ...(edited.settings.singleSignOn === 'enforced' && !state.guard ? ['single sign-on needs Guard Standard'] : []),
  ]
}
