// `npm run check`: the whole gate. Each part runs even where one before it failed, so that one run shows everything.
import { spawnSync } from 'node:child_process'
import { ensureBuilt, root } from './ensure-installed.mjs'

ensureBuilt()
const parts = [
  ['types', 'node_modules/typescript/bin/tsc'],
  ['lint', 'node_modules/eslint/bin/eslint.js', '.'],
  ['format', 'node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
  ['generated files', 'node_modules/tsx/dist/cli.mjs', 'scripts/generate.ts', '--check'],
  ['sizes', 'scripts/size-budget.mjs'],
  ...(process.argv.includes('--no-tests') ? [] : [['tests', 'node_modules/vitest/vitest.mjs', 'run']]),
]
const failed = parts.filter(([name, script, ...args]) => {
  process.stdout.write(`— ${name}\n`)
  return spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit' }).status !== 0
})
process.stdout.write(failed.length === 0 ? 'all good\n' : `failed: ${failed.map(([name]) => name).join(', ')}\n`)
process.exitCode = failed.length === 0 ? 0 : 1
