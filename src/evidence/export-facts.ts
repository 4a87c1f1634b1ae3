import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { compareText } from '../model/address.ts'
import { grouped } from '../model/grouped.ts'
import type { Fact } from '../model/evidence.ts'
import type { Json } from '../model/json.ts'
import { cellMeaning } from './cell-values.ts'
import type { ConsoleExport } from './read-export.ts'

/** Facts, and what in the export proves nothing. */
export interface ExportFacts {
  readonly facts: readonly Fact[]
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * What *Export members* shows of each policy. Every row repeats the settings of its member's policy: where the rows of one policy disagree, or
 * a cell is not understood, there is no fact.
 */
export function factsOfMembers(file: string, { rows }: ConsoleExport, at: string): ExportFacts {
  return collect(
    file,
    at,
    byName(rows, ({ policyName = '' }) => (policyName === '' ? undefined : policyName)),
  )
}

/** What *Export accounts* shows, once it is known which policy each account is in. It names no policies itself. */
export const factsOfAccounts = (
  rows: readonly Readonly<Record<string, string>>[],
  at: string,
  policyOf: (accountId: string) => string | undefined,
): readonly Fact[] => {
  return collect(
    '',
    at,
    byName(rows, ({ accountId = '' }) => policyOf(accountId)),
  ).facts
}

/** The rows of each policy, sorted by its name. */
const byName = (
  rows: readonly Readonly<Record<string, string>>[],
  nameOf: (row: Readonly<Record<string, string>>) => string | undefined,
): readonly PolicyRows[] =>
  [...grouped(rows, nameOf)].sort(([a], [b]) => compareText(a, b)).map(([name, own]) => ({ name, rows: own }))

interface PolicyRows {
  readonly name: string
  readonly rows: readonly Readonly<Record<string, string>>[]
}

function collect(file: string, at: string, policies: readonly PolicyRows[]): ExportFacts {
  const facts: Fact[] = []
  const diagnostics: Diagnostic[] = []
  const unread = new Map<string, Set<string>>()
  for (const { name, rows } of policies) {
    for (const [column, { path, meaning }] of Object.entries(cellMeaning)) {
      const cells = [...new Set(rows.map(row => row[column] ?? ''))].filter(cell => cell !== '')
      const values = new Map<string, Json>()
      for (const cell of cells) {
        const value = meaning(cell)
        if (value === undefined) unread.set(column, (unread.get(column) ?? new Set()).add(cell))
        else values.set(JSON.stringify(value), value)
      }
      const [value] = values.values()
      if (values.size > 1)
        diagnostics.push(diagnostic('evidence/rows-disagree', { file, policy: name, column, values: cells }))
      else if (value !== undefined && cells.every(cell => meaning(cell) !== undefined)) {
        facts.push({ address: { kind: 'AuthenticationPolicy', name }, path, value, from: 'export', at })
      }
    }
  }
  for (const [column, cells] of unread)
    diagnostics.push(diagnostic('evidence/unread-cells', { file, column, values: [...cells].sort(compareText) }))
  return { facts, diagnostics }
}
