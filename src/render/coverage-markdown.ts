import { coverageLevels, type CoverageReport, type LevelCounts, type RequirementResult } from '../model/coverage.ts'
import { count } from '../diagnostics/wording.ts'
import {
  classWords,
  countOfClass,
  demandWords,
  effectWords,
  evidenceList,
  levelChange,
  notCoveredWords,
  policyWords,
  riskWords,
  timeWords,
  tokenTotals,
} from './coverage-words.ts'
import { diagnosticItem } from './diagnostics-markdown.ts'
import { tally } from './diagnostics-text.ts'
import { folded, markdownTable } from './markdown-table.ts'
import { penFor, type Pen } from './review/pen.ts'
import type { ReviewView } from './review/view.ts'

/** Items of a list that are shown: a comment holds 65,536 characters. */
const most = 50

/** Coverage as Markdown, for a comment or a job summary: the numbers and the requirements, everything else folded away. */
export function coverageMarkdown(report: CoverageReport, view: Pick<ReviewView, 'folder' | 'now' | 'emails'>): string {
  const pen = penFor(view)
  const { organization, totals, apart, tokens, requirements, diagnostics } = report
  const met = requirements.filter(requirement => requirement.met).length
  const verdict =
    requirements.length === 0 ? 'no requirement' : `${met} of ${count(requirements.length, 'requirement')} met`
  const others = apart.map(({ accountClass, accounts }) => pen.text(countOfClass(accounts, accountClass)))
  return [
    `### Coverage of ${pen.text(organization.name)}: ${verdict}`,
    '',
    // An empty listing is never a clean organization (ref 7).
    totals.accounts === 0
      ? `No account is shown that could have a level: nothing is measured, at ${pen.text(timeWords(report.at))}.`
      : `${count(totals.accounts, 'account')}: ${totals.managed} managed, ${totals.external} external${others.length === 0 ? '' : `; counted apart ${others.join(', ')}`}. ${tokenTotals(tokens)} Measured ${pen.text(timeWords(report.at))}.`,
    '',
    ...requirements.flatMap(requirement => requirementItem(requirement, pen)),
    ...(requirements.length > 0 ? [''] : []),
    ...(totals.accounts === 0 ? [] : levels(report, pen)),
    ...gaps(report, view.now, pen),
    ...remedies(report, pen),
    ...folded(
      'What no policy covers, by design',
      notCoveredWords(report).map(words => `- ${pen.text(words)}`),
    ),
    ...accounts(report, pen),
    ...folded(count(diagnostics.length, 'message'), foldedDiagnostics(report, pen)),
  ].join('\n')
}

const foldedDiagnostics = ({ diagnostics }: CoverageReport, pen: Pen): readonly string[] =>
  diagnostics.length === 0
    ? []
    : [`**${tally(diagnostics)}**`, '', ...diagnostics.map(found => diagnosticItem(found, pen)), '']

function requirementItem(requirement: RequirementResult, pen: Pen): readonly string[] {
  const { name, met, percent, required, severity, population, meeting, excepted, source } = requirement
  const verdict =
    population === 0
      ? '**not measured**: no account is in it'
      : `**${met ? 'met' : 'not met'}**${met || severity === 'error' ? '' : ` (${severity})`}: ${percent} %, required ${required} %: ${meeting} of ${count(population, 'account')} ${demandWords(requirement)}`
  const exceptions = excepted
    .slice(0, most)
    .map(
      ({ account, expires, exception }) =>
        `  - excepted until ${pen.text(expires)}: ${pen.code(account.email)} (${pen.text(exception)})`,
    )
  const place = source === undefined ? '' : ` ${pen.place(source)}`
  return [
    `- ${met ? '✓' : '✗'} ${pen.code(name)} ${verdict}${place}`,
    ...exceptions,
    ...(excepted.length > most ? [`  - and ${excepted.length - most} more`] : []),
  ]
}

function levels({ levels: now, declaredLevels, populations }: CoverageReport, pen: Pen): readonly string[] {
  const header = ['now → declared', ...coverageLevels]
  const numbers = coverageLevels.map((_, index) => index + 1)
  const row = (title: string, before: LevelCounts, after: LevelCounts): readonly string[] => [
    title,
    ...coverageLevels.map(level =>
      before[level] === after[level] ? String(before[level]) : `${before[level]} → ${after[level]}`,
    ),
  ]
  const of = (by: string) =>
    populations
      .filter(population => population.by === by)
      .map(({ name, accounts: total, levels: before, declaredLevels: after }) =>
        row(`${by === 'class' ? pen.text(name) : pen.code(name)}: ${total}`, before, after),
      )
  const policies = of('policy')
  const shown = policies.slice(0, most)
  return [
    ...markdownTable(header, [row('all', now, declaredLevels), ...of('class')], numbers),
    ...folded(
      `Levels in ${count(policies.length, 'policy', 'policies')}`,
      policies.length === 0 ? [] : [...markdownTable(header, shown, numbers), ...more(policies.length)],
    ),
  ]
}

function gaps({ gaps: all }: CoverageReport, now: Date, pen: Pen): readonly string[] {
  const rows = all
    .slice(0, most)
    .map(gap => [
      pen.code(gap.account.email),
      pen.text(`${classWords(gap.accountClass)}, ${policyWords(gap)}`),
      levelChange(gap),
      pen.text(riskWords(gap)),
      pen.text(gap.reason),
      pen.text(evidenceList(gap.evidence, now)),
    ])
  const table = markdownTable(['account', 'is', 'level', 'risk', 'why no higher', 'evidence'], rows)
  return folded(
    `${count(all.length, 'gap')}, the most dangerous first`,
    all.length === 0 ? [] : [...table, ...more(all.length)],
  )
}

function remedies({ remedies: all }: CoverageReport, pen: Pen): readonly string[] {
  const items = all
    .slice(0, most)
    .map(remedy => `1. ${pen.text(remedy.summary)}<br>${pen.text(remedy.how)}<br>Effect: ${effectWords(remedy)}`)
  return folded(
    `What can be done: ${count(all.length, 'remedy', 'remedies')}`,
    all.length === 0 ? [] : [...items, '', ...more(all.length)],
  )
}

function accounts({ newExternals, unclaimed }: CoverageReport, pen: Pen): readonly string[] {
  const list = (all: readonly { readonly email: string }[]): readonly string[] => [
    ...all.slice(0, most).map(({ email }) => `- ${pen.code(email)}`),
    '',
    ...more(all.length),
  ]
  const ours = unclaimed.reduce((sum, { accounts: own }) => sum + own.length, 0)
  return [
    ...(newExternals === undefined || newExternals.accounts.length === 0
      ? []
      : folded(`${count(newExternals.accounts.length, 'external account')} new since the last check`, [
          `Since ${pen.text(timeWords(newExternals.since))}:`,
          '',
          ...list(newExternals.accounts),
        ])),
    ...folded(
      `${count(ours, 'account')} on your verified domains, not claimed`,
      unclaimed.flatMap(({ domain, accounts: own }) => [`${pen.code(domain)}:`, '', ...list(own)]),
    ),
  ]
}

const more = (all: number): readonly string[] => (all > most ? [`and ${all - most} more`, ''] : [])
