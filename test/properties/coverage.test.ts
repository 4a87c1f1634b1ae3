import fc from 'fast-check'
import { expect, it } from 'vitest'
import { attest } from '../../src/operations/attest.ts'
import { coverage } from '../../src/operations/coverage.ts'
import { guardCodes } from '../../src/engine/guards/index.ts'
import { valueAt } from '../../src/kinds/path.ts'
import type { CoverageSummary } from '../../src/model/coverage.ts'
import { isObject, type JsonObject } from '../../src/model/json.ts'
import type { SavedPlan } from '../../src/model/plan.ts'
import { carryOutConsoleSteps, desiredOf, readPage, typed } from '../operations/console.ts'
import { policyFolder, start, valueOf, type Started } from '../operations/start.ts'
import { coverageWorld } from './coverage-worlds.ts'

const runs = { seed: 20261124, numRuns: Number(process.env['POSTERN_RUNS'] ?? 30) }

/** Ten minutes and some, after which an edit of the external policies holds (ref 5.2). */
const propagation = 11 * 60_000

interface Field {
  readonly kind: string
  readonly name: string
  readonly path: string
}

/** States what the console shows of these fields. */
async function state(started: Started, folder: string, fields: readonly Field[]): Promise<void> {
  const statements = []
  for (const { kind, name, path } of fields) {
    const seen = valueAt(await readPage(started, kind, name), path)
    if (seen !== undefined) statements.push({ address: `${kind}/${name}`, path, text: typed(seen) })
  }
  if (statements.length === 0) return
  const desired = await desiredOf(started, folder)
  valueOf(await attest({ desired, ledger: started.ledger, statements, by: 'alice', now: started.now() }))
}

const fieldsOf = ({ steps, unverified }: SavedPlan): readonly Field[] => [
  ...unverified,
  ...steps
    .filter(({ channel }) => channel === 'console')
    .flatMap(({ kind, name, changes }) => changes.map(({ path }) => ({ kind, name, path }))),
]

/** Whether documents say of every policy what becomes of tokens: where none does, that can't be known before. */
const settlesTokens = (documents: readonly JsonObject[]): boolean => {
  const policies = documents.filter(({ kind }) => kind === 'AuthenticationPolicy' || kind === 'ExternalUserPolicy')
  return (
    policies.length === 6 &&
    policies.every(
      ({ settings }) => isObject(settings ?? null) && valueAt(settings as JsonObject, 'apiTokens') !== undefined,
    )
  )
}

const predictable = (summary: CoverageSummary, tokensSettled: boolean): unknown =>
  tokensSettled
    ? summary
    : { ...summary, tokens: undefined, requirements: summary.requirements.filter(({ tokens }) => tokens === 'ignore') }

it('what a plan says comes after is what is measured once it is applied and its console steps are done', async () => {
  let planned = 0
  let changed = 0
  await fc.assert(
    fc.asyncProperty(coverageWorld, async ({ scenario, documents, attestedBefore }) => {
      const started = await start({ scenario, allow: guardCodes })
      const folder = await policyFolder({
        'all.yaml': documents.map(document => JSON.stringify(document)).join('\n---\n'),
      })
      const first = await started.plan(folder)
      fc.pre(first.ok)
      if (attestedBefore) {
        await state(started, folder, valueOf(first).unverified)
        started.clock.time += propagation
      }
      const plan = valueOf(await started.plan(folder))
      fc.pre(!plan.steps.some(({ status }) => status === 'blocked'))
      planned++
      if (JSON.stringify(plan.coverage.before) !== JSON.stringify(plan.coverage.after)) changed++

      valueOf(await started.apply(plan))
      await carryOutConsoleSteps(started, plan)
      await state(started, folder, fieldsOf(plan))
      started.clock.time += propagation

      const again = valueOf(await started.plan(folder))
      expect(again.steps).toEqual([])
      const settled = settlesTokens(documents)
      expect(predictable(again.coverage.before, settled)).toEqual(predictable(plan.coverage.after, settled))
      expect(predictable(again.coverage.after, settled)).toEqual(predictable(plan.coverage.after, settled))

      const { connection, ledger } = started
      const measured = await coverage({ folder, connection, ledger, now: started.now(), all: true, record: false })
      const report = valueOf(measured.outcome)
      expect(report.levels).toEqual(plan.coverage.after.levels)
      const { accounts, managed, external } = report.totals
      expect({ accounts, managed, external }).toEqual(plan.coverage.after.totals)
      for (const counts of [report.levels, report.declaredLevels])
        expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(accounts)
      expect(report.accounts).toHaveLength(accounts)
      expect(report.requirements).toEqual(again.coverage.before.requirements)
    }),
    runs,
  )
  // Worlds in which nothing changes would prove nothing.
  expect(planned).toBeGreaterThan(runs.numRuns / 2)
  expect(changed).toBeGreaterThan(runs.numRuns / 3)
}, 120_000)
