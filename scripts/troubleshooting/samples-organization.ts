import type { CoverageFacts } from '../../src/diagnostics/coverage-codes.ts'
import type { DriftFacts } from '../../src/diagnostics/drift-codes.ts'
import type { EvidenceFacts } from '../../src/diagnostics/evidence-codes.ts'
import type { CallFacts, OrgFacts } from '../../src/diagnostics/org-codes.ts'
import { acme, other, secondPolicy, staffPolicy } from './sample-names.ts'

const searching: CallFacts = {
  operation: 'search users',
  request: 'POST /admin/v2/orgs/…/directories/…/users/search',
}

const moving: CallFacts = {
  operation: 'move accounts into a policy',
  request: 'POST /admin/control/v1/orgs/…/auth-policy/…/add-users',
  written: 'maybe',
}

const updating: CallFacts = { operation: 'update a policy', request: 'PUT /admin/v1/orgs/…/policies/…' }

/** Facts that show how the messages about the live organization read. */
export const orgSamples: OrgFacts = {
  'org/no-key': {},
  'org/bad-key': {},
  'org/bad-url': { url: 'http://api.example', why: 'the key is sent over https only; http is for this machine' },
  'org/key-refused': { ...searching, status: 401, title: 'Unauthorized', requestId: '1b7e0c52' },
  'org/missing-scope': {
    ...searching,
    status: 403,
    scopes: ['read:tokens:admin'],
    listed: true,
    unscopedOnly: false,
  },
  'org/forbidden': { ...searching, status: 403, vendorCode: 'ADMIN-403-3', title: 'Forbidden', scopes: [] },
  'org/not-found': { ...updating, status: 404, title: 'Not found', written: 'no' },
  'org/feature-off': {
    operation: 'list IP allowlists',
    request: 'GET /admin/v1/orgs/…/policies',
    status: 404,
  },
  'org/rate-limited': { ...searching, status: 429, waited: 287, asked: 60 },
  'org/unreachable': { ...searching, cause: 'ENOTFOUND', url: 'https://api.atlassian.com' },
  'org/timeout': { ...moving, seconds: 60 },
  'org/server-error': { ...searching, status: 503 },
  'org/refused': { ...updating, status: 400, title: 'Invalid policy name', written: 'no' },
  'org/redirected': { ...searching, status: 302, to: 'https://login.proxy.example' },
  'org/unreadable': { ...searching, status: 200, expected: 'JSON' },
  'org/write-in-read-only': updating,
  'org/write-refused': { request: 'DELETE /admin/v1/orgs/…/policies/…', why: 'other-organization' },
  'org/not-applied': { ...updating, status: 202, resources: ['ari:cloud:jira::site/3f2a0c1e'] },
  'org/other-organization': { id: acme, visible: [{ id: other, name: 'Other' }] },
  'org/without-guard': { policies: 4 },
  'org/too-many-requests': { ...searching, most: 500 },
  'org/stopped': searching,
}

