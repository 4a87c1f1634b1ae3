import type { DriftReport } from '../../../src/model/drift.ts'
import type { Plan, Step } from '../../../src/model/plan.ts'
import type { ApplyReport } from '../../../src/model/reports.ts'
import { applyMarkdown } from '../../../src/render/apply-markdown.ts'
import { driftMarkdown } from '../../../src/render/drift-markdown.ts'
import { planMarkdown } from '../../../src/render/plan-markdown.ts'
import type { ReviewView } from '../../../src/render/review/view.ts'
import { levels, requirement } from '../coverage-reports.ts'
import { report as driftReport } from '../drift-reports.ts'
import { acmePlan } from '../html/pages.ts'
import { before } from '../plans.ts'

export const linePage = 'https://github.example/acme/policies/blob/4b1c/'

export const view: ReviewView = {
  folder: 'policies',
  now: new Date('2026-11-24T13:00:00Z'),
  lineUrl: (path, line) => `${linePage}${path}#L${line}`,
}

const confirm: Step = {
  id: 'console/confirm/AuthenticationPolicy/Contractors',
  status: 'ready',
  dependsOn: [],
  channel: 'console',
  action: 'confirm',
  kind: 'AuthenticationPolicy',
  name: 'Contractors',
  direction: 'unknown',
  source: { file: 'staff.yaml', line: 31, column: 1 },
  changes: [{ path: 'settings.idleSessionDuration', after: '8h' }],
  console: {
    url: 'https://admin.atlassian.com/o/96c9b91d/authentication-policies/2',
    clicks: ['Security', 'Authentication policies', 'Contractors'],
    settings: [{ path: 'settings.idleSessionDuration', label: 'Idle session duration', to: '8 hours' }],
    affects: 'its members',
    verify: ['postern attest AuthenticationPolicy/Contractors'],
  },
}

const rename: Step = {
  id: 'api/update/IpAllowlist/Branch',
  status: 'ready',
  dependsOn: [],
  channel: 'api',
  action: 'update',
  kind: 'IpAllowlist',
  name: 'Branch',
  direction: 'neutral',
  changes: [{ path: 'description', before: 'a|b', after: 'branch offices' }],
}

/** A plan with a step of each sort, guards of each status, and messages. */
export const everything: Plan = {
  ...acmePlan,
  steps: [...acmePlan.steps, rename, confirm],
  guards: [
    ...acmePlan.guards,
    {
      code: 'loosens',
      status: 'blocks',
      summary:
        'the plan loosens security: `ranges` of `IpAllowlist/Office and VPN` goes from `198.51.100.0/24` to `0.0.0.0/0`; that takes 1 approval, and 0 are there',
      lift: '`postern approve PLAN --as jo`; alice may, too',
    },
  ],
}

const origins = ['both', 'change', 'before', 'before', 'change', 'before', 'before'] as const

const met = { ...requirement, met: true, percent: 94.33 }

/** Met without the change and not with it. */
const admins = { ...requirement, name: 'admins', met: true, percent: 100 }

/** The same, told apart from what was pending before. */
export const withBase: Plan = {
  ...everything,
  coverage: {
    ...everything.coverage,
    after: { ...everything.coverage.after, requirements: [met, { ...admins, met: false, percent: 80 }] },
  },
  base: {
    ref: 'origin/main',
    commit: '0f3c2a9d',
    steps: everything.steps.map(({ id }, index) => {
      const origin = origins[index] ?? 'change'
      return { id, origin, ...(origin === 'both' && { paths: ['settings.apiTokens'] }) }
    }),
    weakens: [
      '`settings.apiTokens` of `ExternalUserPolicy/external` goes from block to allow',
      '`jo` (jo@acme.com) becomes an approver',
    ],
    withdrawn: [
      {
        ...rename,
        id: 'api/delete/IpAllowlist/Old office',
        action: 'delete',
        name: 'Old office',
        direction: 'tightens',
      },
    ],
    guards: [
      { code: 'loosens', origin: 'change' },
      { code: 'too-many-moves', origin: 'before' },
    ],
    diagnosticsBefore: [1],
    coverage: { ...before, levels: levels(20, 2, 0, 10, 26), requirements: [admins] },
  },
}

/** Made for a fork, of people without names. */
export const fromSnapshot: Plan = {
  ...acmePlan,
  steps: acmePlan.steps.slice(3),
  impact: [
    {
      code: 'suspended',
      summary: '2 external accounts lose access to all apps',
      certain: true,
      accounts: [{ email: '3f0c9a71be5d2284@partner.example' }, { email: '712020:9c1d' }],
    },
  ],
  guards: [],
  diagnostics: [],
  snapshot: {
    takenAt: '2026-11-24T08:00:00Z',
    validUntil: '2026-11-25T08:00:00Z',
    signedBy: 'MCowBQYDK2VwAyEA1x',
    trusted: false,
  },
}

export const blocked: Plan = {
  ...acmePlan,
  steps: acmePlan.steps.slice(1, 2),
  impact: [],
  guards: everything.guards.filter(({ status }) => status === 'blocks'),
  rollouts: [],
  inSync: [],
  diagnostics: [],
}

const nobody = { ...before, totals: { accounts: 0, managed: 0, external: 0 }, levels: levels(0), requirements: [] }

export const empty: Plan = {
  ...acmePlan,
  steps: [],
  impact: [],
  guards: [],
  rollouts: [],
  inSync: [],
  diagnostics: [],
  coverage: { before: nobody, after: nobody },
}

export const applied: ApplyReport = {
  formatVersion: '1.0',
  run: '2026-11-24T12-00-00Z-1f3a',
  digest: everything.digest,
  guards: [],
  diagnostics: [],
  steps: everything.steps.map(({ id, channel }, index) =>
    channel === 'console'
      ? { id, status: 'pending' as const, reason: 'a person does it' }
      : index === 2
        ? { id, status: 'failed' as const, reason: '`bob.builder@acme.com` is in no directory' }
        : index === 3
          ? { id, status: 'not-attempted' as const, reason: 'a step before it failed' }
          : { id, status: 'done' as const },
  ),
}

const drift: DriftReport = driftReport

/** Every golden, by the name of its file. */
export const goldens: Readonly<Record<string, string>> = {
  everything: planMarkdown(everything, view),
  'with-base': planMarkdown(withBase, view),
  'from-snapshot': planMarkdown(fromSnapshot, view),
  blocked: planMarkdown(blocked, view),
  empty: planMarkdown(empty, view),
  unfolded: planMarkdown(withBase, { ...view, folding: false }),
  cut: planMarkdown(withBase, { ...view, limit: 4000, reserve: 200, whole: 'The whole plan is the artifact `plan`.' }),
  drift: driftMarkdown(drift, view),
  applied: applyMarkdown(applied, everything.steps, view),
}
