import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { CoverageLevel } from '../../src/model/coverage.ts'
import { decisionTable, type DecisionTable, type TableSource } from './decision-table.ts'

/** The tables of the data file. */
export const names = [
  'declaration',
  'provider',
  'managed',
  'external',
  'membership',
  'tokens',
  'liveTokens',
  'requirement',
  'declaredManaged',
  'declaredExternal',
] as const

export type Name = (typeof names)[number]

interface Source extends Readonly<Record<Name, TableSource>> {
  readonly levels: readonly string[]
  readonly enough: Readonly<Record<CoverageLevel, readonly string[]>>
  readonly apps: { readonly covered: readonly string[]; readonly uncovered: readonly string[] }
  /** By table and column: values that speak against a result. */
  readonly against: Readonly<Partial<Record<Name, Readonly<Record<string, readonly string[]>>>>>
}

/** The data file. */
export const source = parse(readFileSync(new URL('truth-table.yaml', import.meta.url), 'utf8')) as Source
export const tables = Object.fromEntries(names.map(name => [name, decisionTable(source[name])])) as Record<
  Name,
  DecisionTable
>
