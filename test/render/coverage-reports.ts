import type { AccountCoverage, CoverageReport, LevelCounts, RequirementResult } from '../../src/model/coverage.ts'
import { hostileTexts } from './hostile-text.ts'

/** When the reports here are shown: an hour after they were measured. */
export const now = new Date('2026-11-24T13:00:00Z')

/** Counts in the order of the levels. */
export const levels = (none: number, optional = 0, stepUp = 0, twoStep = 0, ssoMfa = 0): LevelCounts => ({
  none,
  optional,
  'step-up': stepUp,
  'two-step': twoStep,
  'sso-mfa': ssoMfa,
})

export const requirement: RequirementResult = {
  name: 'second factor for everyone',
  met: false,
  percent: 63.15,
  required: 90,
  atLeast: 'step-up',
  tokens: 'live',
  severity: 'error',
  population: 57,
  meeting: 36,
  excepted: [
    {
      account: { accountId: '712020:re', email: 'reception@acme.com' },
      exception: 'reception desk',
      owner: 'alice@acme.com',
      expires: '2030-12-31',
    },
  ],
  source: { file: 'requirements.yaml', line: 5, column: 1 },
}

/** An external admin with a token: the worst there is. */
export const gap: AccountCoverage = {
  account: { accountId: '712020:bo', email: 'bot@partner.example' },
  name: 'Build Bot',
  accountClass: 'external',
  policy: 'external',
  level: 'none',
  declaredLevel: 'step-up',
  bypass: { liveTokens: 2, policyAllows: true },
  reason: 'the external policy for external users asks for nothing; 2 live API tokens go around sign-in',
  evidence: [
    { path: 'settings.authorizationMethod', from: 'attestation', at: '2026-11-21T12:00:00Z', by: 'alice@acme.com' },
  ],
  risk: ['admin', 'active', 'tokens'],
  roles: ['atlassian/org-admin'],
  products: ['confluence', 'jira'],
  lastActive: '2026-11-23T01:51:05.931Z',
  unmet: ['second factor for everyone'],
}

export const report: CoverageReport = {
  formatVersion: '1.0',
  at: '2026-11-24T12:00:00.000Z',
  organization: { name: 'acme', id: '96c9b91d-3eab-41b4-9d9c-09eb84db70cf' },
  totals: { accounts: 58, managed: 48, external: 10, apart: 3 },
  apart: [
    { accountClass: 'app', accounts: 1 },
    { accountClass: 'deactivated', accounts: 2 },
  ],
  levels: levels(20, 2, 0, 0, 36),
  declaredLevels: levels(5, 1, 6, 10, 36),
  tokens: { accounts: 2, tokens: 3 },
  populations: [
    {
      by: 'class',
      name: 'managed',
      accounts: 48,
      levels: levels(10, 2, 0, 0, 36),
      declaredLevels: levels(1, 1, 0, 10, 36),
    },
    { by: 'class', name: 'external', accounts: 10, levels: levels(10), declaredLevels: levels(4, 0, 6) },
    {
      by: 'policy',
      name: 'Staff behind Okta',
      accounts: 36,
      levels: levels(0, 0, 0, 0, 36),
      declaredLevels: levels(0, 0, 0, 0, 36),
    },
  ],
  requirements: [requirement],
  gaps: [
    gap,
    {
      account: { accountId: '712020:ow', email: 'owen.price@acme.com' },
      accountClass: 'managed',
      policy: 'Local accounts',
      level: 'optional',
      bypass: { liveTokens: 'unknown', policyAllows: 'unknown' },
      reason: 'its own two-step verification is on by choice; Local accounts does not enforce it',
      evidence: [],
      risk: [],
      roles: [],
      lastActive: null,
      unmet: ['second factor for everyone'],
    },
  ],
  remedies: [
    {
      code: 'prove-policy',
      summary:
        'set ExternalUserPolicy “external” in the console as its document says, and state what the page shows: nothing proves it for 6 accounts',
      how: 'postern plan shows the page and the settings; then postern attest ExternalUserPolicy/external',
      accounts: 6,
      affected: [],
      levels: { before: levels(20, 2, 0, 0, 36), after: levels(14, 2, 6, 0, 36) },
      tokenAccounts: { before: 2, after: 1 },
    },
    {
      code: 'block-tokens',
      summary: 'block API tokens in AuthenticationPolicy “Local accounts”: 1 live token of 1 account stops working',
      how: 'AuthenticationPolicy “Local accounts”: settings: { apiTokens: block }; tell the owners first',
      accounts: 1,
      affected: [],
      levels: { before: levels(20, 2, 0, 0, 36), after: levels(20, 2, 0, 0, 36) },
      tokenAccounts: { before: 2, after: 1 },
    },
  ],
  notCovered: [
    {
      code: 'mobile-apps',
      summary: 'the mobile apps may not ask external accounts for the passcode',
      accounts: 10,
    },
    { code: 'portal-only', summary: '3 customers of portals: they have a sign-in of their own', accounts: 3 },
  ],
  newExternals: { since: '2026-11-23T12:00:00.000Z', accounts: [{ email: 'finn@freelance.example' }] },
  unclaimed: [{ domain: 'acme.io', accounts: [{ email: 'zoe@acme.io' }] }],
  trend: [],
  diagnostics: [
    {
      code: 'coverage/unmet',
      severity: 'error',
      summary: 'the requirement `second factor for everyone` is not met',
      file: 'requirements.yaml',
      line: 5,
      column: 1,
    },
    {
      code: 'coverage/exception-unneeded',
      severity: 'warning',
      summary: 'the exception `reception desk` is not needed',
      file: 'requirements.yaml',
      line: 12,
      column: 1,
    },
  ],
}

