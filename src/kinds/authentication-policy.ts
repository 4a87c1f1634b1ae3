import type { FromSchema } from 'json-schema-to-ts'
import { authenticationPolicySchema } from './authentication-policy-schema.ts'
import { consoleClicks, consolePages } from './console-pages.ts'
import { consoleSettings, verification } from './console-settings.ts'
import type { ConsoleChange, Kind, Reference, Surroundings } from './contract.ts'
import type { Fields } from './field.ts'

/** A policy as it is written. Once the documents are put together no `accountLists` is left: what the lists hold stands under `accounts`. */
export type AuthenticationPolicy = FromSchema<typeof authenticationPolicySchema>

const fields: Fields = {
  name: { channel: 'console', label: 'Policy name', export: 'members' },
  directory: { channel: 'console', label: 'Directory', compare: 'declared' },
  default: { channel: 'console', label: 'Default policy', words: { true: 'default', false: 'not default' } },
  billable: {
    channel: 'console',
    label: 'Policy type',
    words: { true: 'billable', false: 'non-billable' },
    export: 'members',
  },
  'settings.singleSignOn': {
    channel: 'console',
    label: 'Single sign-on',
    strictness: ['off', 'enforced'],
    export: 'members',
  },
  'settings.identityProvider': { channel: 'console', label: 'Identity provider' },
  'settings.twoStepVerification': {
    channel: 'console',
    label: 'Two-step verification',
    // At an identity provider the second factor is whatever it asks for: not to be told apart from mandatory.
    strictness: ['optional', ['mandatory', 'identity-provider']],
    words: { 'identity-provider': 'managed by identity provider' },
  },
  'settings.password.minimumStrength': {
    channel: 'console',
    label: 'Minimum password strength',
    strictness: ['weak', 'fair', 'good', 'strong', 'very-strong'],
    words: { 'very-strong': 'very strong' },
    export: 'members',
  },
  'settings.password.expiresAfter': {
    channel: 'console',
    label: 'Password expiration',
    compare: 'duration',
    strictness: 'shorter',
  },
  'settings.idleSession': {
    channel: 'console',
    label: 'Idle session duration',
    compare: 'duration',
    strictness: 'shorter',
    range: ['15m', '30d'],
    export: 'members',
  },
  'settings.sessionExpiration': {
    channel: 'console',
    label: 'Session expiration',
    compare: 'duration',
    strictness: 'shorter',
  },
  'settings.apiTokens': { channel: 'console', label: 'User API tokens', strictness: ['allow', 'block'] },
  'settings.apiTokenExpiration': {
    channel: 'console',
    label: 'User API token expiration',
    compare: 'duration',
    strictness: 'shorter',
    range: ['1d', '365d'],
  },
  'settings.thirdPartyLogin': { channel: 'console', label: 'Third-party login', strictness: ['allow', 'block'] },
  members: { channel: 'api', label: 'Members', compare: 'membership', personal: true },
}

function guide({ action, spec, fields: changes }: ConsoleChange<AuthenticationPolicy>, surroundings: Surroundings) {
  const { organizationId, consoleUrl, id, accounts } = surroundings
  const settings = consoleSettings(fields, changes)
  const paths = changes.map(({ path }) => path)
  return {
    url:
      id === undefined
        ? consolePages.authenticationPolicies(consoleUrl, organizationId)
        : consolePages.authenticationPolicy(consoleUrl, organizationId, id),
    clicks:
      action === 'create'
        ? [
            ...consoleClicks.authenticationPolicies,
            `look for “${spec.name}”; if it is not there: Add policy`,
            `Directory: ${spec.directory}`,
          ]
        : [...consoleClicks.authenticationPolicies, spec.name, 'Edit'],
    settings,
    affects:
      accounts === undefined ? 'the members of the policy' : accounts === 1 ? '1 account' : `${accounts} accounts`,
    verify:
      action === 'create'
        ? [
            'copy the id from the address of the policy’s page into the document as `id:`',
            ...verification(fields, `AuthenticationPolicy/${spec.name}`, paths),
          ]
        : verification(fields, `AuthenticationPolicy/${spec.name}`, paths),
  }
}

const listReferences = (path: readonly string[], names: readonly string[] = []): readonly Reference[] =>
  names.map((name, index) => ({ path: [...path, 'accountLists', index], to: { kind: 'AccountList', name } }))

export const authenticationPolicy: Kind<AuthenticationPolicy> = {
  name: 'AuthenticationPolicy',
  summary: 'How the managed accounts in one policy sign in. It cannot hold external accounts.',
  schema: authenticationPolicySchema,
  fields,
  declares: () => [],
  references: ({ directory, settings, members }) => [
    ...(directory === undefined ? [] : [{ path: ['directory'], to: { kind: 'Directory', name: directory } }]),
    ...(settings?.identityProvider === undefined
      ? []
      : [
          { path: ['settings', 'identityProvider'], to: { kind: 'IdentityProvider', name: settings.identityProvider } },
        ]),
    ...listReferences(['members'], members?.accountLists),
    ...listReferences(['members', 'except'], members?.except?.accountLists),
  ],
  // No API lists policies or shows a setting (ref 1.5, seen 2026-11): membership is read for all policies at once, evidence brings the rest.
  guide,
}
