import { createHash } from 'node:crypto'
import {
  coverageLevels,
  type AccountCoverage,
  type CoverageReport,
  type LevelCounts,
} from '../../../src/model/coverage.ts'
import type { Plan, Step } from '../../../src/model/plan.ts'
import type { HtmlView } from '../../../src/render/html/page.ts'
import { levels, report } from '../coverage-reports.ts'
import { hostileTexts } from '../hostile-text.ts'
import { accessSteps, plan } from '../plans.ts'

export const view: HtmlView = {
  folder: 'policies',
  now: new Date('2026-11-24T13:00:00Z'),
  version: '0.1.0',
  sha256Base64: text => createHash('sha256').update(text).digest('base64'),
}

const names = ['Ada', 'Björn', 'Chen', 'Dana', 'Eve', 'Femi', 'Grace', 'Hugo', 'Ines', 'Jo'] as const
const families = ['Adler', 'Berg', 'Costa', 'Dubois', 'Endo', 'Fischer', 'Garcia', 'Haddad', 'Ito'] as const

/** A person of the organization: every sixth is external. The same number is the same person. */
function person(index: number): AccountCoverage {
  const isExternal = index % 6 === 5
  const first = names[index % names.length] ?? ''
  const family = families[index % families.length] ?? ''
  const level = isExternal ? (index % 4 === 1 ? 'step-up' : 'none') : (coverageLevels[(index * 3) % 5] ?? 'none')
  const isAdmin = index % 40 === 0
  const liveTokens = index % 7 === 0 ? 1 + (index % 3) : 0
  return {
    account: {
      accountId: `712020:${index}`,
      email: `${first}.${family}.${index}@${isExternal ? 'partner.example' : 'acme.com'}`.toLowerCase(),
    },
    name: `${first} ${family}`,
    accountClass: isExternal ? 'external' : 'managed',
    policy: isExternal ? 'external' : index % 5 === 0 ? 'Contractors and break-glass' : 'Staff behind Okta',
    level,
    ...(index % 50 !== 49 && { declaredLevel: isExternal ? ('step-up' as const) : ('sso-mfa' as const) }),
    bypass: { liveTokens, policyAllows: index % 14 === 0 ? true : 'unknown' },
    reason: isExternal
      ? 'the external policy for external users asks for nothing'
      : 'nothing shows “Single sign-on” and “Two-step verification” of Staff behind Okta',
    evidence: [
      {
        path: 'settings.authorizationMethod',
        from: 'attestation',
        at: '2026-11-21T12:00:00Z',
        by: 'alice@acme.com',
      },
    ],
    risk: [
      ...(isAdmin ? ['admin' as const] : []),
      ...(index % 3 === 0 ? ['active' as const] : []),
      ...(liveTokens > 0 ? ['tokens' as const] : []),
    ],
    roles: isAdmin ? ['atlassian/org-admin'] : [],
    products: ['confluence', 'jira'],
    lastActive:
      index % 11 === 0 ? null : `2026-11-${String(1 + (index % 23)).padStart(2, '0')}T0${index % 10}:15:00.000Z`,
    unmet: coverageLevels.indexOf(level) < 2 ? ['second factor for everyone'] : [],
  }
}

/** An organization of so many accounts, each of them listed. */
export function reportOf(accounts: number, more: Partial<CoverageReport> = {}): CoverageReport {
  const people = Array.from({ length: accounts }, (_, index) => person(index))
  const count = (own: readonly AccountCoverage[]): LevelCounts =>
    levels(...(coverageLevels.map(level => own.filter(one => one.level === level).length) as [number]))
  const classes = (['managed', 'external'] as const).map(name => ({
    name,
    own: people.filter(({ accountClass }) => accountClass === name),
  }))
  return {
    ...report,
    totals: { accounts, managed: classes[0]?.own.length ?? 0, external: classes[1]?.own.length ?? 0, apart: 3 },
    levels: count(people),
    declaredLevels: levels(0, 0, classes[1]?.own.length ?? 0, 0, classes[0]?.own.length ?? 0),
    populations: classes.map(({ name, own }) => ({
      by: 'class' as const,
      name,
      accounts: own.length,
      levels: count(own),
      declaredLevels: name === 'managed' ? levels(0, 0, 0, 0, own.length) : levels(0, 0, own.length),
    })),
    gaps: people.filter(({ unmet }) => unmet.length > 0),
    accounts: people,
    ...more,
  }
}

/** Six weeks in which people were brought behind single sign-on, and some more arrived. */
export const trend: CoverageReport['trend'] = [
  levels(50, 2),
  levels(38, 4, 0, 10),
  levels(33, 4, 0, 10, 5),
  levels(20, 4, 4, 10, 16),
  levels(20, 3, 4, 10, 20),
  levels(20, 2, 0, 0, 36),
].map((counts, index) => {
  const accounts = coverageLevels.reduce((sum, level) => sum + counts[level], 0)
  return {
    at: new Date(Date.parse('2026-10-13T06:00:00Z') + index * 7 * 86_400_000).toISOString(),
    totals: { accounts, managed: accounts - 10, external: 10 },
    levels: counts,
  }
})

/** The organization that the examples are about: 48 managed and 10 external accounts, of which those with a gap are listed. */
export const acme: CoverageReport = { ...report, trend }

