import stringWidth from 'fast-string-width'
import { describe, expect, it } from 'vitest'
import type { Plan, Step } from '../../src/model/plan.ts'
import { planMarkdown } from '../../src/render/plan-markdown.ts'
import { planText } from '../../src/render/plan-text.ts'
import { accountsWords, stepLines } from '../../src/render/step-text.ts'
import { plainStyle } from '../../src/render/style.ts'
import { now } from './coverage-reports.ts'
import { acting } from './hostile-text.ts'
import { acmePlan } from './html/pages.ts'
import { accessSteps, hostilePlans, plan } from './plans.ts'

const view = { style: plainStyle(80), folder: 'policies', now, verbose: false }

const stepsOf = (steps: readonly Step[]): readonly string[] => steps.flatMap(step => stepLines(step, view))

describe('steps that take access and give it back', () => {
  it('are this', () => {
    expect(stepsOf(accessSteps)).toEqual([
      '  ! suspend ExternalUserPolicy “external”  tightens',
      '      2 accounts lose access:',
      '        ann@partner.example  partner.example is not an allowed domain',
      '        bob@partner.example  partner.example is not an allowed domain',
      '      2 requests: POST …/directories/-/users/…/suspend',
      '  < restore ExternalUserPolicy “external”  loosens',
      '      1 account gets access back:',
      '        cy@partner.example  from “suspended”',
      '      2 requests: POST …/directories/-/users/…/restore',
    ])
  })

  it.each([
    ['move', 1, '1 account moves in'],
    ['move', 2, '2 accounts move in'],
    ['suspend', 1, '1 account loses access'],
    ['suspend', 2, '2 accounts lose access'],
    ['restore', 1, '1 account gets access back'],
    ['restore', 2, '2 accounts get access back'],
  ] as const)('%s %d', (action, accounts, words) => expect(accountsWords({ action }, accounts)).toBe(words))
})

describe('a plan for a terminal', () => {
  it('says what people notice and what is covered before the guards, then what it costs', () => {
    const lines = planText(plan, view).split('\n')
    expect(lines.filter(line => /^[A-Z]/.test(line))).toEqual([
      'Plan for acme (96c9b91d-3eab-41b4-9d9c-09eb84db70cf)',
      'Through the API: Postern does these',
      'What people will notice',
      'Coverage, as evidence shows it now and once every step is done',
      'Guards',
      'Requests: 18 reads done (9 of them: when an account was last active), 6 writes',
      'Digest: d1',
      'In all: 2 API steps, 0 console steps',
    ])
    for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(80)
  })

  it('says nothing of activity that was not read', () => {
    const requests = { reads: 1, lastActive: 0, writes: 0, seconds: 0 }
    expect(planText({ ...plan, requests }, view)).toContain('\nRequests: 1 read done, 0 writes to do\n')
  })

  it('says how far each policy has come that takes its members in by stages', () => {
    const rollouts = [
      { policy: 'Contractors', claimed: 3, reached: 3, waiting: 0, stage: 'the group pilots' },
      { policy: 'Staff behind Okta', claimed: 120, reached: 30, waiting: 90, stage: '25 %' },
      { policy: 'Two', claimed: 2, reached: 1, waiting: 1, stage: '50 %' },
    ]
    const lines = planText({ ...plan, rollouts }, view).split('\n')
    expect(lines.slice(lines.indexOf('Taken in by stages')).slice(0, 7)).toEqual([
      'Taken in by stages',
      '  “Contractors” takes in the group pilots: all 3 accounts that it claims are in',
      '  or move now; members.rollout can be removed',
      '  “Staff behind Okta” takes in 25 %: 30 of 120 accounts are in or move now, 90',
      '  wait',
      '  “Two” takes in 50 %: 1 of 2 accounts is in or moves now, 1 waits',
      '',
    ])
    expect(planMarkdown({ ...plan, rollouts }, view)).toContain(
      [
        '#### Taken in by stages',
        '',
        '- `Contractors` takes in the group pilots: all 3 accounts that it claims are in or move now; members.rollout can be removed',
        '- `Staff behind Okta` takes in 25 %: 30 of 120 accounts are in or move now, 90 wait',
      ].join('\n'),
    )
    expect(planText(plan, view) + planMarkdown(plan, view)).not.toContain('stages')
  })

  it('shows what may be done on top of a console step, and its page where it is another one', () => {
    const [step] = acmePlan.steps.filter(({ channel }) => channel === 'console')
    if (step?.console === undefined) throw new Error('no console step')
    const lines = stepsOf([step])
    expect(lines.slice(lines.findIndex(line => line.includes('also')))).toEqual([
      '      also    Reset sessions, if you like: without it people keep their session',
      '              until it ends',
      '              click  Security → External users → External user policy → Reset',
      '                     sessions',
    ])
    const [extra] = step.console.optional ?? []
    const elsewhere = { ...step, console: { ...step.console, optional: extra ? [{ ...extra, url: 'https://x' }] : [] } }
    expect(stepsOf([elsewhere])).toContain('              open   https://x')
    expect(planMarkdown({ ...plan, steps: [step] }, view)).toContain(
      'If you like: Reset sessions: without it people keep their session until it ends. <https://admin.atlassian.com/o/96c9b91d-3eab-41b4-9d9c-09eb84db70cf/external-users/external>: Security → External users → External user policy → Reset sessions\n',
    )
  })

  it.each(hostilePlans)('cannot be made to act on the terminal: %j', (_, hostile) => {
    // The id of an organization is checked where it is read.
    const shown = planText({ ...hostile, organization: { ...hostile.organization, id: 'x' } }, view)
    expect(shown).not.toMatch(acting)
    expect(shown.split('\n').filter(line => /^ {2}[!<] (suspend|restore) /.test(line))).toHaveLength(2)
  })
})

