import type { GuardResult, Plan, RequestBudget, Step } from '../model/plan.ts'
import { count } from '../diagnostics/wording.ts'
import { ownLines, sinceLines, stepParts, weakenedLines, withdrawnLines } from './base-text.ts'
import { forTerminal } from './harmless.ts'
import { coverageLines, impactLines } from './impact-text.ts'
import { inSyncLines } from './in-sync-text.ts'
import { rolloutWords } from './rollout-words.ts'
import { stepLines } from './step-text.ts'
import { snapshotWords } from './snapshot-words.ts'
import { fitted, paragraph, type Style } from './style.ts'

/** How much of a plan is shown. */
export interface PlanView {
  readonly style: Style
  readonly folder: string
  readonly now: Date
  /** Shows every field in sync and every account; otherwise long lists are cut. */
  readonly verbose: boolean
}

/** A plan for a person at a terminal: what Postern will do, what a person must do, what is in sync and how that is known. */
export function planText(plan: Plan, view: PlanView): string {
  const { style } = view
  const [api, page] = [channelOf('api', plan.steps), channelOf('console', plan.steps)]
  return [
    ...fitted(
      [`${style.bold(`Plan for ${forTerminal(plan.organization.name)}`)} ${style.dim(`(${plan.organization.id})`)}`],
      style.width,
    ),
    ...(plan.snapshot === undefined ? [] : paragraph(snapshotWords(plan.snapshot, view.now), style.width)),
    '',
    ...stepParts(plan).flatMap(({ title, weakened, steps }) => [
      ...(title === undefined ? [] : [...fitted([style.bold(style.cyan(title))], style.width), '']),
      ...weakenedLines(weakened, style),
      ...section('Through the API: Postern does these', channelOf('api', steps), plan.base, view),
      ...section(
        'In the console: a person does these, then evidence is taken in',
        channelOf('console', steps),
        plan.base,
        view,
      ),
    ]),
    ...withdrawnLines(plan.base, style),
    ...(plan.steps.length === 0 && (plan.base?.weakens ?? []).length === 0
      ? [style.green('Nothing to change.'), '']
      : []),
    ...rolloutLines(plan.rollouts, style),
    ...inSyncLines(plan, view),
    ...impactLines(plan.impact, view),
    ...coverageLines(plan.coverage, view),
    ...guardLines(plan.guards, view),
    ...paragraph(requestWords(plan.requests), style.width).map(style.dim),
    ...fitted(
      [
        ...(plan.snapshot === undefined ? [style.dim(`Digest: ${plan.digest}`)] : []),
        '',
        ...summaryLines(plan, api, page, style),
        ...sinceLines(plan.base, style),
      ],
      style.width,
    ),
    '',
  ].join('\n')
}

/** What the plan cost to make, and what carrying it out costs. */
function requestWords({ reads, lastActive, writes, seconds }: RequestBudget): string {
  const activity = lastActive === 0 ? '' : ` (${lastActive} of them: when an account was last active)`
  const time = writes === 0 ? '' : `, about ${seconds} s`
  return `Requests: ${count(reads, 'read')} done${activity}, ${count(writes, 'write')} to do${time}`
}

const channelOf = (channel: Step['channel'], steps: readonly Step[]): readonly Step[] =>
  steps.filter(step => step.channel === channel)

function section(title: string, steps: readonly Step[], base: Plan['base'], view: PlanView): readonly string[] {
  return steps.length === 0
    ? []
    : [
        ...fitted([view.style.bold(title)], view.style.width),
        '',
        ...steps.flatMap(step => [...stepLines(step, view), ...ownLines(step, base, view.style), '']),
      ]
}

const rolloutLines = (stages: Plan['rollouts'] = [], style: Style): readonly string[] =>
  stages.length === 0
    ? []
    : [
        style.bold('Taken in by stages'),
        ...stages.flatMap(stage =>
          paragraph(`“${forTerminal(stage.policy)}” takes in ${forTerminal(rolloutWords(stage))}`, style.width, '  '),
        ),
        '',
      ]

/** The one line that says it all. */
function summaryLines({ guards }: Plan, api: readonly Step[], page: readonly Step[], style: Style): readonly string[] {
  const blocks = guards.filter(({ status }) => status === 'blocks')
  const waiting = api.filter(({ status }) => status === 'blocked').length
  const parts = [
    count(api.length - waiting, 'API step'),
    ...(waiting > 0 ? [`${count(waiting, 'API step')} blocked`] : []),
    count(page.length, 'console step'),
  ]
  const total = `${style.bold('In all:')} ${parts.join(', ')}`
  return blocks.length > 0
    ? [total, style.red(`Blocked by ${blocks.map(({ code }) => code).join(', ')}: nothing can be applied.`)]
    : [total]
}

const marks = { passed: '✓', lifted: '!', blocks: '✗', 'not-checked': '?' } as const

function guardLines(guards: readonly GuardResult[], { style, verbose }: PlanView): readonly string[] {
  const paint = { passed: style.dim, lifted: style.yellow, blocks: style.red, 'not-checked': style.dim }
  const words = { passed: '', lifted: 'lifted: ', blocks: 'blocks: ', 'not-checked': 'not checked: ' }
  const passed = guards.filter(({ status }) => status === 'passed')
  return [
    style.bold('Guards'),
    ...guards
      .filter(({ status }) => verbose || status !== 'passed')
      .flatMap(({ code, status, summary, lift }) =>
        [
          ...paragraph(`${code}: ${words[status]}${forTerminal(summary)}`, style.width, `  ${marks[status]} `),
          ...(lift === undefined ? [] : paragraph(`to go on all the same: ${forTerminal(lift)}`, style.width, '    ')),
        ].map(paint[status]),
      ),
    // What they found is for those who ask: a plan that is all right should not be long because of it.
    ...(verbose || passed.length === 0
      ? []
      : paragraph(
          `passed: ${passed.map(({ code }) => code).join(', ')} (--verbose says why)`,
          style.width,
          `  ${marks.passed} `,
        ).map(style.dim)),
    '',
  ]
}
