import type { AccountCoverage, CoverageReport } from '../model/coverage.ts'
import { csvTable, type Cell } from './csv-table.ts'
import { evidenceSource } from './coverage-words.ts'

type Column = readonly [title: string, cell: (row: AccountCoverage) => Cell]

const columns: readonly Column[] = [
  ['email', ({ account }) => account.email],
  ['account id', ({ account }) => account.accountId ?? ''],
  ['name', ({ name }) => name ?? ''],
  ['class', ({ accountClass }) => accountClass],
  ['policy', ({ policy }) => policy ?? ''],
  ['level', ({ level }) => level],
  // Empty where the plan takes access from the account.
  ['declared level', ({ declaredLevel }) => declaredLevel ?? ''],
  ['live tokens', ({ bypass }) => bypass.liveTokens],
  ['policy allows tokens', ({ bypass }) => yesOrNo(bypass.policyAllows)],
  ['risk', ({ risk }) => list(risk)],
  ['roles', ({ roles }) => list(roles)],
  ['apps', ({ products }) => (products === undefined ? 'unknown' : list(products))],
  ['last active', ({ lastActive }) => (lastActive === undefined ? 'unknown' : (lastActive ?? 'never'))],
  ['unmet requirements', ({ unmet }) => list(unmet)],
  [
    'excepted until',
    ({ exceptions = [] }) => list(exceptions.map(({ expires, requirement }) => `${expires} (${requirement})`)),
  ],
  ['reason', ({ reason }) => reason],
  ['evidence', ({ evidence }) => list(evidence.map(item => `${item.path} (${evidenceSource(item)}, ${item.at})`))],
]

const list = (items: readonly string[]): string => items.join(', ')

const yesOrNo = (value: boolean | 'unknown'): string => (value === 'unknown' ? value : value ? 'yes' : 'no')

/** One row for each account that the report lists: every counted one where that was asked for, else the gaps. */
export const coverageCsv = ({ accounts, gaps }: CoverageReport): string =>
  csvTable(
    columns.map(([title]) => title),
    (accounts ?? gaps).map(row => columns.map(([, cell]) => cell(row))),
  )
