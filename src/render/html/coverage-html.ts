import type { CoverageReport, Remedy } from '../../model/coverage.ts'
import { count } from '../../diagnostics/wording.ts'
import { atLeast, countOfClass, coverageTally, effectWords, notCoveredWords, tokenTotals } from '../coverage-words.ts'
import { accountsSection } from './accounts-table.ts'
import { diagnosticsSection } from './diagnostics-html.ts'
import { levelsChart, type ChartedLevels } from './levels-chart.ts'
import { markup, type Markup, type Part } from './markup.ts'
import { page, type HtmlView } from './page.ts'
import { requirementsSection } from './requirements-section.ts'
import { summaryTiles, type Tile } from './tiles.ts'
import { trendChart } from './trend-chart.ts'
import { digits } from '../digits.ts'
import { addresses, named, prose, timeOf, type Section } from './words.ts'

/** Policies that are drawn: the largest. */
const policiesDrawn = 12

/** Coverage as one HTML file: who has to pass what, now and as declared, who is short of it, and what can be done. */
export async function coverageHtml(report: CoverageReport, view: HtmlView): Promise<string> {
  const { organization, at, totals, diagnostics } = report
  return page(
    {
      title: `Coverage of ${organization.name}`,
      lead: markup`The second factor that each account has to pass, measured ${timeOf(at)}. ${
        // An empty listing is never a clean organization (ref 7).
        totals.accounts === 0
          ? 'No account is shown that could have a level: nothing is measured'
          : coverageTally(report)
      }.`,
      summary: summaryTiles(tilesOf(report)),
      sections: [
        requirementsSection(report, view.folder),
        ...(await levelSections(report)),
        ...remediesSection(report),
        accountsSection(report, view.now),
        ...notCoveredSection(report),
        ...newExternalsSection(report),
        ...unclaimedSection(report),
        ...diagnosticsSection(diagnostics, view.folder),
      ],
    },
    view,
  )
}

function tilesOf({ totals, apart, levels, declaredLevels, requirements, tokens }: CoverageReport): readonly Tile[] {
  const others = apart.map(({ accountClass, accounts }) => countOfClass(accounts, accountClass)).join(', ')
  const covered = atLeast(levels, 'step-up')
  const met = requirements.filter(requirement => requirement.met).length
  const share = totals.accounts === 0 ? '' : ` (${Math.floor((100 * covered) / totals.accounts)} %)`
  return [
    { name: 'Accounts', value: digits(totals.accounts), ...(others !== '' && { note: `counted apart: ${others}` }) },
    { name: 'Managed', value: digits(totals.managed) },
    { name: 'External', value: digits(totals.external) },
    {
      name: 'Pass at least step-up',
      value: markup`${digits(covered)} <small>of ${digits(totals.accounts)}${share}</small>`,
      note: `as declared: ${digits(atLeast(declaredLevels, 'step-up'))}`,
      ...(totals.accounts > 0 && { tone: covered === totals.accounts ? ('good' as const) : ('warn' as const) }),
    },
    {
      name: 'Requirements met',
      value: markup`${met} <small>of ${requirements.length}</small>`,
      ...(requirements.length > 0 && { tone: met === requirements.length ? ('good' as const) : ('bad' as const) }),
    },
    {
      name: 'With live API tokens',
      value: tokens === 'unknown' ? 'not known' : digits(tokens.accounts),
      note: tokenTotals(tokens),
      ...(tokens === 'unknown' || tokens.accounts > 0 ? { tone: 'warn' } : { tone: 'good' }),
    },
  ]
}

async function levelSections(report: CoverageReport): Promise<readonly Section[]> {
  const { totals, levels, declaredLevels, populations, trend, at } = report
  if (totals.accounts === 0) return []
  const rowsOf = (by: string, title: (name: string) => string): readonly ChartedLevels[] =>
    populations
      .filter(population => population.by === by)
      .map(({ name, accounts, levels: before, declaredLevels: after }) => ({
        name: title(name),
        accounts,
        before,
        after,
      }))
  const classes = rowsOf('class', name => `${name} accounts`)
  const policies = [...rowsOf('policy', name => `in “${name}”`)].sort((a, b) => b.accounts - a.accounts)
  const chart = await levelsChart({
    id: 'level-numbers',
    caption: 'Accounts by level, as evidence shows them now and as the documents declare them',
    times: { before: 'now', after: 'declared' },
    rows: [
      { name: 'all accounts', accounts: totals.accounts, before: levels, after: declaredLevels },
      ...classes,
      ...policies,
    ],
    drawn: 1 + classes.length + policiesDrawn,
  })
  const checks = trend.some(check => check.at === at) ? trend : [...trend, { at, totals, levels }]
  const drawn = trend.length < 2 ? undefined : await trendChart(checks)
  return [
    { id: 'levels', title: 'Levels by population', body: chart },
    ...(drawn === undefined ? [] : [{ id: 'trend', title: 'Trend', body: drawn }]),
  ]
}

const remediesSection = ({ remedies }: CoverageReport): readonly Section[] =>
  remedies.length === 0
    ? []
    : [
        {
          id: 'remedies',
          title: 'What can be done',
          body: markup`<p class="muted">Each is counted as if it were done alone.</p>
<ol class="spaced">${remedies.map(oneRemedy)}</ol>`,
        },
      ]

const oneRemedy = (
  remedy: Remedy,
): Markup => markup`<li><p class="sentence"><strong>${prose(remedy.summary)}</strong></p>
<dl class="facts"><dt>How</dt><dd>${prose(remedy.how)}</dd><dt>Effect</dt><dd>${effectWords(remedy)}</dd></dl>
${addressesOf(remedy)}</li>
`

function addressesOf({ affected, accounts }: Remedy): Part {
  const first = affected.length < accounts ? `the first ${affected.length} of ` : ''
  return addresses(affected, `About ${first}${count(accounts, 'account')}`)
}

function notCoveredSection(report: CoverageReport): readonly Section[] {
  const words = notCoveredWords(report)
  if (words.length === 0) return []
  const items = words.map(item => markup`<li class="sentence">${prose(item)}</li>\n`)
  return [{ id: 'not-covered', title: 'Not covered by design', body: markup`<ul>${items}</ul>` }]
}

function newExternalsSection({ newExternals }: CoverageReport): readonly Section[] {
  if (newExternals === undefined) return []
  const { since, accounts } = newExternals
  return [
    {
      id: 'new-externals',
      title: 'New external accounts',
      body: markup`<p>Since the check at ${timeOf(since)}: ${accounts.length === 0 ? 'none' : digits(accounts.length)}.</p>
${addresses(accounts, count(accounts.length, 'account'))}`,
    },
  ]
}

function unclaimedSection({ unclaimed }: CoverageReport): readonly Section[] {
  if (unclaimed.length === 0) return []
  return [
    {
      id: 'unclaimed',
      title: 'Unclaimed accounts',
      body: markup`<p>They are on your verified domains, but not claimed: claimed, they would be managed.</p>
${unclaimed.map(
  ({ domain, accounts }) => markup`<h3>${named(domain)}: ${count(accounts.length, 'account')}</h3>
${addresses(accounts, 'Addresses')}
`,
)}`,
    },
  ]
}