/** The organization shows no account. */
export const emptyReport: CoverageReport = {
  ...report,
  totals: { accounts: 0, managed: 0, external: 0, apart: 0 },
  apart: [],
  levels: levels(0),
  declaredLevels: levels(0),
  tokens: { accounts: 0, tokens: 0 },
  populations: [],
  requirements: [{ ...requirement, percent: 0, population: 0, meeting: 0, excepted: [] }],
  gaps: [],
  remedies: [],
  notCovered: [],
  newExternals: { since: '2026-11-23T12:00:00.000Z', accounts: [] },
  unclaimed: [],
  diagnostics: [],
}

/** Nobody is external, nothing is required, and nobody can tell what tokens there are. */
export const plainReport: CoverageReport = {
  ...emptyReport,
  totals: { accounts: 3, managed: 3, external: 0, apart: 0 },
  levels: levels(0, 0, 0, 0, 3),
  declaredLevels: levels(0, 0, 0, 0, 3),
  tokens: 'unknown',
  populations: [
    {
      by: 'class',
      name: 'managed',
      accounts: 3,
      levels: levels(0, 0, 0, 0, 3),
      declaredLevels: levels(0, 0, 0, 0, 3),
    },
  ],
  requirements: [],
}

/** A report that is the same in each place that somebody else may write into. */
const hostileReport = (text: string): CoverageReport => ({
  ...report,
  at: text,
  organization: { name: text, id: text },
  apart: [{ accountClass: text as 'app', accounts: 1 }],
  populations: [{ by: 'policy', name: text, accounts: 1, levels: levels(1), declaredLevels: levels(1) }],
  requirements: [
    {
      ...requirement,
      name: text,
      excepted: [{ account: { email: text }, exception: text, owner: text, expires: text }],
      source: { file: `${text}.yaml`, line: 1, column: 1 },
    },
    { ...requirement, name: `${text} 2` },
  ],
  gaps: [
    {
      ...gap,
      account: { accountId: text, email: text },
      name: text,
      accountClass: text as 'app',
      policy: text,
      reason: text,
      evidence: [{ path: text, from: 'attestation', at: '2026-11-24T12:00:00Z', by: text }],
      risk: [text as 'admin'],
      roles: [text],
      products: [text],
      lastActive: text,
      unmet: [text],
      exceptions: [{ name: text, requirement: text, expires: text }],
    },
  ],
  remedies: report.remedies.map(remedy => ({ ...remedy, code: text, summary: text, how: text })),
  notCovered: [{ code: text, summary: text, accounts: 1 }],
  newExternals: { since: text, accounts: [{ email: text }] },
  unclaimed: [{ domain: text, accounts: [{ email: text }] }],
  diagnostics: [{ code: text, severity: 'error', summary: text, hint: text, file: text, line: 1, column: 1 }],
})

/** Reports by the hostile text that stands everywhere in them. */
export const hostileReports: readonly (readonly [string, CoverageReport])[] = hostileTexts.map(text => [
  text,
  hostileReport(text),
])
