import { parseArgs } from 'node:util'

/** What the bench was asked for. */
export interface Arguments {
  /** Names of rows; all of them where it is empty. */
  readonly only: readonly string[]
  readonly rounds: number | undefined
  readonly json: string | undefined
  readonly quick: boolean
  readonly help: boolean
}

/** Reads the command line. What is not understood is returned as text. */
export function readArguments(argv: readonly string[], names: readonly string[]): Arguments | string {
  let values
  try {
    ;({ values } = parseArgs({
      args: [...argv],
      options: {
        only: { type: 'string', multiple: true, default: [] },
        rounds: { type: 'string' },
        json: { type: 'string' },
        quick: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }))
  } catch (error) {
    return error instanceof Error ? error.message : 'the arguments cannot be read'
  }
  const only = values.only.flatMap(text => text.split(',')).map(text => text.trim())
  const unknown = only.filter(name => !names.includes(name))
  if (unknown.length > 0) return `there is no row ${unknown.join(', ')}; the rows are ${names.join(', ')}`
  const rounds = values.rounds === undefined ? undefined : Number(values.rounds)
  if (rounds !== undefined && !(Number.isInteger(rounds) && rounds > 0)) return '--rounds takes a number from 1 on'
  const { json, quick, help } = values
  return { only, rounds, json, quick, help }
}

export const helpText = (rows: readonly { readonly name: string; readonly title: string }[]): string => `\
Usage: npm run bench -- [options]

Measures whole processes in alternation, as medians of ratios, and says which
goals are met. Exits with 1 where something could not be measured.

Options:
  --only <name,…>   only these rows
  --rounds <n>      so many rounds of each, whatever a row has by itself
  --quick           small sizes and few rounds: shows that it works, no more
  --json <file>     where the numbers go (default: bench/results.json)
  --help            print this

BENCH_PEERS is where the programs it compares with are installed
(default: bench/.peers).

Rows:
${rows.map(({ name, title }) => `  ${name.padEnd(12)}${title}`).join('\n')}`
