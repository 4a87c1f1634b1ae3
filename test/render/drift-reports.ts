import type { DriftDifference, DriftReport } from '../../src/model/drift.ts'
import { hostileTexts } from './hostile-text.ts'

/** When the reports here are shown: as soon as the check ended. */
export const now = new Date('2026-11-24T12:00:20Z')

/** Somebody moved an account into another policy. */
export const changedOutside: DriftDifference = {
  class: 'changed-outside',
  kind: 'AuthenticationPolicy',
  name: 'Contractors and break-glass',
  path: 'members',
  account: { accountId: '712020:jo', email: 'jo@acme.com' },
  expected: 'Contractors and break-glass',
  live: 'Staff behind Okta',
  applied: 'Contractors and break-glass',
  source: { file: 'contractors.yaml', line: 9, column: 3 },
  actor: { id: '712020:bo', name: 'Bo Lind', email: 'bo@acme.com' },
  at: '2026-11-24T08:15:31.207Z',
  eventId: 'event-17',
  from: '198.51.100.7',
}

/** Git and the organization both moved. */
export const conflict: DriftDifference = {
  class: 'conflict',
  kind: 'IpAllowlist',
  name: 'Office and VPN',
  path: 'ranges',
  expected: ['203.0.113.0/24', '2001:db8::/48'],
  live: ['203.0.113.0/24', '198.51.100.0/24'],
  applied: ['203.0.113.0/24'],
  evidence: [{ path: 'ranges', from: 'api', at: '2026-11-24T12:00:00.000Z' }],
  source: { file: 'network.yaml', line: 4, column: 1 },
  why: 'who did it is not known: the audit log has no event of it since 2026-11-23 12:00 UTC, which is no proof that nobody did',
}

const pending: DriftDifference = {
  class: 'pending',
  kind: 'IpAllowlist',
  name: 'Old office',
  path: '',
  expected: null,
  live: { enabled: true, ranges: ['192.0.2.0/24'] },
  applied: { enabled: true, ranges: ['192.0.2.0/24'] },
  why: 'no document names it any more',
}

const added: DriftDifference = {
  class: 'new',
  kind: 'ExternalUserPolicy',
  name: 'external',
  path: 'members',
  account: { accountId: '712020:fi', email: 'finn@freelance.example' },
  live: 'active',
  at: '2026-11-23T17:02:00.000Z',
}

const vendor: DriftDifference = {
  class: 'vendor',
  kind: 'IpAllowlist',
  name: 'Office and VPN',
  path: 'enabled',
  expected: true,
  source: { file: 'network.yaml', line: 3, column: 1 },
  why: 'the API serves it in a form that Postern does not know',
}

/** A setting of the external policy that was attested long ago. */
export const stale = (path: string, line: number): DriftDifference => ({
  class: 'stale',
  kind: 'ExternalUserPolicy',
  name: 'external',
  path: `settings.${path}`,
  expected: 'block',
  live: 'allow',
  evidence: [{ path: `settings.${path}`, from: 'attestation', at: '2026-08-01T12:00:00Z', by: 'alice@acme.com' }],
  source: { file: 'external.yaml', line, column: 5 },
  why: 'it was last seen longer ago than 90d',
})

/** A setting that nothing shows. */
export const unverified = (name: string, path: string, line: number): DriftDifference => ({
  class: 'unverified',
  kind: 'AuthenticationPolicy',
  name,
  path: `settings.${path}`,
  expected: 'block',
  source: { file: 'staff.yaml', line, column: 3 },
})

/** An allowlist that somebody agreed to leave open for a time. */
export const excepted: DriftDifference = {
  class: 'changed-outside',
  kind: 'IpAllowlist',
  name: 'Branch office',
  path: 'enabled',
  expected: true,
  live: false,
  applied: true,
  source: { file: 'network.yaml', line: 12, column: 1 },
  actor: { name: 'Bo Lind' },
  at: '2026-11-20T10:00:00Z',
  eventId: 'event-3',
  exception: { name: 'office is moving', owner: 'alice@acme.com', expires: '2027-03-31' },
}

/** A check that read everything and found nothing. */
export const quietReport: DriftReport = {
  formatVersion: '1.0',
  organization: { name: 'acme', id: '96c9b91d-3eab-41b4-9d9c-09eb84db70cf' },
  checkedAt: '2026-11-24T12:00:00.000Z',
  lastCompleteAt: '2026-11-24T12:00:00.000Z',
  complete: true,
  reading: { kind: 'full', fullAt: '2026-11-24T12:00:00.000Z', because: [] },
  history: true,
  notRead: [],
  differences: [],
  life: [],
  domains: [],
  coverage: { levels: { none: 20, optional: 2, 'step-up': 0, 'two-step': 0, 'sso-mfa': 36 }, accounts: 58 },
  requests: { reads: 41 },
  diagnostics: [],
}

