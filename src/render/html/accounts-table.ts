import { coverageLevels, type AccountCoverage, type CoverageReport } from '../../model/coverage.ts'
import { compareText } from '../../model/address.ts'
import { count } from '../../diagnostics/wording.ts'
import { evidenceList, lastActiveWords } from '../coverage-words.ts'
import { dataTable, type Column } from './data-table.ts'
import { markup, nothing, type Markup, type Part } from './markup.ts'
import { digits } from '../digits.ts'
import { timeOf, type Section } from './words.ts'

/** What stands for the declared level of an account that the plan takes access from. */
const losesAccess = 'loses access'

/** Every counted account where the report lists them, else those with a gap; the most dangerous first, as they are given. */
export function accountsSection({ accounts, gaps, totals }: CoverageReport, now: Date): Section {
  const rows = accounts ?? gaps
  const title = accounts === undefined ? `Gaps: ${count(gaps.length, 'account')}` : 'Accounts'
  if (rows.length === 0)
    return {
      id: 'accounts',
      title,
      body: markup`<p>${totals.accounts === 0 ? 'No account is shown: nothing is measured.' : 'No gaps.'}</p>`,
    }
  const what =
    accounts === undefined
      ? `${digits(gaps.length)} of ${count(totals.accounts, 'account')} below step-up, with a token that goes around sign-in, or short of a requirement. With --all every account is listed.`
      : `Every counted account; ${digits(gaps.length)} of ${digits(rows.length)} have a gap: they are below step-up, have a token that goes around sign-in, or are short of a requirement.`
  return {
    id: 'accounts',
    title,
    body: markup`<p>${what}</p>
${dataTable<AccountCoverage>({
  id: 'account-table',
  caption: 'Accounts, the most dangerous first',
  noun: 'accounts',
  filter: true,
  rows,
  columns: columnsOf(rows, now),
})}`,
  }
}

function columnsOf(rows: readonly AccountCoverage[], now: Date): readonly Column<AccountCoverage>[] {
  const classes = [...new Set(rows.map(({ accountClass }) => accountClass))].sort(compareText)
  return [
    { name: 'Account', isRowHeading: true, width: 'wide', cell: accountCell },
    { name: 'Class', width: 'narrow', pick: classes, cell: ({ accountClass }) => accountClass },
    { name: 'Policy', cell: ({ policy }) => policy ?? 'not known' },
    {
      name: 'Level',
      width: 'narrow',
      sort: coverageLevels,
      pick: coverageLevels,
      tone: ({ level }) => `level-${level}`,
      cell: ({ level }) => level,
    },
    {
      name: 'Declared',
      width: 'narrow',
      sort: [losesAccess, ...coverageLevels],
      tone: ({ declaredLevel }) => (declaredLevel === undefined ? 'no-level' : `level-${declaredLevel}`),
      cell: ({ declaredLevel }) => declaredLevel ?? losesAccess,
    },
    { name: 'Live tokens', width: 'narrow', sort: 'number', cell: tokensCell },
    { name: 'Roles', cell: ({ roles }) => roles.join(', ') },
    { name: 'Last active', width: 'narrow', cell: lastActiveCell },
    { name: 'Why no higher', width: 'wide', cell: gap => reasonCell(gap, now) },
    { name: 'Short of', cell: shortOfCell },
  ]
}

/** Address, name and what makes the account dangerous. With twenty thousand rows each element counts, so there is one for both. */
function accountCell({ account, name, risk }: AccountCoverage): Part {
  // Tokens have a column of their own.
  const risks = risk.filter(one => one !== 'tokens').join(', ')
  const about = [...(name === undefined ? [] : [name]), ...(risks === '' ? [] : [`risk: ${risks}`])]
  return [account.email, about.length === 0 ? nothing : markup`<small>${about.join(' · ')}</small>`]
}

function tokensCell({ bypass: { liveTokens, policyAllows } }: AccountCoverage): string {
  if (liveTokens === 'unknown') return 'not known'
  if (liveTokens === 0 || policyAllows === true) return digits(liveTokens)
  return `${digits(liveTokens)} (${policyAllows === false ? 'blocked by the policy' : 'policy not known'})`
}

const lastActiveCell = ({ lastActive }: AccountCoverage): Part =>
  typeof lastActive === 'string' ? timeOf(lastActive) : lastActiveWords(lastActive)

const reasonCell = ({ reason, evidence }: AccountCoverage, now: Date): Part => [
  reason,
  evidence.length === 0 ? nothing : markup`<small>evidence: ${evidenceList(evidence, now)}</small>`,
]

const shortOfCell = ({ unmet, exceptions = [] }: AccountCoverage): Part => [
  unmet.join(', '),
  exceptions.map(
    ({ name, requirement, expires }): Markup =>
      markup`<small>excepted from “${requirement}” until ${timeOf(expires)} (“${name}”)</small>`,
  ),
]
