import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { helpText, readArguments } from './arguments.ts'
import { leaveNothingBehind, newFolder } from './harness/children.ts'
import { describeMachine, machineText } from './harness/machine.ts'
import { heading, lineText, summary } from './harness/table.ts'
import { linesOf } from './harness/lines-of.ts'
import type { Bench, Line } from './harness/row.ts'
import { peersIn } from './peers/install.ts'
import { rows } from './rows/index.ts'

const root = join(import.meta.dirname, '..')

/** Runs the bench, prints the table, writes the numbers, and returns the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  const asked = readArguments(
    argv,
    rows.map(({ name }) => name),
  )
  if (typeof asked === 'string') {
    console.error(asked)
    return 1
  }
  if (asked.help) {
    console.log(helpText(rows))
    return 0
  }
  leaveNothingBehind()
  const machine = describeMachine(root, new Date())
  console.log(machineText(machine))
  for (const warning of machine.warnings) console.log(`warning: ${warning}`)
  if (asked.quick) console.log('quick: everything is small, and what is said of goals means nothing')
  console.log(`\n${heading()}`)

  const dist = newFolder('dist')
  cpSync(join(root, 'dist'), dist, { recursive: true })
  const env = environmentOf(process.env)
  const bench: Bench = {
    env,
    quick: asked.quick,
    rounds: own => asked.rounds ?? own,
    dist,
    peers: peersIn(process.env['BENCH_PEERS'] ?? join(root, 'bench/.peers'), env, say),
    say,
  }
  const measured: { readonly name: string; readonly lines: readonly Line[] }[] = []
  for (const row of rows) {
    if (asked.only.length > 0 && !asked.only.includes(row.name)) continue
    console.log(`\n${row.title}`)
    const lines: Line[] = []
    for await (const line of linesOf(row, bench)) {
      lines.push(line)
      say('')
      console.log(lineText(line))
    }
    measured.push({ name: row.name, lines })
  }
  const lines = measured.flatMap(row => row.lines)
  console.log(`\n${summary(lines)}`)
  writeFileSync(
    asked.json ?? join(root, 'bench/results.json'),
    `${JSON.stringify({ machine, quick: asked.quick, rows: measured }, null, 2)}\n`,
  )
  return lines.some(({ type }) => type === 'failed') ? 1 : 0
}

/** Without what belongs to the person who measures: certificates are read at every start, and settings of Postern change what it does. */
function environmentOf(all: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(all).filter(([name]) => name !== 'NODE_EXTRA_CA_CERTS' && !name.startsWith('POSTERN_'))
  return Object.fromEntries(kept)
}

/** Shows whoever waits at a terminal what is going on, on one line that is overwritten. */
function say(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text === '' ? '' : `  ${text} …`}`)
}
