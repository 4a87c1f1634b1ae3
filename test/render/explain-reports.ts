import type { ExplainReport } from '../../src/model/coverage.ts'
import { hostileTexts } from './hostile-text.ts'

const base = { formatVersion: '1.0', at: '2026-11-24T12:00:00.000Z', roles: [], evidence: [], diagnostics: [] } as const

/** The question that everything began with: an external account, and a setting that is looked for in the wrong place. */
export const external: ExplainReport = {
  ...base,
  account: { accountId: '712020:sa', email: 'sam@partner.example' },
  name: 'Sam Okafor',
  accountClass: 'external',
  policy: 'external',
  source: { file: 'external-users/external.yaml', line: 3, column: 7 },
  claims: [],
  level: 'none',
  declaredLevel: 'step-up',
  reason: 'the external policy for external users asks for nothing; 1 live API token goes around sign-in',
  bypass: { liveTokens: 1, policyAllows: true },
  evidence: [
    { path: 'settings.authorizationMethod', from: 'attestation', at: '2026-11-21T12:00:00Z', by: 'alice@acme.com' },
  ],
  settings: [
    {
      path: 'settings.authorizationMethod',
      label: 'Authorization method',
      state: 'known',
      value: 'None',
      evidence: {
        path: 'settings.authorizationMethod',
        from: 'attestation',
        at: '2026-11-21T12:00:00Z',
        by: 'alice@acme.com',
      },
      declared: 'One-time passcode',
      source: { file: 'external-users/external.yaml', line: 6, column: 3 },
    },
    {
      path: 'settings.sessionDuration',
      label: 'Session expiration',
      state: 'stale',
      value: '30d',
      evidence: { path: 'settings.sessionDuration', from: 'attestation', at: '2026-06-01T12:00:00Z' },
      declared: '7d',
      source: { file: 'external-users/external.yaml', line: 7, column: 3 },
    },
    { path: 'settings.apiTokens', label: 'API token access', state: 'unknown' },
    {
      path: 'settings.billable',
      label: 'Billing',
      state: 'known',
      value: 'billable',
      evidence: { path: 'settings.billable', from: 'attestation', at: '2026-11-21T12:00:00Z' },
      declared: 'billable',
    },
    {
      path: 'settings.identityProvider',
      label: 'Identity provider',
      state: 'known',
      value: 'okta',
      evidence: { path: 'settings.identityProvider', from: 'attestation', at: '2026-11-21T12:00:00Z' },
    },
  ],
  products: ['jira'],
  lastActive: '2026-11-20T08:00:00.000Z',
  afterPlan: {
    policy: 'test',
    level: 'step-up',
    changes: ['moves from “external” to “test”', 'is asked for an emailed passcode when the session ends'],
  },
  notes: [
    'partner.example is not a verified domain of the organization, so the account is external. Authentication policies hold managed accounts only: it cannot be put into one, and two-step verification cannot be required of it.',
    'What applies is the external user policy: Security → External users. It needs Guard Standard and a verified domain.',
  ],
}

/** A managed account that three policies claim and one gets, which is not the one it is in. */
export const managed: ExplainReport = {
  ...base,
  account: { accountId: '712020:ow', email: 'owen.price@acme.com' },
  accountClass: 'managed',
  policy: 'Local accounts',
  claims: [
    {
      policy: 'Contractors',
      selector: 'groups',
      source: { file: 'contractors.yaml', line: 15, column: 12 },
      wins: true,
    },
    {
      policy: 'Local accounts',
      selector: 'everyoneElse',
      source: { file: 'contractors.yaml', line: 33, column: 3 },
      wins: false,
      why: '`everyoneElse` is weaker than the `groups` of “Contractors”',
    },
    { policy: 'Staff', selector: 'domains', wins: false },
  ],
  level: 'optional',
  declaredLevel: 'optional',
  reason: 'its own two-step verification is on by choice; Local accounts does not enforce it',
  bypass: { liveTokens: 'unknown', policyAllows: 'unknown' },
  settings: [],
  roles: ['atlassian/org-admin'],
  notes: [],
}

/** A customer of a portal: no policy holds for it. */
export const portalOnly: ExplainReport = {
  ...base,
  account: { email: 'cust@shop.example' },
  accountClass: 'portal-only',
  policy: null,
  claims: [],
  reason: '',
  bypass: { liveTokens: 0, policyAllows: 'unknown' },
  settings: [],
  products: [],
  lastActive: null,
  notes: ['This account reaches no app of the organization.'],
}

const hostileReport = (text: string): ExplainReport => ({
  ...external,
  account: { accountId: text, email: text },
  name: text,
  policy: text,
  accountClass: 'managed',
  claims: [
    { policy: text, selector: 'groups', source: { file: text, line: 1, column: 1 }, wins: true },
    { policy: text, selector: 'domains', wins: false, why: text },
  ],
  reason: text,
  evidence: [{ path: text, from: 'attestation', at: text, by: text }],
  settings: external.settings.map(setting => ({
    ...setting,
    label: text,
    value: text,
    declared: `${text} 2`,
    source: { file: text, line: 1, column: 1 },
    ...(setting.evidence && { evidence: { ...setting.evidence, by: text } }),
  })),
  roles: [text],
  products: [text],
  lastActive: text,
  afterPlan: { changes: [text] },
  notes: [text],
  diagnostics: [{ code: text, severity: 'error', summary: text, hint: text, file: text, line: 1, column: 1 }],
})

/** Explanations by the hostile text that stands everywhere in them. */
export const hostileExplained: readonly (readonly [string, ExplainReport])[] = hostileTexts.map(text => [
  text,
  hostileReport(text),
])