/** A difference of each class, one that is excepted, and everything else there is to say. */
export const report: DriftReport = {
  ...quietReport,
  notRead: [{ what: 'API keys', why: 'the key lacks the scope `read:api-keys:admin`' }],
  differences: [
    changedOutside,
    excepted,
    conflict,
    pending,
    added,
    vendor,
    { ...pending, class: 'settling', name: 'Lab', path: 'enabled', expected: true, live: false, why: '' },
    stale('apiTokens', 8),
    stale('sessionDuration', 9),
    unverified('Staff behind Okta', 'apiTokens', 11),
    unverified('Staff behind Okta', 'idleSession', 12),
  ],
  life: [
    { what: 'certificate', name: 'okta', expires: '2026-11-20', days: -5 },
    { what: 'api-key', name: 'postern', expires: '2026-12-20T09:00:00Z', days: 25 },
    { what: 'certificate', name: 'entra', expires: '2027-05-01', days: 157 },
  ],
  domains: [
    { domain: 'acme.io', state: 'lapsed', status: 'unverified' },
    { domain: 'acme.org', state: 'unclaimed', accounts: 3 },
  ],
  diagnostics: [
    {
      code: 'drift/exception-unused',
      severity: 'warning',
      summary: 'the exception `lab` silences nothing: there is no such difference',
      file: 'network.yaml',
      line: 30,
      column: 1,
    },
  ],
}

/** The audit log could not be read, and nobody ever applied anything. */
export const partialReport: DriftReport = {
  ...quietReport,
  complete: false,
  history: false,
  lastCompleteAt: '2026-11-22T11:30:00.000Z',
  notRead: [{ what: 'the audit log', why: 'HTTP 403: the key lacks the scope `read:audit-log:admin`' }],
  diagnostics: [
    {
      code: 'drift/no-history',
      severity: 'note',
      summary: 'the ledger does not know what was last applied: who moved, git or the organization, cannot be told',
    },
    {
      code: 'drift/partial',
      severity: 'error',
      summary: 'the check is not complete: `the audit log` could not be read',
    },
  ],
}

/** A quiet check that went by the audit log. */
export const incrementalReport: DriftReport = {
  ...quietReport,
  reading: {
    kind: 'incremental',
    fullAt: '2026-11-24T09:00:00.000Z',
    because: [],
    kept: { collections: ['accounts', 'policies', 'groups'], accountsReadAgain: 3, fullRequests: 2004 },
  },
  requests: { reads: 12 },
}

/** More than anybody reads: what must be cut. */
export const longReport: DriftReport = {
  ...quietReport,
  differences: [
    ...Array.from({ length: 60 }, (_, index) => ({
      ...changedOutside,
      account: { email: `user${index}@acme.com` },
    })),
    ...Array.from({ length: 400 }, (_, index) => ({ ...added, account: { email: `new${index}@freelance.example` } })),
    ...Array.from({ length: 13 }, (_, index) => unverified(`Policy ${index}`, 'apiTokens', index + 1)),
  ],
}

/** A class that a later version may bring. */
export const unknownClassReport: DriftReport = {
  ...quietReport,
  differences: [pending, { ...changedOutside, class: 'foreseen' as 'pending' }],
}

/** A report that is the same in each place that somebody else may write into. */
const hostileReport = (text: string): DriftReport => {
  const difference: DriftDifference = {
    class: 'changed-outside',
    kind: text,
    name: text,
    path: text,
    account: { accountId: text, email: text },
    expected: text,
    live: [text, { [text]: text }],
    applied: { [text]: [text] },
    evidence: [{ path: text, from: 'attestation', at: text, by: text }],
    source: { file: `${text}.yaml`, line: 1, column: 1 },
    actor: { id: text, name: `${text}!`, email: text },
    at: text,
    eventId: text,
    from: text,
    why: text,
  }
  return {
    ...quietReport,
    organization: { name: text, id: text },
    checkedAt: text,
    lastCompleteAt: text,
    complete: false,
    reading: {
      kind: 'incremental',
      fullAt: text,
      because: [{ code: text, summary: text }],
      kept: { collections: ['accounts'], accountsReadAgain: 1, fullRequests: 2004 },
    },
    notRead: [{ what: text, why: text }],
    differences: [
      difference,
      { ...difference, class: 'conflict' },
      { ...difference, class: 'stale' },
      { ...difference, class: text as 'pending' },
      { ...difference, exception: { name: text, owner: text, expires: text } },
    ],
    life: [{ what: text, name: text, expires: text, days: 3 }],
    domains: [{ domain: text, state: 'lapsed', status: text }],
    diagnostics: [{ code: text, severity: 'error', summary: text, hint: text, file: text, line: 1, column: 1 }],
  }
}

/** Reports by the hostile text that stands everywhere in them. */
export const hostileReports: readonly (readonly [string, DriftReport])[] = hostileTexts.map(text => [
  text,
  hostileReport(text),
])
