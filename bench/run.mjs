// `npm run bench`: whole processes, in alternation with a bare Node.js, as medians of ratios. Absolute times say more about the machine than about Postern.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { ensureBuilt, root } from '../scripts/ensure-installed.mjs'
import { coverageScale } from './coverage-scale.mjs'
import { fleetScale, fleetText } from './fleet.mjs'

ensureBuilt()
const rounds = 31
const warmUp = 4

// Extra certificates are read at every start of Node.js and have nothing to do with what is compared.
const env = { ...process.env }
delete env.NODE_EXTRA_CA_CERTS

const floor = ['-e', '0']
const rows = [
  { name: 'postern --version', args: ['dist/postern.cjs', '--version'], goal: undefined },
  { name: 'postern validate policies', args: ['dist/postern.cjs', 'validate', 'policies'], goal: 1.7 },
  // Until it tells Terraform where it listens. Without certificates: making those is not its own time.
  { name: 'the provider’s handshake', args: ['dist/terraform-provider-postern'], handshake: true },
]

/** What Terraform says to a program that it starts. */
const asTerraform = {
  TF_PLUGIN_MAGIC_COOKIE: 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2',
  PLUGIN_PROTOCOL_VERSIONS: '6',
}

/** Milliseconds until a program that goes on writes its first line. */
async function untilFirstLine(args) {
  const start = process.hrtime.bigint()
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...env, ...asTerraform },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  await once(child.stdout, 'data')
  const time = Number(process.hrtime.bigint() - start) / 1e6
  child.kill('SIGKILL')
  await once(child, 'close')
  return time
}

function milliseconds(args) {
  const start = process.hrtime.bigint()
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'ignore', 'pipe'] })
  const time = Number(process.hrtime.bigint() - start) / 1e6
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`)
  return time
}

const median = values => [...values].sort((a, b) => a - b)[values.length >> 1]
const spread = values => {
  const sorted = [...values].sort((a, b) => a - b)
  return (sorted[Math.floor(sorted.length * 0.75)] - sorted[Math.floor(sorted.length * 0.25)]) / median(values)
}

const results = []
for (const { name, args, goal, handshake = false } of rows) {
  const pairs = []
  for (let round = 0; round < rounds + warmUp; round++) {
    const pair = { floor: milliseconds(floor), own: handshake ? await untilFirstLine(args) : milliseconds(args) }
    if (round >= warmUp) pairs.push(pair)
  }
  const ratios = pairs.map(({ floor: a, own }) => own / a)
  results.push({
    name,
    floorMilliseconds: median(pairs.map(pair => pair.floor)),
    milliseconds: median(pairs.map(({ own }) => own)),
    ratio: median(ratios),
    spread: spread(ratios),
    ...(goal !== undefined && { goal, met: median(ratios) <= goal }),
  })
}

const machine = {
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  node: process.version,
}
console.log(
  `${machine.cores} × ${machine.cpu}, ${machine.memoryGiB} GiB, Node.js ${machine.node}; ${rounds} pairs each\n`,
)
console.log(
  `${'command'.padEnd(28)}${'node -e 0'.padStart(12)}${'command'.padStart(12)}${'ratio'.padStart(9)}${'spread'.padStart(9)}  goal`,
)
for (const { name, floorMilliseconds, milliseconds: own, ratio, spread: wide, goal, met } of results) {
  console.log(
    `${name.padEnd(28)}${`${floorMilliseconds.toFixed(0)} ms`.padStart(12)}${`${own.toFixed(0)} ms`.padStart(12)}${ratio.toFixed(2).padStart(9)}${`${(wide * 100).toFixed(0)} %`.padStart(9)}` +
      (goal === undefined ? '' : `  at most ${goal}: ${met ? 'met' : 'NOT MET'}`),
  )
}
const scale = await coverageScale(env)
const goal = (value, limit, unit) =>
  `${value.toFixed(0)} ${unit}, at most ${limit}: ${value <= limit ? 'met' : 'NOT MET'}`
console.log(`
coverage of ${scale.accounts} accounts in one process (all ${scale.gaps} of them gaps, the worst case)
  what each has to pass, by level      ${goal(scale.assessMilliseconds, 1000, 'ms')}
  the whole report, remedies and all   ${goal(scale.coldMilliseconds, 1000, 'ms')} (${scale.warmMilliseconds.toFixed(0)} ms when warm)
  beside parsing the same answers      ${(scale.coldMilliseconds / scale.parseMilliseconds).toFixed(2)} times JSON.parse of their users
  memory above the base, per account   ${goal(scale.bytesPerAccountMeasured, 1024, 'bytes')}
  loading them over HTTP               ${(scale.loadingMilliseconds / 1000).toFixed(1)} s`)
const fleet = await fleetScale(env)
console.log(fleetText(fleet))
writeFileSync(
  new URL('./results.json', import.meta.url),
  `${JSON.stringify({ machine, results, scale, fleet }, null, 2)}\n`,
)