const consoleSteps: readonly Step[] = [
  {
    id: 'console/update/ExternalUserPolicy/external',
    status: 'ready',
    dependsOn: [],
    channel: 'console',
    action: 'update',
    kind: 'ExternalUserPolicy',
    name: 'external',
    direction: 'tightens',
    source: { file: 'external-users/external.yaml', line: 6, column: 3 },
    changes: [
      { path: 'settings.authorizationMethod', before: 'none', after: 'one-time-passcode' },
      { path: 'settings.apiTokens', after: 'block' },
    ],
    console: {
      url: 'https://admin.atlassian.com/o/96c9b91d-3eab-41b4-9d9c-09eb84db70cf/external-users/external',
      clicks: ['Security', 'External users', 'External user policy'],
      settings: [
        { path: 'settings.authorizationMethod', label: 'Authorization method', from: 'None', to: 'One-time passcode' },
        { path: 'settings.apiTokens', label: 'API token access', to: 'block' },
      ],
      affects: 'every external account, within about 10 minutes',
      verify: ['postern attest ExternalUserPolicy/external'],
      optional: [
        {
          title: 'Reset sessions',
          why: 'without it people keep their session until it ends',
          url: 'https://admin.atlassian.com/o/96c9b91d-3eab-41b4-9d9c-09eb84db70cf/external-users/external',
          clicks: ['Security', 'External users', 'External user policy', 'Reset sessions'],
        },
      ],
    },
  },
]

const apiSteps: readonly Step[] = [
  {
    id: 'api/update/IpAllowlist/Office and VPN',
    status: 'ready',
    dependsOn: [],
    channel: 'api',
    action: 'update',
    kind: 'IpAllowlist',
    name: 'Office and VPN',
    direction: 'loosens',
    source: { file: 'network.yaml', line: 5, column: 1 },
    changes: [
      { path: 'ranges', before: ['198.51.100.0/24'], after: ['198.51.100.0/24', '203.0.113.0/24'] },
      { path: 'enabled', before: null, after: true },
    ],
    requests: [
      { method: 'PUT', path: '/admin/control/v1/orgs/96c9b91d/policies/1', body: { ranges: ['203.0.113.0/24'] } },
    ],
  },
  {
    id: 'api/move/AuthenticationPolicy/Staff behind Okta',
    status: 'blocked',
    reason: 'the id of the policy is not known yet',
    dependsOn: ['console/update/ExternalUserPolicy/external'],
    channel: 'api',
    action: 'move',
    kind: 'AuthenticationPolicy',
    name: 'Staff behind Okta',
    direction: 'unknown',
    changes: [],
    accounts: Array.from({ length: 300 }, (_, index) => {
      const { account, policy = '' } = person(index)
      return { account, from: policy }
    }),
  },
]

/** A plan with a step of each sort, a guard of each status, and a field in sync. */
export const acmePlan: Plan = {
  ...plan,
  digest: '758c7d6a46d4f83588b0903cf3074b67460e66547b1299896c4ab4faeaac9908',
  steps: [...consoleSteps, ...apiSteps, ...accessSteps],
  unverified: [{ kind: 'ExternalUserPolicy', name: 'external', path: 'settings.apiTokens', state: 'unverified' }],
  inSync: [
    {
      kind: 'IpAllowlist',
      name: 'Office and VPN',
      path: 'allowMobileBypass',
      value: false,
      evidence: [{ path: 'allowMobileBypass', from: 'api', at: '2026-11-24T12:00:00Z' }],
    },
  ],
  guards: [
    ...plan.guards,
    {
      code: 'too-many-moves',
      status: 'blocks',
      summary: '300 of 48 accounts move; the limit is 20',
      lift: '--allow too-many-moves',
    },
    { code: 'break-glass', status: 'lifted', summary: '`root@acme.com` changes policies' },
    { code: 'locks-out-runner', status: 'not-checked', summary: 'no runner is declared' },
  ],
  rollouts: [
    { policy: 'Contractors', claimed: 3, reached: 3, waiting: 0, stage: 'the group pilots' },
    { policy: 'Staff behind Okta', claimed: 1200, reached: 300, waiting: 900, stage: '25 %' },
  ],
  diagnostics: report.diagnostics,
}

// Words of the documents' closed sets: whoever writes a name does not choose these.
const closed = new Set<string>([
  ...coverageLevels,
  ...[
    '1.0',
    'ignore',
    'live',
    'possible',
    'unknown',
    'error',
    'warning',
    'note',
    'class',
    'policy',
    'ready',
    'blocked',
  ],
  ...['api', 'console', 'export', 'attestation', 'declaration', 'tightens', 'loosens', 'neutral', 'blocks', 'passed'],
  ...['not-checked', 'lifted', 'create', 'update', 'delete', 'move', 'suspend', 'restore', 'confirm', 'external'],
  ...['unverified', 'stale', 'POST', 'PUT'],
])

/** The document with a text, or one text after the other, in each place that somebody else may write into. */
export function filledWith<Document>(document: Document, ...texts: readonly string[]): Document {
  let places = 0
  const fill = (value: unknown): unknown => {
    if (typeof value === 'string') return closed.has(value) ? value : texts[places++ % texts.length]
    if (Array.isArray(value)) return value.map(fill)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, fill(member)]))
  }
  return fill(document) as Document
}

/** What names may hold, and more: very long ones, letters that are written from right to left, all of it at once. */
export const hostileNames: readonly string[] = [
  ...hostileTexts,
  'x'.repeat(500),
  'name '.repeat(100),
  'שם משתמש مستخدم',
  '"><img src=x onerror=alert(1)>',
  "'><svg/onload=alert(1)>",
  '</title></style></script><script>document.title = 1</script>',
  '--><!--<script>',
  'javascript:alert(1)',
  '{{7*7}}${7*7}<%= 7*7 %>',
  hostileTexts.join(''),
]
