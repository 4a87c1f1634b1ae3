import { join } from 'node:path'
import { newFolder } from '../harness/children.ts'
import { compared, medianOf } from '../harness/compared.ts'
import { expectEqual } from '../harness/expect-equal.ts'
import { oneProcess, type Command, type Run } from '../harness/one-process.ts'
import { alternate } from '../harness/pairs.ts'
import { figure, type Bench, type Line, type Row } from '../harness/row.ts'
import { countOf, startSimulator, type RunningSimulator } from '../harness/simulator.ts'
import { leastRequests } from './least-requests.ts'
import type { NamedByDocuments } from '../harness/organization-sizes.ts'

const root = join(import.meta.dirname, '../..')
const organizationId = '96c9b91d-3eab-41b4-9d9c-09eb84db70cf'

/** What the folder `policies/` names. */
export const namedByPolicies: NamedByDocuments = {
  groups: ['contractors'],
  allowlists: ['Office and VPN'],
  breakGlass: ['root@acme.com', 'root@acme-emergency.example'],
  inactiveAfterDays: 90,
}

/** Bytes that a plan may take without any account, and for each. */
const baseBytes = 120 * 2 ** 20
const accountBytes = 1024

/** A plan of a large organization: nearly all of it is waiting for answers, and each page tells where the next is. */
export const planAccounts: Row = {
  name: 'plan',
  title: 'plan of 100,000 accounts',
  measure: bench => planOf(bench, bench.quick ? 2000 : 100_000, bench.quick ? 1 : 3),
}

/** The same five times as large, and whether memory grew as accounts did. */
export const planLarge: Row = {
  name: 'plan-large',
  title: 'plan of 500,000 accounts',
  async *measure(bench) {
    const [small, middle, large] = bench.quick ? ([1000, 2000, 10_000] as const) : ([10_000, 100_000, 500_000] as const)
    let peak: number | undefined
    for await (const line of planOf(bench, large, 1)) {
      if (line.type === 'compared') peak = line.peakBytes
      yield line
    }
    if (peak === undefined || bench.quick) return
    const peaks = [await peakAt(bench, small), await peakAt(bench, middle)] as const
    const perAccount = (peak - peaks[1]) / (large - middle)
    yield figure('memory, for each account more', perAccount, 'bytes')
    yield figure('growth of memory, late / early', perAccount / ((peaks[1] - peaks[0]) / (middle - small)), 'times', {
      atMost: 1.5,
    })
  },
}

async function* planOf(bench: Bench, accounts: number, rounds: number): AsyncGenerator<Line, void> {
  const simulator = await organizationOf(bench, accounts)
  try {
    const least = leastRequests(await simulator.sizes())
    // The most of all rounds: what the plan says, and what came. They differ where a connection broke.
    let [said, came] = [0, 0]
    bench.say(`plan of ${accounts} accounts`)
    const of = await alternate(
      {
        own: {
          command: () => planCommand(bench, simulator),
          check: async run => {
            said = Math.max(said, readsOf(run))
            came = Math.max(came, countOf(await simulator.asked()))
          },
        },
        floor: {
          command: () => ({
            args: [
              join(root, 'bench/floor/read-organization.mjs'),
              JSON.stringify({ url: simulator.url, apiKey: simulator.apiKey, organizationId, named: namedByPolicies }),
            ],
            env: bench.env,
          }),
          check: async ({ stdout }) => {
            expectEqual('requests of the bare script', Number(stdout), least)
            expectEqual('requests that came from the bare script', countOf(await simulator.asked()), least)
          },
        },
      },
      {
        rounds: bench.rounds(rounds),
        warmUp: 0,
        signal: simulator.signal,
        onRound: round => bench.say(`plan of ${accounts} accounts, round ${round}`),
      },
    )
    yield compared(`plan of ${accounts.toLocaleString('en-US')} / bare undici`, of('own'), of('floor'), {
      atMost: 1.15,
    })
    yield figure('requests, as the plan says', said, 'requests', { equal: least })
    yield figure('requests that came', came, 'requests', { equal: least })
    const peak = medianOf(of('own'), 'peakBytes')
    if (peak === undefined) yield { type: 'skipped', name: 'memory', why: 'the system has no /proc to see it in' }
    else {
      const goal = { atMost: (baseBytes + accounts * accountBytes) / 2 ** 20 }
      yield figure('memory', peak / 2 ** 20, 'MB', goal)
    }
  } finally {
    simulator.stop()
  }
}

async function peakAt(bench: Bench, accounts: number): Promise<number> {
  bench.say(`memory at ${accounts} accounts`)
  const simulator = await organizationOf(bench, accounts)
  try {
    const { peakBytes } = await oneProcess(planCommand(bench, simulator), simulator.signal)
    return peakBytes ?? Number.NaN
  } finally {
    simulator.stop()
  }
}

function organizationOf(bench: Bench, accounts: number): Promise<RunningSimulator> {
  bench.say(`making ${accounts} accounts`)
  return startSimulator(bench, { options: { accounts, rateLimits: 'off' }, latency: 20, named: namedByPolicies })
}

/** A plan of an organization that was never applied to. It may be that a guard would block. */
const planCommand = ({ dist, env }: Bench, { url, apiKey }: RunningSimulator): Command => ({
  args: [
    join(dist, 'postern.cjs'),
    ...['plan', join(root, 'policies'), '--format', 'json', '--ledger', newFolder('ledger')],
  ],
  env: { ...env, POSTERN_API_URL: url, POSTERN_API_KEY: apiKey },
  ends: [2, 3],
})

const readsOf = ({ stdout }: Run): number => (JSON.parse(stdout) as { requests: { reads: number } }).requests.reads
