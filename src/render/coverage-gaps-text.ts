import type { AccountCoverage, CoverageReport } from '../model/coverage.ts'
import { count } from '../diagnostics/wording.ts'
import { classWords, evidenceList, levelChange, policyWords, riskWords } from './coverage-words.ts'
import { forTerminal } from './harmless.ts'
import type { PlanView } from './plan-text.ts'
import { pad, paragraph, widest } from './style.ts'

/** Gaps that are listed by default. */
const shownByDefault = 20

/** The accounts that no second factor holds, that a token goes around with, or that a requirement is not met by, as they are ordered. */
export function gapLines({ gaps, requirements, totals }: CoverageReport, view: PlanView): readonly string[] {
  const { style, verbose } = view
  if (gaps.length === 0) return totals.accounts === 0 ? [] : [style.green('No gaps.'), '']
  const shown = verbose ? gaps : gaps.slice(0, shownByDefault)
  // Columns are as wide as the first rows need: with everybody listed there may be half a million.
  const measured = shown.slice(0, 1000)
  const columns = {
    email: widest(
      measured.map(({ account }) => forTerminal(account.email)),
      34,
    ),
    level: widest(measured.map(levelChange), 20),
    // With one requirement, every gap is short of it.
    unmet: requirements.length > 1,
  }
  return [
    style.bold(`Gaps: ${count(gaps.length, 'account')}, the most dangerous first`),
    ...shown.flatMap(gap => oneGap(gap, columns, view)),
    ...(shown.length < gaps.length
      ? [style.dim(`  and ${gaps.length - shown.length} more (--verbose shows all)`)]
      : []),
    '',
  ]
}

function oneGap(
  gap: AccountCoverage,
  columns: { readonly email: number; readonly level: number; readonly unmet: boolean },
  { style, now }: PlanView,
): readonly string[] {
  const { account, accountClass, reason, evidence, unmet, exceptions = [] } = gap
  const facts = `${classWords(accountClass)}, ${policyWords(gap)}; evidence: ${evidenceList(evidence, now)}`
  const short = columns.unmet && unmet.length > 0 ? [`short of ${unmet.map(name => `“${name}”`).join(', ')}`] : []
  const excepted = exceptions.map(
    ({ requirement, name, expires }) => `excepted from “${requirement}” until ${expires} (“${name}”)`,
  )
  const head = `${pad(forTerminal(account.email), columns.email)}  ${pad(levelChange(gap), columns.level)}  `
  return [
    ...paragraph(style.yellow(forTerminal(riskWords(gap))), style.width, `  ${head}`, '      ').map(line =>
      line.trimEnd(),
    ),
    ...paragraph(forTerminal(facts), style.width, '      ').map(style.dim),
    ...[reason, ...short, ...excepted].flatMap(words => paragraph(forTerminal(words), style.width, '      ')),
  ]
}
