// Who has to pass what, for 100,000 accounts: time after loading, and memory above the base.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { build } from 'esbuild'
import { root } from '../scripts/ensure-installed.mjs'

const accounts = 100_000

/** Measures in a process of its own, against a simulator in another. */
export async function coverageScale(env) {
  const folder = mkdtempSync(join(tmpdir(), 'postern-bench-'))
  const simulator = spawn(
    process.execPath,
    ['dist/postern.cjs', 'simulate', '--port', '0', '--api-key', 'bench', '--accounts', String(accounts)],
    { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  try {
    const [line] = await new Promise((resolve, reject) => {
      simulator.once('exit', code => reject(new Error(`the simulator ended with ${code}`)))
      createInterface({ input: simulator.stdout }).once('line', text => resolve([text]))
    })
    const { url, apiKey } = JSON.parse(line)
    const outfile = join(folder, 'coverage.mjs')
    await build({
      entryPoints: [join(root, 'bench/coverage.ts')],
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile,
      logLevel: 'error',
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    })
    const run = spawnSync(
      process.execPath,
      ['--expose-gc', outfile, join(root, 'policies'), url, apiKey, join(folder, 'ledger')],
      { cwd: root, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
    )
    if (run.status !== 0) throw new Error(`the measurement ended with ${run.status}`)
    return JSON.parse(run.stdout)
  } finally {
    simulator.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}
