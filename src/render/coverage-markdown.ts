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
import { diagnosticsMarkdown } from './diagnostics-markdown.ts'
import { forMarkdown, markdownCode } from './harmless.ts'
import { folded, markdownTable } from './markdown-table.ts'
import { placeOf } from './place.ts'
import type { PlanView } from './plan-text.ts'

type View = Pick<PlanView, 'folder' | 'now'>

/** Items of a list that are shown: a comment holds 65,536 characters. */
const most = 50

/** Coverage as Markdown, for a comment or a job summary: the numbers and the requirements, everything else folded away. */
export function coverageMarkdown(report: CoverageReport, view: View): string {
  const { organization, totals, apart, tokens, requirements, diagnostics } = report
  const met = requirements.filter(requirement => requirement.met).length
  const verdict =
    requirements.length === 0 ? 'no requirement' : `${met} of ${count(requirements.length, 'requirement')} met`
  const others = apart.map(({ accountClass, accounts }) => forMarkdown(countOfClass(accounts, accountClass)))
  return [
    `### Coverage of ${forMarkdown(organization.name)}: ${verdict}`,
    '',
    // An empty listing is never a clean organization (ref 7).
    totals.accounts === 0
      ? `No account is shown that could have a level: nothing is measured, at ${forMarkdown(timeWords(report.at))}.`
      : `${count(totals.accounts, 'account')}: ${totals.managed} managed, ${totals.external} external${others.length === 0 ? '' : `; counted apart ${others.join(', ')}`}. ${tokenTotals(tokens)} Measured ${forMarkdown(timeWords(report.at))}.`,
    '',
    ...requirements.flatMap(requirement => requirementItem(requirement, view)),
    ...(requirements.length > 0 ? [''] : []),
    ...(totals.accounts === 0 ? [] : levels(report)),
    ...gaps(report, view),
    ...remedies(report),
    ...folded(
      'What no policy covers, by design',
      notCoveredWords(report).map(words => `- ${forMarkdown(words)}`),
    ),
    ...accounts(report),
    ...folded(count(diagnostics.length, 'message'), foldedDiagnostics(report, view)),
  ].join('\n')
}

const foldedDiagnostics = ({ diagnostics }: CoverageReport, { folder }: View): readonly string[] =>
  diagnostics.length === 0 ? [] : diagnosticsMarkdown(diagnostics, folder).split('\n')

function requirementItem(requirement: RequirementResult, { folder }: View): readonly string[] {
  const { name, met, percent, required, severity, population, meeting, excepted, source } = requirement
  const verdict =
    population === 0
      ? '**not measured**: no account is in it'
      : `**${met ? 'met' : 'not met'}**${met || severity === 'error' ? '' : ` (${severity})`}: ${percent} %, required ${required} %: ${meeting} of ${count(population, 'account')} ${demandWords(requirement)}`
  const exceptions = excepted
    .slice(0, most)
    .map(
      ({ account, expires, exception }) =>
        `  - excepted until ${forMarkdown(expires)}: ${markdownCode(account.email)} (${forMarkdown(exception)})`,
    )
  const place = source === undefined ? '' : ` ${markdownCode(placeOf(folder, source))}`
  return [
    `- ${met ? '✓' : '✗'} ${markdownCode(name)} ${verdict}${place}`,
    ...exceptions,
    ...(excepted.length > most ? [`  - and ${excepted.length - most} more`] : []),
  ]
}

function levels({ levels: now, declaredLevels, populations }: CoverageReport): readonly string[] {
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
        row(`${by === 'class' ? forMarkdown(name) : markdownCode(name)}: ${total}`, before, after),
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

function gaps({ gaps: all }: CoverageReport, { now }: View): readonly string[] {
  const rows = all
    .slice(0, most)
    .map(gap => [
      markdownCode(gap.account.email),
      forMarkdown(`${classWords(gap.accountClass)}, ${policyWords(gap)}`),
      levelChange(gap),
      forMarkdown(riskWords(gap)),
      forMarkdown(gap.reason),
      forMarkdown(evidenceList(gap.evidence, now)),
    ])
  const table = markdownTable(['account', 'is', 'level', 'risk', 'why no higher', 'evidence'], rows)
  return folded(
    `${count(all.length, 'gap')}, the most dangerous first`,
    all.length === 0 ? [] : [...table, ...more(all.length)],
  )
}

function remedies({ remedies: all }: CoverageReport): readonly string[] {
  const items = all
    .slice(0, most)
    .map(remedy => `1. ${forMarkdown(remedy.summary)}<br>${forMarkdown(remedy.how)}<br>Effect: ${effectWords(remedy)}`)
  return folded(
    `What can be done: ${count(all.length, 'remedy', 'remedies')}`,
    all.length === 0 ? [] : [...items, '', ...more(all.length)],
  )
}

function accounts({ newExternals, unclaimed }: CoverageReport): readonly string[] {
  const list = (all: readonly { readonly email: string }[]): readonly string[] => [
    ...all.slice(0, most).map(({ email }) => `- ${markdownCode(email)}`),
    '',
    ...more(all.length),
  ]
  const ours = unclaimed.reduce((sum, { accounts: own }) => sum + own.length, 0)
  return [
    ...(newExternals === undefined || newExternals.accounts.length === 0
      ? []
      : folded(`${count(newExternals.accounts.length, 'external account')} new since the last check`, [
          `Since ${forMarkdown(timeWords(newExternals.since))}:`,
          '',
          ...list(newExternals.accounts),
        ])),
    ...folded(
      `${count(ours, 'account')} on your verified domains, not claimed`,
      unclaimed.flatMap(({ domain, accounts: own }) => [`${markdownCode(domain)}:`, '', ...list(own)]),
    ),
  ]
}

const more = (all: number): readonly string[] => (all > most ? [`and ${all - most} more`, ''] : [])
