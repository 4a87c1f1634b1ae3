import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { JsonObject } from '../../src/model/json.ts'
import { desiredOf } from '../operations/console.ts'
import { namesFor, plannedFrom, sameWords, taken } from '../operations/snapshot/taking.ts'
import { codesOf, policyFolder, start, valueOf } from '../operations/start.ts'
import { randomWorld } from './worlds.ts'

const runs = { seed: 20261129, numRuns: Math.min(200, Number(process.env['POSTERN_RUNS'] ?? 25)) }

const folderOf = (documents: readonly JsonObject[]): Promise<string> =>
  policyFolder({ 'all.yaml': documents.map(document => JSON.stringify(document)).join('\n---\n') })

/** Codes that only a plan from a snapshot has. */
const ofSnapshots = new Set(['snapshot/any-signer', 'snapshot/cannot-tell'])

it('a plan from a snapshot says of members, coverage and guards what a plan of the organization says', async () => {
  let planned = 0
  await fc.assert(
    fc.asyncProperty(randomWorld, async ({ scenario, documents }) => {
      const started = await start({ scenario })
      const folder = await folderOf(documents)
      const live = await started.plan(folder)
      // What cannot be read, or contradicts itself, has no snapshot.
      fc.pre(live.ok)
      planned++
      const made = await plannedFrom(started, folder, await taken(started, folder))
      expect(codesOf(made).filter(code => !ofSnapshots.has(code))).toEqual(codesOf(live))
      const names = namesFor(await desiredOf(started, folder))
      expect(sameWords(valueOf(made), names)).toEqual(sameWords(valueOf(live), names))
    }),
    runs,
  )
  expect(planned).toBeGreaterThan(runs.numRuns / 2)
})

it('so it does for other documents than those it was taken for, where it was taken for everyone', async () => {
  await fc.assert(
    fc.asyncProperty(randomWorld, randomWorld, async ({ scenario, documents }, { documents: changed }) => {
      const started = await start({ scenario })
      const [trusted, folder] = [await folderOf(documents), await folderOf(changed)]
      const [before, live] = [await started.plan(trusted), await started.plan(folder)]
      fc.pre(before.ok && live.ok)
      const made = await plannedFrom(started, folder, await taken(started, trusted, 'everyone'))
      expect(codesOf(made).filter(code => !ofSnapshots.has(code))).toEqual(codesOf(live))
      const names = namesFor(await desiredOf(started, folder))
      expect(sameWords(valueOf(made), names)).toEqual(sameWords(valueOf(live), names))
    }),
    runs,
  )
})