describe('a plan in Markdown', () => {
  const markdown = (shown: Plan): string => planMarkdown(shown, view)

  it('has what people notice and what is covered', () => {
    const shown = markdown(plan)
    expect(shown).toContain(
      [
        '<details><summary>2 accounts lose access</summary>',
        '',
        '- partner.example is not an allowed domain: `a…@partner.example`, `b…@partner.example`',
        '',
        '</details>',
      ].join('\n'),
    )
    expect(shown).toContain(
      '<details><summary>1 account gets access back</summary>\n\n- from `suspended`: `c…@partner.example`\n',
    )
    expect(shown).toContain(
      [
        '#### What people will notice',
        '',
        '- 2 external accounts lose access to all apps',
        '    - `a…@partner.example`, `b…@partner.example`',
      ].join('\n'),
    )
    expect(shown).toMatch(/^- \*\*\?\*\* 12 external .*\n {4}- `u…@partner\.example` ×12$/m)
    expect(shown).toContain(
      [
        '#### Coverage',
        '',
        '| 58 → 54 accounts | none | optional | step-up | two-step | sso-mfa | step-up or more |',
        '|---|--:|--:|--:|--:|--:|--:|',
        '| now, by evidence | 53 | 5 | 0 | 0 | 0 | 0.0 % |',
        '| once every step is done | 1 | 1 | 6 | 10 | 36 | 96.2 % |',
        '',
        '- ✓ “second factor for everyone”, required 90 %: not met \\(63.15 %\\) → met \\(94.33 %\\)',
        '- live API tokens that go around sign\\-in: 7 of 6 accounts → 2 of 2 accounts',
      ].join('\n'),
    )
  })

  it('leaves out what there is not', () => {
    const none = { ...plan.coverage.before, totals: { accounts: 0, managed: 0, external: 0 } }
    const shown = markdown({ ...plan, impact: [], coverage: { before: none, after: none } })
    expect(shown).not.toMatch(/^#### (What people|Coverage)/m)
  })
})
