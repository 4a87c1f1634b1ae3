// `npm test`: installs and builds what is missing, then runs the tests. Arguments go to vitest.
import { spawnSync } from 'node:child_process'
import { ensureBuilt, root } from './ensure-installed.mjs'

ensureBuilt()
const { status } = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
})
process.exitCode = status ?? 1
