import type { CoverageReport, RequirementResult } from '../model/coverage.ts'
import { count } from '../diagnostics/wording.ts'
import { accountLines } from './account-list.ts'
import { gapLines } from './coverage-gaps-text.ts'
import {
  countOfClass,
  coverageTally,
  demandWords,
  effectWords,
  notCoveredWords,
  timeWords,
  tokenTotals,
} from './coverage-words.ts'
import { forTerminal } from './harmless.ts'
import { levelLegend, levelLines } from './levels-bar.ts'
import { placeOf } from './place.ts'
import type { PlanView } from './plan-text.ts'
import { fitted, paragraph } from './style.ts'

/** Policies, remedies, excepted accounts and the like that are listed by default. */
const shownByDefault = 20

/** Coverage for a person at a terminal: who must pass what, now and as declared, who is short of it, and what can be done. */
export function coverageText(report: CoverageReport, view: PlanView): string {
  const { style } = view
  const { organization, at, totals } = report
  const title = style.bold(`Coverage of ${forTerminal(organization.name)}`)
  const lines = [
    ...paragraph(
      `${title}: the second factor each account has to pass, measured ${forTerminal(timeWords(at))}`,
      style.width,
    ),
    '',
    ...totalLines(report, view),
    '',
    ...(totals.accounts === 0 ? [] : populationLines(report, view)),
    ...requirementLines(report.requirements, view),
    ...gapLines(report, view),
    ...remedyLines(report, view),
    ...listed('What no policy covers, by design', notCoveredWords(report), view),
    ...newLines(report, view),
    ...unclaimedLines(report, view),
    ...paragraph(coverageTally(report), style.width, `${style.bold('In all:')} `, '  '),
    '',
  ]
  return fitted(lines, style.width).join('\n')
}

function totalLines({ totals, apart, tokens }: CoverageReport, { style }: PlanView): readonly string[] {
  const others = apart.map(({ accountClass, accounts }) => countOfClass(accounts, forTerminal(accountClass)))
  // An empty listing is never a clean organization (ref 7).
  if (totals.accounts === 0) return ['No account is shown that could have a level: nothing is measured.']
  return [
    `${count(totals.accounts, 'account')}: ${totals.managed} managed, ${totals.external} external.`,
    ...(others.length === 0
      ? []
      : paragraph(`Counted apart, as they have no level: ${others.join(', ')}.`, style.width)),
    ...paragraph(tokenTotals(tokens), style.width),
  ]
}

function populationLines({ populations, levels, declaredLevels }: CoverageReport, view: PlanView): readonly string[] {
  const { style, verbose } = view
  const rows = [
    { title: 'all accounts', before: levels, after: declaredLevels },
    ...populations.map(({ by, name, accounts, levels: before, declaredLevels: after }) => ({
      title: `${by === 'class' ? `${forTerminal(name)} accounts` : `in “${forTerminal(name)}”`}: ${accounts}`,
      before,
      after,
    })),
  ]
  const most = 1 + populations.filter(({ by }) => by === 'class').length + shownByDefault
  const shown = verbose ? rows : rows.slice(0, most)
  return [
    style.bold('Levels, as evidence shows them now and as the documents declare them'),
    `  ${levelLegend}`,
    '',
    ...levelLines(shown, { before: 'now', after: 'declared' }, style),
    ...more(rows.length - shown.length, view),
    '',
  ]
}

function requirementLines(requirements: readonly RequirementResult[], view: PlanView): readonly string[] {
  const { style } = view
  const title = style.bold('Requirements')
  if (requirements.length === 0)
    return [title, ...paragraph('none: a CoverageRequirement says who must pass what', style.width, '  '), '']
  return [title, ...requirements.flatMap(requirement => oneRequirement(requirement, view)), '']
}

function oneRequirement(requirement: RequirementResult, view: PlanView): readonly string[] {
  const { name, met, percent, required, severity, population, meeting, excepted, source } = requirement
  const { style, verbose } = view
  const paint = met ? style.green : { error: style.red, warning: style.yellow, note: style.cyan }[severity]
  const verdict = population === 0 ? 'not measured' : `${met ? 'met' : 'not met'}: ${percent} %, required ${required} %`
  const shown = verbose ? excepted : excepted.slice(0, shownByDefault)
  return [
    ...paragraph(
      `“${forTerminal(name)}” ${verdict}${met || severity === 'error' ? '' : ` (${severity})`}`,
      style.width,
      `  ${met ? '✓' : '✗'} `,
    ).map(paint),
    ...paragraph(
      population === 0
        ? 'no account is in it, which is not the same as met'
        : `${meeting} of ${count(population, 'account')} ${demandWords(requirement)}`,
      style.width,
      '      ',
    ),
    ...shown.flatMap(({ account, exception, owner, expires }) =>
      paragraph(
        `excepted until ${forTerminal(expires)}: ${forTerminal(account.email)} (“${forTerminal(exception)}”, ${forTerminal(owner)})`,
        style.width,
        '      ',
        '        ',
      ),
    ),
    ...more(excepted.length - shown.length, view, '      '),
    ...(source === undefined ? [] : [style.dim(`      ${placeOf(view.folder, source)}`)]),
  ]
}

function remedyLines({ remedies }: CoverageReport, view: PlanView): readonly string[] {
  if (remedies.length === 0) return []
  const { style, verbose } = view
  const shown = verbose ? remedies : remedies.slice(0, shownByDefault)
  return [
    style.bold('What can be done, each counted as if it were done alone'),
    ...shown.flatMap((remedy, index) => [
      ...paragraph(forTerminal(remedy.summary), style.width, `  ${String(index + 1).padStart(2)}. `),
      ...paragraph(forTerminal(remedy.how), style.width, '      how     ').map(style.cyan),
      ...paragraph(effectWords(remedy), style.width, '      effect  '),
    ]),
    ...more(remedies.length - shown.length, view),
    '',
  ]
}

function newLines({ newExternals }: CoverageReport, { style, verbose }: PlanView): readonly string[] {
  if (newExternals === undefined) return []
  const { since, accounts } = newExternals
  const title = style.bold(`External accounts that are new since ${forTerminal(timeWords(since))}`)
  return [
    `${title}: ${accounts.length === 0 ? 'none' : accounts.length}`,
    ...accountLines(accounts, { style, most: verbose ? Infinity : shownByDefault, first: '  ' }),
    '',
  ]
}

function unclaimedLines({ unclaimed }: CoverageReport, { style, verbose }: PlanView): readonly string[] {
  if (unclaimed.length === 0) return []
  return [
    ...paragraph('On your verified domains, but not claimed: claimed, they would be managed', style.width).map(
      style.bold,
    ),
    ...unclaimed.flatMap(({ domain, accounts }) => [
      ...paragraph(`${forTerminal(domain)}: ${count(accounts.length, 'account')}`, style.width, '  '),
      ...accountLines(accounts, { style, most: verbose ? Infinity : shownByDefault, first: '    ' }),
    ]),
    '',
  ]
}

const listed = (title: string, items: readonly string[], { style }: PlanView): readonly string[] =>
  items.length === 0
    ? []
    : [style.bold(title), ...items.flatMap(item => paragraph(forTerminal(item), style.width, '  - ')), '']

const more = (rest: number, { style }: PlanView, indent = '  '): readonly string[] =>
  rest > 0 ? [style.dim(`${indent}and ${rest} more (--verbose shows all)`)] : []
