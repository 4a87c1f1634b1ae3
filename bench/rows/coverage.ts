import { join } from 'node:path'
import { bundled } from '../harness/bundled.ts'
import { newFolder } from '../harness/children.ts'
import { oneProcess } from '../harness/one-process.ts'
import { figure, type Row } from '../harness/row.ts'
import { startSimulator } from '../harness/simulator.ts'
import { namedByPolicies } from './plan-accounts.ts'

const policies = join(import.meta.dirname, '../../policies')

/** What `measured/coverage.ts` prints. */
interface Measured {
  readonly accounts: number
  readonly gaps: number
  readonly loadingMilliseconds: number
  readonly parseMilliseconds: number
  readonly assessMilliseconds: number
  readonly coldMilliseconds: number
  readonly warmMilliseconds: number
  readonly bytesPerAccountMeasured: number
}

/** Who has to pass what, from within: time after loading, and memory above the base. */
export const coverage: Row = {
  name: 'coverage',
  title: 'coverage of 100,000 accounts in one process',
  async *measure(bench) {
    const accounts = bench.quick ? 2000 : 100_000
    bench.say(`coverage of ${accounts} accounts`)
    const program = await bundled(join(import.meta.dirname, '../measured/coverage.ts'))
    const options = { accounts, rateLimits: 'off' } as const
    const simulator = await startSimulator(bench, { options, latency: 0, named: namedByPolicies })
    try {
      const args = ['--expose-gc', program, policies, simulator.url, simulator.apiKey, newFolder('ledger')]
      const { stdout } = await oneProcess({ args, env: bench.env }, simulator.signal)
      const scale = JSON.parse(stdout) as Measured
      yield figure('each account’s level', scale.assessMilliseconds, 'ms', { atMost: 1000 })
      yield figure('the whole report', scale.coldMilliseconds, 'ms', { atMost: 1000 })
      yield figure('the whole report, when warm', scale.warmMilliseconds, 'ms')
      yield figure('cold / JSON.parse of them', scale.coldMilliseconds / scale.parseMilliseconds, 'times')
      yield figure('memory, for each account', scale.bytesPerAccountMeasured, 'bytes', { atMost: 1024 })
      yield figure('loading them over HTTP', scale.loadingMilliseconds / 1000, 's')
      yield { type: 'note', text: `All ${scale.gaps.toLocaleString('en-US')} of them are gaps: the worst case.` }
    } finally {
      simulator.stop()
    }
  },
}
