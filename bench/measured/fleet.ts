// One organization of a fleet, as its functions look at it: what a check costs. Prints one JSON line. Run by bench/rows/fleet.ts.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import { outcome } from '../../src/diagnostics/outcome.ts'
import { apply } from '../../src/lambda/apply.ts'
import { awsWorld } from '../../src/lambda/aws-world.ts'
import { check } from '../../src/lambda/check.ts'
import { organizationRun } from '../../src/lambda/organization-run.ts'
import { documentsKey } from '../../src/lambda/places.ts'
import { undiciTransport } from '../../src/org/undici-transport.ts'
import { startObjectStore } from '../../test/lambda/object-store.ts'

const [policies = '', url = '', key = '', latency = '0'] = process.argv.slice(2)
const commit = '0'.repeat(40)
const store = await startObjectStore()
Object.assign(process.env, {
  AWS_ENDPOINT_URL_S3: store.url,
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
  AWS_REGION: 'eu-central-1',
})
const files = readdirSync(policies, { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile())
  .map(entry => join(entry.parentPath, entry.name))
store.put(
  documentsKey(commit),
  Buffer.from(
    zipSync(Object.fromEntries(files.map(file => [`policies/${file.slice(policies.length + 1)}`, readFileSync(file)]))),
  ),
)

/** The quotas that the vendor publishes or that were seen, by the end of the path; everything else has none that is known. */
const quotas: readonly (readonly [RegExp, string])[] = [
  [/\/last-active-dates$/, 'last-active-dates'],
  [/\/events-stream$/, 'events-stream'],
  [/\/events$/, 'events'],
]
const classOf = (path: string): string => quotas.find(([end]) => end.test(path))?.[1] ?? 'other'

let wait = 0
let calls: Record<string, number> = {}
let bytes = 0
const carry = undiciTransport()
const transport: typeof carry = Object.assign(
  async (request: Parameters<typeof carry>[0]) => {
    const quota = classOf(new URL(request.url).pathname)
    calls[quota] = (calls[quota] ?? 0) + 1
    if (wait > 0) await new Promise(resolve => setTimeout(resolve, wait))
    const answer = await carry(request)
    bytes += answer.body.length
    return answer
  },
  { close: () => Promise.resolve() },
)
const lines: string[] = []
const world = {
  ...awsWorld(),
  env: { POSTERN_BUCKET: 'bench', POSTERN_SECRET: 'bench', POSTERN_API_URL: url },
  secret: () => Promise.resolve(outcome(key, [])),
  log: (line: string) => void lines.push(line),
  network: { transport },
}
const invocation = { getRemainingTimeInMillis: () => 900_000 }

async function measured(job: 'drift' | 'apply') {
  calls = {}
  bytes = 0
  const before = store.text().length
  store.asked.clear()
  const began = performance.now()
  const cpu = process.cpuUsage()
  const { result, counts } = await organizationRun(world, job, job === 'apply' ? apply : check, { commit }, invocation)
  const { user, system } = process.cpuUsage(cpu)
  return {
    job,
    result,
    counts,
    seconds: (performance.now() - began) / 1000,
    cpuSeconds: (user + system) / 1e6,
    calls,
    bytes,
    s3: Object.fromEntries(store.asked),
    // Reports are new objects; of the ledger little is added.
    reportBytes: store.text().length - before,
    logBytes: lines.splice(0).join('\n').length,
    megabytes: process.resourceUsage().maxRSS / 1024,
  }
}

// The first one loads everything, as a function that was just started does.
const first = await measured('drift')
const applied = await measured('apply')
const warm = await measured('drift')
wait = Number(latency)
const slow = wait === 0 ? undefined : await measured('drift')
const stored = store.keys().length
await Promise.all([carry.close?.(), store.close()])
console.log(JSON.stringify({ first, applied, warm, slow, stored }))
