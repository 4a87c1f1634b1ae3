import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Scenario } from '../../src/simulator/index.ts'
import { newFolder } from '../harness/children.ts'
import { expectEqual } from '../harness/expect-equal.ts'
import { oneProcess } from '../harness/one-process.ts'
import { figure, type Bench, type Row } from '../harness/row.ts'
import { countOf, startSimulator, type Asked } from '../harness/simulator.ts'
import { median } from '../harness/statistics.ts'
import { leastSeconds, leastWrites } from './least-requests.ts'

const organizationId = '96c9b91d-3eab-41b4-9d9c-09eb84db70cf'
const [before, after] = ['1c2d7a50-6c0b-4d0e-9a4e-2f0b7c1d5e01', '5b0f3f0e-7d0a-4c58-8a55-0d4f6f0f9c02']

/** Calls of add-users that the organization admits in each minute of the clock. None is published; with this one the limit is what takes the time. */
const perMinute = 30

/** Many moves under a limit on the calls that move: nothing but the limit should take time. */
export const apply: Row = {
  name: 'apply',
  title: `apply: moves by calls of which ${perMinute} a minute are admitted`,
  async *measure(bench) {
    const moves = bench.quick ? 500 : 10_000
    const least = leastWrites([moves])
    const folder = writePolicies()
    const seconds: number[] = []
    let writes = 0
    const rounds = bench.rounds(1)
    for (let round = 1; round <= rounds; round++) {
      // A new organization each time: in the last one everybody has moved.
      const simulator = await startSimulator(bench, {
        options: {
          scenario: scenario(moves),
          rateLimits: [{ path: '/add-users', perMinute, per: 'organization' }],
          switches: { taskMilliseconds: 50 },
        },
        latency: 20,
        named: { groups: [], allowlists: [], breakGlass: [] },
      })
      try {
        // The limit counts by the minutes of the clock: from the beginning of one, the least time is known.
        bench.say(`apply: waiting for the next minute, round ${round}`)
        if (least > perMinute) await nextMinute(simulator.signal)
        bench.say(`apply: ${moves} moves, round ${round}`)
        const run = await oneProcess(
          {
            args: applyArguments(bench, folder),
            env: { ...bench.env, POSTERN_API_URL: simulator.url, POSTERN_API_KEY: simulator.apiKey },
            // Console steps are left: no public API shows the settings of a policy.
            ends: [2],
          },
          simulator.signal,
        )
        const { steps } = JSON.parse(run.stdout) as { steps: { id: string; status: string }[] }
        const done = steps.filter(({ id, status }) => id.startsWith('api/') && status === 'done')
        expectEqual('steps that were carried out', done.length, 1)
        seconds.push(run.milliseconds / 1000)
        writes = Math.max(writes, writesIn(await simulator.asked()))
      } finally {
        simulator.stop()
      }
    }
    yield figure(`time for ${moves.toLocaleString('en-US')} moves`, median(seconds), 's')
    const floor = leastSeconds(least, perMinute)
    if (floor > 0) {
      yield figure('least that the limit admits', floor, 's')
      yield figure('time / the least', median(seconds) / floor, 'times', { atMost: 1.1 })
    }
    yield figure('write requests', writes, 'requests', { equal: least })
    yield {
      type: 'note',
      text: '`guards.moves.percent` is 100 in the documents, so that so many may move at once. No guard is lifted, and no approval is asked for.',
    }
  },
}

async function nextMinute(signal: AbortSignal): Promise<void> {
  await setTimeout(60_000 - (Date.now() % 60_000), undefined, { signal }).catch(() => signal.throwIfAborted())
}

const applyArguments = ({ dist }: Bench, folder: string): readonly string[] => [
  join(dist, 'postern.cjs'),
  ...['apply', folder, '--yes', '--format', 'json', '--ledger', newFolder('ledger')],
]

/** All calls that move, refused ones too. */
const writesIn = (asked: readonly Asked[]): number => countOf(asked.filter(({ route }) => route.endsWith('/add-users')))

const scenario = (moves: number): Scenario => ({
  organization: { id: organizationId, name: 'acme' },
  domains: [{ name: 'acme.com' }],
  authenticationPolicies: [
    { id: before, name: 'Before', default: true },
    { id: after, name: 'After', settings: { twoStepVerification: 'mandatory' } },
  ],
  accounts: [
    { email: 'root@acme.com', platformRoles: ['atlassian/org-admin'], policy: 'After' },
    ...Array.from({ length: moves }, (_, index) => ({ email: `jo.${index}@acme.com`, policy: 'Before' })),
  ],
})

function writePolicies(): string {
  const folder = join(newFolder('apply'), 'policies')
  mkdirSync(folder)
  writeFileSync(
    join(folder, 'policies.yaml'),
    `kind: Organization
name: acme
id: ${organizationId}
domains: [acme.com]
guards: { moves: { percent: 100, atLeast: 20 } }
approvals: { loosening: 0 }
---
kind: AuthenticationPolicy
name: Before
id: ${before}
directory: local
default: true
settings: { twoStepVerification: optional }
---
kind: AuthenticationPolicy
name: After
id: ${after}
directory: local
settings: { twoStepVerification: mandatory }
members: { domains: [acme.com] }
`,
  )
  return folder
}
