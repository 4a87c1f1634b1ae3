import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { guardCodes } from '../../src/engine/guards/index.ts'
import { sinceBase, type PlanParts } from '../../src/engine/since/since-base.ts'
import type { JsonObject } from '../../src/model/json.ts'
import { policyFolder, start } from '../operations/start.ts'
import { randomWorld } from './worlds.ts'

const runs = { seed: 20261124, numRuns: Number(process.env['POSTERN_RUNS'] ?? 30) }

/** Two sets of documents for one organization. */
const twoPlans = fc.record({
  scenario: randomWorld.map(({ scenario }) => scenario),
  head: randomWorld.map(({ documents }) => documents),
  base: randomWorld.map(({ documents }) => documents),
})

/** The plans of both; undefined where one of them contradicts itself or the organization. */
async function planned({ scenario, head, base }: typeof twoPlans extends fc.Arbitrary<infer T> ? T : never) {
  const started = await start({ scenario, allow: guardCodes })
  const partsOf = async (documents: readonly JsonObject[]): Promise<PlanParts | undefined> => {
    const text = documents.map(document => JSON.stringify(document)).join('\n---\n')
    const made = await started.plan(await policyFolder({ 'all.yaml': text }))
    if (!made.ok) return undefined
    return { ...made.value, noticed: { diagnostics: made.diagnostics, texts: new Map([['all.yaml', text]]) } }
  }
  const [ofHead, ofBase] = [await partsOf(head), await partsOf(base)]
  return ofHead === undefined || ofBase === undefined ? undefined : { head: ofHead, base: ofBase }
}

type Both = NonNullable<Awaited<ReturnType<typeof planned>>>

const nothing: Pick<PlanParts, 'steps' | 'guards' | 'noticed'> = {
  steps: [],
  guards: [],
  noticed: { diagnostics: [], texts: new Map() },
}

/** What holds for every two plans. Planning them takes longer than what is asked of them: each two are planned once for all. */
const properties: Readonly<Record<string, (both: Both) => void>> = {
  'is nothing where the documents are the same': ({ head }) => {
    const since = sinceBase(head, head)
    expect(since.steps.every(({ origin }) => origin === 'before')).toBe(true)
    expect(since.withdrawn).toEqual([])
    expect(since.guards.every(({ origin }) => origin === 'before')).toBe(true)
    expect(since.diagnosticsBefore).toEqual(head.noticed.diagnostics.map((_, index) => index))
  },

  'is everything where nothing was pending': ({ head }) => {
    const since = sinceBase(head, { ...head, ...nothing })
    expect(since.steps.every(({ origin }) => origin === 'change')).toBe(true)
    expect([since.withdrawn, since.diagnosticsBefore]).toEqual([[], []])
  },

  'says of each step once where it comes from, and of those of both what is its own': ({ head, base }) => {
    const { steps } = sinceBase(head, base)
    expect(steps.map(({ id }) => id)).toEqual(head.steps.map(({ id }) => id))
    for (const [index, { origin, paths = [], accounts = [] }] of steps.entries()) {
      const whole = head.steps[index]
      expect(paths.length + accounts.length > 0).toBe(origin === 'both')
      expect(whole?.changes.map(({ path }) => path)).toEqual(expect.arrayContaining([...paths]))
      expect(whole?.accounts?.map(({ account }) => account) ?? []).toEqual(expect.arrayContaining([...accounts]))
    }
  },

  'loses no step, either way: it is still there, set otherwise, or withdrawn': ({ head, base }) => {
    for (const [one, other] of [
      [head, base],
      [base, head],
    ] as const) {
      const { withdrawn } = sinceBase(one, other)
      const told = new Set([...one.steps, ...withdrawn].map(({ id }) => id))
      const set = new Set(
        one.steps.flatMap(({ kind, name, changes }) => changes.map(({ path }) => `${kind} ${name} ${path}`)),
      )
      const lost = other.steps.filter(
        ({ id, kind, name, changes }) =>
          !told.has(id) && !(changes.length > 0 && changes.every(({ path }) => set.has(`${kind} ${name} ${path}`))),
      )
      expect(lost).toEqual([])
    }
  },
}

describe('what a change brings to random organizations and policies', () => {
  it(Object.keys(properties).join('; '), () =>
    fc.assert(
      fc.asyncProperty(twoPlans, async two => {
        const both = await planned(two)
        fc.pre(both !== undefined)
        for (const property of Object.values(properties)) property(both)
      }),
      runs,
    ),
  )
})
