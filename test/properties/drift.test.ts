import fc from 'fast-check'
import { expect, it } from 'vitest'
import { attest } from '../../src/operations/attest.ts'
import { drift } from '../../src/operations/drift.ts'
import { guardCodes } from '../../src/engine/guards/index.ts'
import { valueAt } from '../../src/kinds/path.ts'
import type { SavedPlan } from '../../src/model/plan.ts'
import { carryOutConsoleSteps, desiredOf, readPage, typed } from '../operations/console.ts'
import { policyFolder, start, valueOf, type Started } from '../operations/start.ts'
import { coverageWorld } from './coverage-worlds.ts'

/** The long suite looks at a thousand organizations. */
const runs = { seed: 20261124, numRuns: Number(process.env['POSTERN_RUNS'] ?? 20) }

/** States what the console shows of everything that the plan cannot prove, or changes. */
async function state(started: Started, folder: string, { steps, unverified }: SavedPlan): Promise<void> {
  const changed = steps
    .filter(({ channel }) => channel === 'console')
    .flatMap(({ kind, name, changes }) => changes.map(({ path }) => ({ kind, name, path })))
  const statements = []
  for (const { kind, name, path } of [...unverified, ...changed]) {
    const seen = valueAt(await readPage(started, kind, name), path)
    if (seen !== undefined) statements.push({ address: `${kind}/${name}`, path, text: typed(seen) })
  }
  if (statements.length === 0) return
  const desired = await desiredOf(started, folder)
  valueOf(await attest({ desired, ledger: started.ledger, statements, by: 'alice', now: started.now() }))
}

it('no false drift: what was applied, done and attested is quiet, whatever time passes and the vendor adds', async () => {
  let checked = 0
  await fc.assert(
    fc.asyncProperty(coverageWorld, fc.integer({ min: 1, max: 80 }), fc.boolean(), async (world, days, vendor) => {
      const { scenario, documents } = world
      const started = await start({ scenario, allow: guardCodes })
      const folder = await policyFolder({
        'all.yaml': documents.map(document => JSON.stringify(document)).join('\n---\n'),
      })
      const plan = await started.plan(folder)
      fc.pre(plan.ok && !plan.value.steps.some(({ status }) => status === 'blocked'))
      valueOf(await started.apply(valueOf(plan)))
      await carryOutConsoleSteps(started, valueOf(plan))
      await state(started, folder, valueOf(plan))
      started.clock.time += 11 * 60_000
      checked++

      const check = async () => {
        const { connection, ledger } = started
        return valueOf((await drift({ folder, connection, ledger, now: started.now() })).outcome)
      }
      expect((await check()).differences).toEqual([])
      // Access rules count the days: whoever grows inactive meanwhile is no false drift.
      started.clock.time += documents.some(({ access }) => access !== undefined) ? 3_600_000 : days * 86_400_000
      if (vendor) started.simulator.fault({ then: { vendor: true } })
      const report = await check()
      expect(report.differences).toEqual([])
      expect([report.complete, report.history]).toEqual([true, true])
    }),
    runs,
  )
  expect(checked).toBeGreaterThan(runs.numRuns / 3)
}, 600_000)
