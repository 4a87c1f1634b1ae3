import { join } from 'node:path'
import { bundled } from '../harness/bundled.ts'
import { oneProcess } from '../harness/one-process.ts'
import { figure, type Line, type Row } from '../harness/row.ts'
import { startSimulator } from '../harness/simulator.ts'
import { fleetFigures, type MeasuredFleet } from './fleet-figures.ts'
import { namedByPolicies } from './plan-accounts.ts'

const policies = join(import.meta.dirname, '../../policies')

/** Milliseconds until the API answers. It is not published: an assumption, in both directions of what people see. */
const latency = 250

/** What a check of one organization costs, from within the functions that do it, and what a thousand of them come to. */
export const fleet: Row = {
  name: 'fleet',
  title: 'a fleet: a check of one organization, and a thousand of them',
  async *measure(bench) {
    const [accounts, wait] = bench.quick ? [500, 1] : [10_000, latency]
    bench.say(`a fleet of organizations of ${accounts} accounts`)
    const program = await bundled(join(import.meta.dirname, '../measured/fleet.ts'))
    // Quotas are reckoned with later; here they would only make it wait.
    const options = { accounts, rateLimits: 'off' } as const
    const simulator = await startSimulator(bench, { options, latency: 0, named: namedByPolicies })
    try {
      const args = [program, policies, simulator.url, simulator.apiKey, String(wait)]
      const { stdout } = await oneProcess({ args, env: bench.env }, simulator.signal)
      yield* linesOf({
        accounts,
        latency: wait,
        ...(JSON.parse(stdout) as Pick<MeasuredFleet, 'first' | 'warm' | 'slow'>),
      })
    } finally {
      simulator.stop()
    }
  },
}

const note = (text: string): Line => ({ type: 'note', text })

function* linesOf(measured: MeasuredFleet): Generator<Line> {
  const { first, warm, slow } = measured
  const { assumed, organizations, perCheck, run, month, limits } = fleetFigures(measured)
  yield figure('requests to the API', perCheck.calls, 'requests')
  yield figure('answers', warm.bytes / 2 ** 20, 'MB')
  yield figure('processor time, cold', first.cpuSeconds, 's')
  yield figure('processor time, warm', warm.cpuSeconds, 's')
  yield figure('most memory', warm.megabytes, 'MB')
  yield figure(`answers after ${assumed.latency} ms`, slow.seconds, 's')
  yield figure('reads of the bucket', perCheck.s3Reads, 'requests')
  yield figure('writes and listings', perCheck.s3Writes, 'requests')
  yield note(
    `${organizations} of them, ${assumed.maxConcurrency} at a time, every ${assumed.everyMinutes} minutes. Assumed, not measured: prices, latency, share of a processor.`,
  )
  yield figure('one run', run.minutes * 60, 's')
  yield figure('one run: requests', run.calls, 'requests')
  yield figure('one run: GB-seconds', run.gigabyteSeconds, '')
  yield figure('one run: transitions', run.transitions, '')
  yield figure('a month', month.total, 'USD')
  yield figure('a month, checked once a day', month.daily, 'USD')
  yield note(`A month: ${month.parts.map(({ name, usd }) => `${name} ${usd.toFixed(0)}`).join(', ')}.`)
  for (const { what, value } of limits) yield note(`${what}: ${value}`)
}
