import stringWidth from 'fast-string-width'
import { describe, expect, it } from 'vitest'
import type { AuditReport } from '../../src/model/run-record.ts'
import type { ApplyReport, AttestReport, ObserveReport } from '../../src/model/reports.ts'
import { applyText, stepResultLine } from '../../src/render/apply-text.ts'
import { approvedText, consideredText } from '../../src/render/approve-text.ts'
import { auditText } from '../../src/render/audit-text.ts'
import { coverageText } from '../../src/render/coverage-text.ts'
import { diagnosticsText } from '../../src/render/diagnostics-text.ts'
import { driftText } from '../../src/render/drift-text.ts'
import { enrolledText, enrolText, pipedText } from '../../src/render/enrol-text.ts'
import { attestText, observeText } from '../../src/render/evidence-text.ts'
import { explainText } from '../../src/render/explain-text.ts'
import type { PlanView } from '../../src/render/plan-text.ts'
import { planText } from '../../src/render/plan-text.ts'
import { recoveryCard } from '../../src/render/recovery-card.ts'
import { plainStyle } from '../../src/render/style.ts'
import * as coverages from './coverage-reports.ts'
import * as diagnostics from './diagnostics.ts'
import * as drifts from './drift-reports.ts'
import * as explained from './explain-reports.ts'
import { acmePlan } from './html/pages.ts'
import { plan } from './plans.ts'
import { whole as recovery } from './recoveries.ts'

const long = 'policies-of-the-organization/that-lie-deep/authentication-policies-of-contractors.yaml'
const name = 'Contractors of the agencies in Berlin, Lisbon and Warsaw, and break-glass accounts'

/** A plan with everything that makes lines long. */
const longPlan = {
  ...acmePlan,
  organization: { ...acmePlan.organization, name },
  steps: acmePlan.steps.map(step => ({
    ...step,
    name,
    source: { file: long, line: 14, column: 1 },
    ...(step.console && {
      console: {
        ...step.console,
        settings: [
          {
            path: 'settings.password.minimumStrength',
            label: 'Minimum password strength of members',
            from: 'weak',
            to: name,
          },
        ],
        verify: [`postern attest 'AuthenticationPolicy/${name}'`],
      },
    }),
  })),
  inSync: acmePlan.inSync.map(field => ({
    ...field,
    name,
    value: name,
    evidence: [
      { path: field.path, from: 'export' as const, at: '2026-11-24T12:00:00Z' },
      { path: field.path, from: 'attestation' as const, at: '2026-11-24T12:00:00Z', by: 'somebody with a long name' },
    ],
  })),
}

const facts = [
  { kind: 'AuthenticationPolicy', name, path: 'settings.password.minimumStrength', value: `${name}, ${name}` },
]
const audit: AuditReport = {
  formatVersion: '1.0',
  head: { run: '2026-11-24T08-00-00Z-1f3a', digest: 'ab'.repeat(32) },
  intact: true,
  runs: ['carol', 'bob'].map(by => ({
    run: '2026-11-24T08-00-00Z-1f3a',
    digest: 'ab'.repeat(32),
    at: '2026-11-24T08:00:00.000Z',
    by,
    complete: true,
    done: 4,
    failed: 0,
    approvedBy: ['alice', name],
  })),
  diagnostics: [],
}

const applied: ApplyReport = {
  formatVersion: '1.0',
  run: '2026-11-24T08-00-00Z-1f3a',
  digest: plan.digest,
  steps: longPlan.steps.map(({ id }) => ({ id, status: 'pending' })),
  guards: [],
  diagnostics: [],
}
const observed = {
  files: [
    { file: long, title: 'Export members', exportedAt: '2026-11-24T09:30:00Z', rows: 58, facts, export: 'members' },
    {
      file: long,
      title: 'Export users',
      exportedAt: '2026-11-24T09:30:00Z',
      rows: 58,
      facts: [],
      export: 'external-users',
    },
  ],
} as unknown as ObserveReport
const attested = { by: name, at: '2026-11-24T09:30:00Z', facts } as unknown as AttestReport
const approval = { approver: name, digest: plan.digest, at: '2026-11-24T09:30:00Z', expiresAt: '2026-11-25T09:30:00Z' }
const standing = {
  rules: [{ rule: 'loosening' as const, needed: 2, missing: 1 }],
  guards: plan.guards,
  approvedBy: [name],
}
const enrolment = {
  approver: name,
  organization: name,
  secret: 'JBSWY3DPEHPK3PXP',
  uri: 'otpauth://totp/x',
  qr: undefined,
}

type Texts = Readonly<Record<string, string>>

/** What each text renderer prints of its longest sample. */
function texts(view: PlanView): Texts {
  const { style } = view
  return {
    plan: planText(plan, view),
    'the plan for acme': planText(acmePlan, view),
    'a plan of long names': planText(longPlan, view),
    apply: applyText(applied, longPlan.steps, view),
    'a step that ended': longPlan.steps
      .map(step => stepResultLine(step, { id: step.id, status: 'failed', reason: name }, style))
      .join('\n'),
    'a plan to approve': consideredText(longPlan, standing, view),
    approve: approvedText({ approval, approvedBy: [name], rules: standing.rules } as never, { file: long, style }),
    enrol: enrolText(enrolment, style),
    enrolled: enrolledText('POSTERN_APPROVER_ALICE=JBSWY3DPEHPK3PXP', name, style),
    'a secret in a pipe': pipedText(name, style),
    audit: auditText(audit, style),
    'a broken chain': auditText({ ...audit, intact: false }, style),
    coverage: coverageText(coverages.report, view),
    'coverage of nobody': coverageText(coverages.emptyReport, view),
    drift: driftText(drifts.report, view),
    'part of a drift': driftText(drifts.partialReport, view),
    'a long drift': driftText(drifts.longReport, view),
    'an external account explained': explainText(explained.external, view),
    'a managed account explained': explainText(explained.managed, view),
    diagnostics: diagnosticsText(diagnostics.sorts, { style, folder: long, texts: diagnostics.texts }),
    observe: observeText(observed, style),
    attest: attestText(attested, style),
    'the recovery card': recoveryCard(recovery, { format: 'text', style }),
  }
}

/** What stays whole: the address of a page, a place that editors open, a command to be copied, a single word. */
const whole = [/https?:\/\//, /^ *(-->|=) \S+$/, /^ *(then +)?postern /, /^To carry it out: postern /, /^\s*\S+$/]

const tooWide = (text: string, width: number): readonly string[] =>
  text.split('\n').filter(line => stringWidth(line) > width && !whole.some(pattern => pattern.test(line)))

describe.each([40, 60, 80, 100])('at %d columns', width => {
  const printed = [true, false].map(verbose =>
    texts({ style: plainStyle(width), folder: long, now: coverages.now, verbose }),
  )

  it.each(Object.keys(printed[0] ?? {}))('%s is not wider', title => {
    for (const all of printed) expect(tooWide(all[title] ?? '', width)).toEqual([])
  })
})
