import type { CoverageSummary, RequirementResult } from '../model/coverage.ts'
import type { Impact, Plan } from '../model/plan.ts'
import { count } from '../diagnostics/wording.ts'
import { accountLines } from './account-list.ts'
import { forTerminal } from './harmless.ts'
import { levelLegend, levelLines } from './levels-bar.ts'
import type { PlanView } from './plan-text.ts'
import { fitted, paragraph } from './style.ts'

/** Accounts of one impact that are named by default. */
export const namedInImpact = 10

/** What people will notice, with the accounts. A question mark: nothing shows what holds now, so it may be so already. */
export function impactLines(impact: readonly Impact[], view: PlanView): readonly string[] {
  const { style, verbose } = view
  if (impact.length === 0) return []
  return [
    style.bold('What people will notice'),
    ...impact.flatMap(({ summary, certain, accounts }) => [
      ...paragraph(forTerminal(summary), style.width, certain ? '  ! ' : '  ? ').map(
        certain ? line => line : style.yellow,
      ),
      ...accountLines(accounts, { style, most: verbose ? Infinity : namedInImpact, first: '      ' }),
    ]),
    '',
  ]
}

/** Coverage as evidence shows it, and once every step is done. */
export function coverageLines({ before, after }: Plan['coverage'], view: PlanView): readonly string[] {
  const { style } = view
  if (before.totals.accounts === 0 && after.totals.accounts === 0) return []
  return [
    ...fitted(
      [style.bold('Coverage, as evidence shows it now and once every step is done'), `  ${levelLegend}`],
      style.width,
    ),
    ...levelLines(
      [{ title: coverageTotals(before, after), before: before.levels, after: after.levels }],
      { before: 'now', after: 'then' },
      style,
    ),
    ...coverageChanges(before, after).flatMap(({ mark, words }) =>
      paragraph(forTerminal(words), style.width, `  ${mark} `),
    ),
    '',
  ]
}

/** `58 accounts`, or how many there are before and after. */
export const coverageTotals = ({ totals: before }: CoverageSummary, { totals: after }: CoverageSummary): string =>
  before.accounts === after.accounts
    ? count(after.accounts, 'account')
    : `${before.accounts} → ${count(after.accounts, 'account')}`

/** Requirements and tokens before and after, as plain text. */
export const coverageChanges = (
  before: CoverageSummary,
  after: CoverageSummary,
): readonly { readonly mark: '✓' | '✗' | '-'; readonly words: string }[] => [
  ...after.requirements.map(requirement => ({
    mark: requirement.met ? ('✓' as const) : ('✗' as const),
    words: requirementChange(
      before.requirements.find(({ name }) => name === requirement.name),
      requirement,
    ),
  })),
  { mark: '-' as const, words: `live API tokens that go around sign-in: ${tokensChange(before.tokens, after.tokens)}` },
]

function requirementChange(before: RequirementResult | undefined, after: RequirementResult): string {
  const share = ({ met, percent, population }: RequirementResult): string =>
    population === 0 ? 'not measured' : `${met ? 'met' : 'not met'} (${percent} %)`
  const [was, becomes] = [before === undefined ? undefined : share(before), share(after)]
  return `“${after.name}”, required ${after.required} %: ${was === undefined || was === becomes ? becomes : `${was} → ${becomes}`}`
}

function tokensChange(before: CoverageSummary['tokens'], after: CoverageSummary['tokens']): string {
  const words = (tokens: CoverageSummary['tokens']): string =>
    tokens === 'unknown' ? 'not known' : `${tokens.tokens} of ${count(tokens.accounts, 'account')}`
  const [was, becomes] = [words(before), words(after)]
  return was === becomes ? becomes : `${was} → ${becomes}`
}