/** Facts that show how the messages about evidence read. */
export const evidenceSamples: EvidenceFacts = {
  'evidence/no-file': { file: 'members.csv', why: 'it is not there' },
  'evidence/csv-syntax': { file: 'members.csv', line: 14, why: '9 cells under 11 headings' },
  'evidence/empty-export': { file: 'members.csv', header: true },
  'evidence/not-an-export': {
    file: 'users.csv',
    candidates: [
      { name: 'Export members (Security → Authentication policies)', lacks: ['policyname', 'idlesessionduration'] },
      { name: 'Export accounts (Settings → Domains)', lacks: ['claimed', 'samlsso'] },
      { name: 'Export users (Security → External users)', lacks: ['billableforguardstandard'] },
    ],
  },
  'evidence/unknown-columns': { file: 'members.csv', columns: ['Jira', 'Confluence'] },
  'evidence/unread-cells': { file: 'members.csv', column: 'passwordRequirements', values: ['Excellent'] },
  'evidence/rows-disagree': {
    file: 'members.csv',
    policy: 'Staff behind Okta',
    column: 'idleSession',
    values: ['8 hours', '1 hour'],
  },
  'evidence/undeclared-policies': { file: 'members.csv', policies: ['Default policy'] },
  'evidence/other-organization': {
    file: 'members.csv',
    found: ['other.example'],
    declared: ['acme.com', 'acme.io'],
    by: 'domains',
  },
  'evidence/time-needed': { file: 'members.csv', ci: true, modified: '2026-11-24T09:41:07.000Z' },
  'evidence/bad-time': { value: '2026-02-30' },
  'evidence/future-time': {
    file: 'members.csv',
    at: '2026-11-25T09:30:00.000Z',
    now: '2026-11-24T12:00:00.000Z',
  },
  'evidence/future-facts': { facts: 3, newest: '2027-01-01T00:00:00.000Z' },
  'evidence/ambiguous-binding': { policy: 'Contractors', ids: [staffPolicy, secondPolicy] },
  'evidence/unknown-object': {
    address: 'ExternalUserPolicy/externals',
    near: 'ExternalUserPolicy/external',
    known: ['ExternalUserPolicy/external', 'ExternalUserPolicy/test'],
  },
  'evidence/unknown-field': {
    address: 'ExternalUserPolicy/external',
    path: 'settings.apiToken',
    near: 'settings.apiTokens',
    known: ['settings.apiTokens', 'settings.authorizationMethod'],
  },
  'evidence/api-field': { address: 'AuthenticationPolicy/Staff behind Okta', path: 'members' },
  'evidence/bad-value': {
    path: 'settings.apiTokens',
    value: 'blocked',
    why: '`settings.apiTokens` cannot be `blocked`: it is one of `allow`, `block`',
  },
  'evidence/bad-setting': { argument: 'settings.apiTokens' },
  'evidence/no-author': {},
  'evidence/needs-terminal': {
    command: 'postern attest',
    instead: 'state each value with --set: postern attest ExternalUserPolicy/external --set settings.apiTokens=block',
  },
  'evidence/nothing-attested': {},
}

/** Facts that show how the messages of coverage and explain read. */
export const coverageSamples: CoverageFacts = {
  'coverage/unmet': {
    requirement: 'second factor for everyone',
    atLeast: 'step-up',
    percent: 91.3,
    required: 100,
    accounts: ['jo@acme.com', 'sam@partner.example'],
  },
  'coverage/empty-population': { requirement: 'admins behind SSO', excepted: 0 },
  'coverage/exception-unneeded': {
    exception: 'legacy build bot',
    account: 'bot@partner.example',
    requirement: 'second factor for everyone',
    why: 'met',
  },
  'coverage/no-verified-domain': { accounts: 12, declared: ['acme.com'] },
  'coverage/no-accounts': {},
  'coverage/listing-unreadable': { why: 'could not list managed accounts: GET /admin/v1/orgs/…/users answered 403' },
  'coverage/unknown-account': { account: 'sam@partner.exmaple', near: ['sam@partner.example'] },
}

/** Facts that show how the messages of drift read. */
export const driftSamples: DriftFacts = {
  'drift/exception-unused': { exception: 'tokens until the migration' },
  'drift/no-history': {},
  'drift/partial': { what: ['the audit log'] },
  'drift/check-too-old': { last: '2026-11-21T06:00:00.000Z', maxAge: '26h' },
  'drift/bad-duration': { flag: '--max-age', value: 'a day' },
  'drift/clock-backwards': { last: '2026-11-25T06:00:00.000Z', now: '2026-11-24T12:00:00.000Z' },
  'drift/not-accepted': {
    what: 'IpAllowlist/Office and VPN',
    why: 'the object is gone: remove its document if that is right',
  },
  'drift/nothing-to-accept': {},
}
