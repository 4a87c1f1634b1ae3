// A fleet: what a check of one organization costs, measured against a simulator, and what a thousand of them come to. `node bench/fleet.mjs [--accounts N] [--json]` alone prints it.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { ensureBuilt, root } from '../scripts/ensure-installed.mjs'
import { fleetFigures } from './fleet-figures.mjs'

const given = process.argv.indexOf('--accounts')
const accounts = given === -1 ? 10_000 : Number(process.argv[given + 1])

/** The one that answers: a process of its own, so that its time is not counted. Quotas are reckoned with later; here they would only make it wait. */
const simulator = `import { simulate } from ${JSON.stringify(pathToFileURL(join(root, 'dist/simulator.js')).href)}
const { url, apiKey } = await simulate({ accounts: ${accounts}, rateLimits: 'off' })
console.log(JSON.stringify({ url, apiKey }))`

/** Milliseconds until the API answers. It is not published: an assumption, in both directions of what people see. */
const latency = 250

/** Measures one organization in a process of its own. */
export async function fleetScale(env) {
  const folder = mkdtempSync(join(tmpdir(), 'postern-bench-'))
  const answering = spawn(process.execPath, ['--input-type=module', '-e', simulator], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const [line] = await new Promise((resolve, reject) => {
      answering.once('exit', code => reject(new Error(`the simulator ended with ${code}`)))
      createInterface({ input: answering.stdout }).once('line', text => resolve([text]))
    })
    const { url, apiKey } = JSON.parse(line)
    const outfile = join(folder, 'fleet.mjs')
    await build({
      entryPoints: [join(root, 'bench/fleet.ts')],
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile,
      external: ['@aws-sdk/client-secrets-manager'],
      logLevel: 'error',
      banner: {
        js: "import { createRequire as $createRequire } from 'node:module'; const require = $createRequire(import.meta.url);",
      },
    })
    const measuring = spawn(process.execPath, [outfile, join(root, 'policies'), url, apiKey, String(latency)], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let text = ''
    measuring.stdout.on('data', chunk => (text += chunk))
    const status = await new Promise(resolve => measuring.once('close', resolve))
    if (status !== 0) throw new Error(`the measurement ended with ${status}`)
    const measured = JSON.parse(text)
    return { accounts, latency, ...measured, figures: fleetFigures({ accounts, latency, ...measured }) }
  } finally {
    answering.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}

const n = (value, digits = 0) => value.toLocaleString('en-US', { maximumFractionDigits: digits })

/** What was measured and what it comes to, as text. */
export function fleetText({ accounts: size, first, warm, slow, figures }) {
  const calls = Object.entries(warm.calls).map(([name, count]) => `${count} ${name}`)
  const { assumed, organizations, perCheck, run, month, limits } = figures
  return `
a fleet: a check of one organization of ${n(size)} accounts
  requests to the API                  ${n(perCheck.calls)} (${calls.join(', ')}), ${n(warm.bytes / 2 ** 20, 1)} MB of answers
  processor time, cold and warm        ${n(first.cpuSeconds, 2)} s, ${n(warm.cpuSeconds, 2)} s; most memory ${n(warm.megabytes)} MB
  with answers after ${assumed.latency} ms            ${n(slow.seconds, 1)} s
  requests to the bucket               ${n(perCheck.s3Reads)} reads, ${n(perCheck.s3Writes)} writes and listings
${n(organizations)} of them, ${assumed.maxConcurrency} at a time, every ${assumed.everyMinutes} minutes (assumed, not measured: prices, latency, share of a processor)
  one run                              ${n(run.minutes, 1)} min, ${n(run.calls)} requests, ${n(run.gigabyteSeconds)} GB-seconds, ${n(run.transitions)} transitions
  a month                              ${n(month.total)} USD: ${month.parts.map(({ name, usd }) => `${name} ${n(usd)}`).join(', ')}
  a month, checked once a day          ${n(month.daily)} USD
${limits.map(({ what, value }) => `  ${what.padEnd(37)}${value}`).join('\n')}`
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  ensureBuilt()
  const env = { ...process.env }
  delete env.NODE_EXTRA_CA_CERTS
  const scale = await fleetScale(env)
  console.log(fleetText(scale))
  if (process.argv.includes('--json')) console.log(JSON.stringify(scale, null, 2))
}
