/** Settings of an authentication policy, in the words of the policy documents (ref 5.1). */
export interface AuthenticationSettings {
  readonly singleSignOn: 'off' | 'enforced'
  readonly identityProvider?: string
  readonly twoStepVerification: 'optional' | 'mandatory' | 'identity-provider'
  readonly password: PasswordSettings
  readonly idleSession: string
  readonly sessionExpiration: string
  readonly apiTokens: 'allow' | 'block'
  readonly apiTokenExpiration: string
  readonly thirdPartyLogin: 'allow' | 'block'
}

/** What a password must be, and how long it lasts: `never`, or a number of days such as `90d`. */
export interface PasswordSettings {
  readonly minimumStrength?: PasswordStrength
  readonly expiresAfter: string
}

/** How strong a password must be (ref 5.1). */
export type PasswordStrength = 'weak' | 'fair' | 'good' | 'strong' | 'very-strong'

/** Settings of the external user policy and of the test policy (ref 5.2). */
export interface ExternalSettings {
  readonly authorizationMethod: 'none' | 'one-time-passcode' | 'single-sign-on'
  readonly identityProvider?: string
  readonly sessionDuration: string
  readonly apiTokens: 'allow' | 'block'
  readonly billable: boolean
}

/** Password strengths from the weakest to the strongest (ref 5.1). */
export const passwordStrengths: readonly PasswordStrength[] = ['weak', 'fair', 'good', 'strong', 'very-strong']

/** What a new authentication policy is set to (ref 5.1, column Default). */
export const defaultSettings: AuthenticationSettings = {
  singleSignOn: 'off',
  twoStepVerification: 'optional',
  password: { expiresAfter: 'never' },
  idleSession: '30d',
  sessionExpiration: 'off',
  apiTokens: 'allow',
  apiTokenExpiration: '365d',
  thirdPartyLogin: 'allow',
}

/** What the external policies are set to at first (ref 5.2; of the two session lengths, the newer page's). */
export const defaultExternalSettings: ExternalSettings = {
  authorizationMethod: 'none',
  sessionDuration: '30d',
  apiTokens: 'allow',
  billable: true,
}
