import type { FromSchema } from 'json-schema-to-ts'
import { consoleClicks, consolePages } from './console-pages.ts'
import { consoleSettings, verification } from './console-settings.ts'
import type { ConsoleChange, Kind, Surroundings } from './contract.ts'
import { resetSessions } from './external-sessions.ts'
import type { Fields } from './field.ts'
import { domainsSchema, durationSchema, emailsSchema, nameSchema } from './schema-parts.ts'

export const externalUserPolicySchema = {
  type: 'object',
  additionalProperties: false,
  required: ['kind', 'name'],
  properties: {
    kind: { const: 'ExternalUserPolicy' },
    name: {
      enum: ['external', 'test'],
      description:
        'Atlassian has exactly two: `external` holds for every external account, `test` for up to five that are tried out first.',
      markdownEnumDescriptions: [
        'External user policy: every account that reaches your apps and is not managed.',
        'Test policy: up to 5 named external accounts, not billed.',
      ],
    },
    settings: {
      type: 'object',
      additionalProperties: false,
      description:
        'The settings of the policy. They can be set only in the console, take about ten minutes, and need Atlassian Guard Standard and a verified domain; a setting that is left out is neither compared nor changed.',
      properties: {
        authorizationMethod: {
          enum: ['none', 'one-time-passcode', 'single-sign-on'],
          description:
            'Authorization method: what external users must pass to reach Jira, Confluence and Jira Service Management. A passcode is emailed; an authenticator app cannot be required of them. Customers of a portal alone are not asked.',
          markdownEnumDescriptions: [
            'Nothing beyond their own sign-in.',
            'A passcode by email, asked again after the session duration.',
            'Your identity provider; billed by Guard Standard, and only in a billable policy.',
          ],
        },
        identityProvider: {
          ...nameSchema,
          description: 'The identity provider that single sign-on uses, as the Organization document names it.',
        },
        sessionDuration: {
          ...durationSchema,
          description:
            'How long a verification holds. A changed length applies when the session ends, when sessions are reset, or at the next sign-in.',
        },
        apiTokens: {
          enum: ['allow', 'block'],
          description:
            'API token access. A token is never asked for a passcode: allow it and the second factor has a way around.',
          markdownEnumDescriptions: [
            'API tokens of external users work.',
            'API tokens of external users fail, existing ones too.',
          ],
        },
        billable: {
          type: 'boolean',
          description:
            'Whether external users count for Guard Standard. A non-billable policy cannot use single sign-on.',
        },
      },
    },
    testUsers: {
      ...emailsSchema,
      description: 'The external accounts in the test policy, at most 5. Only for `test`.',
    },
    access: {
      type: 'object',
      additionalProperties: false,
      description: 'Who may keep access at all. These rules are Postern’s own and go through the API.',
      properties: {
        allowedDomains: {
          ...domainsSchema,
          minItems: 1,
          description:
            'Domains whose external accounts may have access, besides the organization’s own. Everybody else breaks the rule.',
        },
        inactiveAfter: { ...durationSchema, description: 'How long an external account may be inactive.' },
        onViolation: {
          enum: ['report', 'suspend'],
          description: 'What happens to an account that breaks a rule.',
          markdownEnumDescriptions: [
            'It is listed, and keeps its access.',
            'Its access to all apps is suspended, by a step of the plan; giving it back restores roles and groups.',
          ],
        },
      },
    },
  },
} as const

export type ExternalUserPolicy = FromSchema<typeof externalUserPolicySchema>

const fields: Fields = {
  'settings.authorizationMethod': {
    channel: 'console',
    label: 'Authorization method',
    strictness: ['none', 'one-time-passcode', 'single-sign-on'],
    words: { none: 'None', 'one-time-passcode': 'One-time passcode', 'single-sign-on': 'Single sign-on' },
  },
  'settings.identityProvider': { channel: 'console', label: 'Identity provider' },
  'settings.sessionDuration': {
    channel: 'console',
    label: 'Session expiration',
    compare: 'duration',
    strictness: 'shorter',
    range: ['15m', '30d'],
  },
  'settings.apiTokens': { channel: 'console', label: 'API token access', strictness: ['allow', 'block'] },
  'settings.billable': { channel: 'console', label: 'Billing', words: { true: 'billable', false: 'non-billable' } },
  testUsers: { channel: 'console', label: 'Test users', compare: 'unordered', personal: true },
  'access.allowedDomains': { channel: 'api', label: 'Allowed domains', compare: 'declared' },
  // Activity is up to a day late (ref 2.1), and whoever is away for a week is not gone.
  'access.inactiveAfter': { channel: 'api', label: 'Inactive after', compare: 'declared', range: ['7d', '3650d'] },
  'access.onViolation': { channel: 'api', label: 'On violation', compare: 'declared' },
}

const policyNames: Readonly<Record<string, string>> = { external: 'External user policy', test: 'Test policy' }

function guide(
  { action, spec, fields: changes }: ConsoleChange<ExternalUserPolicy>,
  { organizationId, consoleUrl }: Surroundings,
) {
  const url = consolePages.externalUserPolicy(consoleUrl, organizationId, spec.name)
  const clicks = [...consoleClicks.externalUsers, policyNames[spec.name] ?? spec.name]
  // The test policy holds up to five people: a reset is for all external users.
  const reset = spec.name === 'external' ? resetSessions(action, fields, changes, { url, clicks }) : undefined
  return {
    url,
    clicks,
    settings: consoleSettings(fields, changes),
    affects:
      spec.name === 'test'
        ? 'the external accounts in the test policy'
        : 'every external account, within about 10 minutes',
    verify: verification(
      fields,
      `ExternalUserPolicy/${spec.name}`,
      changes.map(({ path }) => path),
    ),
    ...(reset && { optional: [reset] }),
  }
}

export const externalUserPolicy: Kind<ExternalUserPolicy> = {
  name: 'ExternalUserPolicy',
  summary: 'What accounts on domains you do not own must pass to reach your apps.',
  schema: externalUserPolicySchema,
  fields,
  declares: () => [],
  references: ({ settings }) =>
    settings?.identityProvider === undefined
      ? []
      : [{ path: ['settings', 'identityProvider'], to: { kind: 'IdentityProvider', name: settings.identityProvider } }],
  // The API shows nothing of this policy (ref 1.5, seen 2026-11): evidence is all there is.
  guide,
}
