import type { AccountRef } from '../../src/model/account.ts'
import type { CoverageSummary } from '../../src/model/coverage.ts'
import type { Impact, Plan, Step } from '../../src/model/plan.ts'
import { levels, requirement } from './coverage-reports.ts'
import { hostileTexts } from './hostile-text.ts'

const accounts = (...names: readonly string[]): readonly AccountRef[] =>
  names.map(name => ({ accountId: `712020:${name}`, email: `${name}@partner.example` }))

const [met, unmet] = [{ ...requirement, met: true, percent: 94.33 }, requirement]

export const before: CoverageSummary = {
  totals: { accounts: 58, managed: 48, external: 10 },
  levels: levels(53, 5),
  tokens: { accounts: 6, tokens: 7 },
  requirements: [unmet],
}

export const after: CoverageSummary = {
  totals: { accounts: 54, managed: 48, external: 6 },
  levels: levels(1, 1, 6, 10, 36),
  tokens: { accounts: 2, tokens: 2 },
  requirements: [met],
}

/** Steps that take access and give it back. */
export const accessSteps: readonly Step[] = (['suspend', 'restore'] as const).map(action => ({
  id: `api/${action}/ExternalUserPolicy/external`,
  status: 'ready',
  dependsOn: [],
  channel: 'api',
  action,
  kind: 'ExternalUserPolicy',
  name: 'external',
  direction: action === 'suspend' ? 'tightens' : 'loosens',
  changes: [],
  accounts:
    action === 'suspend'
      ? accounts('ann', 'bob').map(account => ({
          account,
          from: 'active',
          because: 'partner.example is not an allowed domain',
          rule: 'allowedDomains',
        }))
      : accounts('cy').map(account => ({ account, from: 'suspended' })),
  requests: accounts('ann', 'bob').map(({ accountId = '' }) => ({
    method: 'POST',
    path: `/admin/v2/orgs/96c9b91d/directories/-/users/${encodeURIComponent(accountId)}/${action}`,
  })),
}))

/** One impact of each code, and one that nobody here has heard of. */
export const impacts: readonly Impact[] = [
  {
    code: 'suspended',
    summary: '2 external accounts lose access to all apps',
    certain: true,
    accounts: accounts('ann', 'bob'),
  },
  { code: 'restored', summary: '1 account gets access back', certain: true, accounts: accounts('cy') },
  {
    code: 'asked-for-sso',
    summary: '1 account signs in through the identity provider',
    certain: true,
    accounts: accounts('di'),
  },
  {
    code: 'asked-for-two-step',
    summary: '1 account is asked for two-step verification',
    certain: true,
    accounts: accounts('ed'),
  },
  {
    code: 'asked-for-passcode',
    summary:
      '12 external accounts are asked for an emailed passcode when the session ends, unless that is so already: nothing shows what holds now',
    certain: false,
    accounts: accounts(...Array.from({ length: 12 }, (_, index) => `user${String(index).padStart(2, '0')}`)),
  },
  { code: 'no-longer-asked', summary: '1 account is no longer asked', certain: true, accounts: accounts('flo') },
  {
    code: 'loses-tokens',
    summary: '3 live API tokens of 1 account stop working',
    certain: true,
    accounts: accounts('user00'),
    tokens: 3,
  },
  {
    code: 'loses-tokens',
    summary: 'the API tokens of 1 account stop working, if there are any',
    certain: false,
    accounts: accounts('gil'),
  },
  { code: 'becomes-billable', summary: '1 account becomes billable', certain: true, accounts: accounts('hal') },
  { code: 'turns-blue', summary: '1 account turns blue', certain: true, accounts: [{ email: 'ann@partner.example' }] },
]

export const plan: Plan = {
  formatVersion: '1.0',
  createdAt: '2026-11-24T12:00:00.000Z',
  validUntil: '2026-11-25T12:00:00.000Z',
  organization: { name: 'acme', id: '96c9b91d-3eab-41b4-9d9c-09eb84db70cf' },
  digest: 'd1',
  desiredDigest: 'd2',
  steps: accessSteps,
  unverified: [],
  inSync: [],
  guards: [{ code: 'empty-live', status: 'passed', summary: 'the organization has 48 active managed accounts' }],
  coverage: { before, after },
  impact: impacts,
  wayBack: { admins: [{ email: 'ada@acme.com' }], breakGlass: [{ email: 'root@acme.com' }] },
  requests: { reads: 18, lastActive: 9, writes: 6, seconds: 6 },
  diagnostics: [],
}

/** Plans by the hostile text that stands everywhere in them. */
export const hostilePlans: readonly (readonly [string, Plan])[] = hostileTexts.map(text => {
  const account = { accountId: text, email: text }
  const hostile: Plan = {
    ...plan,
    organization: { name: text, id: text },
    steps: accessSteps.map(step => ({
      ...step,
      name: text,
      accounts: [{ account, from: text, because: text }],
      requests: [{ method: 'POST', path: text }],
      console: {
        url: 'https://admin.example/o/1/policies',
        clicks: [text],
        settings: [{ path: text, label: text, from: text, to: text }],
        affects: text,
        verify: [text],
        optional: [{ title: text, why: text, url: 'https://admin.example/o/1/others', clicks: [text] }],
      },
    })),
    rollouts: [{ policy: text, claimed: 2, reached: 1, waiting: 1, stage: text }],
    coverage: {
      before: { ...before, requirements: [] },
      after: { ...after, requirements: [{ ...met, name: text }] },
    },
    impact: [
      { code: 'suspended', summary: text, certain: true, accounts: [account] },
      { code: text, summary: text, certain: false, accounts: [account, account] },
    ],
  }
  return [text, hostile]
})
