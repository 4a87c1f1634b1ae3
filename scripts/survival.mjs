// The long runs: every kill, every fault, every secret under all of them. Prints what was tried, in all. Arguments go to vitest.
import { spawn } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'
import { root } from './ensure-installed.mjs'
import { longSuites } from './long-suites.mjs'

const child = spawn(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    'test/survival',
    'test/ledger',
    'test/operations/open-run',
    ...longSuites,
    '--maxWorkers=2',
    ...process.argv.slice(2),
  ],
  { cwd: root, env: { ...process.env, POSTERN_SURVIVAL: 'full' }, stdio: ['ignore', 'pipe', 'inherit'] },
)
let text = ''
child.stdout.setEncoding('utf8').on('data', chunk => {
  text += chunk
  process.stdout.write(chunk)
})
child.once('close', code => {
  const totals = new Map()
  // Such as `crash: 2 stories, 134 requests, 402 kills, 0 differences`, one for each file of tests.
  for (const [, suite, counts] of stripVTControlCharacters(text).matchAll(
    /^(crash|faults): (\d+ [a-z ]+(?:, \d+ [a-z ]+)*)/gm,
  )) {
    const total = totals.get(suite) ?? new Map()
    for (const [, number, what] of counts.matchAll(/(\d+) ([a-z ]+)/g))
      total.set(what.trim(), (total.get(what.trim()) ?? 0) + Number(number))
    totals.set(suite, total)
  }
  for (const [suite, total] of totals)
    console.log(`${suite}: ${[...total].map(([what, number]) => `${number} ${what}`).join(', ')}`)
  process.exitCode = code ?? 1
})
