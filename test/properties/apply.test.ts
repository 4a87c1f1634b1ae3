import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { guardCodes } from '../../src/engine/guards/index.ts'
import type { JsonObject } from '../../src/model/json.ts'
import type { SavedPlan } from '../../src/model/plan.ts'
import { apiSteps, codesOf, policyFolder, start, writesOf, type Started } from '../operations/start.ts'
import { randomWorld, type RandomWorld } from './worlds.ts'

const runs = { seed: 20261124, numRuns: Number(process.env['POSTERN_RUNS'] ?? 30) }

/** JSON is YAML: one document after the other. */
const folderOf = (documents: readonly JsonObject[]): Promise<string> =>
  policyFolder({ 'all.yaml': documents.map(document => JSON.stringify(document)).join('\n---\n') })

/** A plan of a random world; undefined where the world contradicts itself, which must have done no harm. */
async function planned({ scenario, documents }: RandomWorld) {
  // Random documents loosen as often as they tighten. What guards stop has tests of its own.
  const started = await start({ scenario, allow: guardCodes })
  const folder = await folderOf(documents)
  const made = await started.plan(folder)
  expect(writesOf(started.simulator)).toEqual([])
  if (!made.ok) {
    expect(codesOf(made).length).toBeGreaterThan(0)
    return undefined
  }
  expect(made.value.requests.reads).toBe(started.simulator.requests.length)
  return { started, folder, plan: made.value }
}

const ready = (plan: SavedPlan) => apiSteps(plan).filter(({ status }) => status === 'ready')

/** The writes that were sent, with the ids of new objects as plans write them. */
function sent({ simulator }: Started, { scenario }: RandomWorld) {
  const known = new Set(scenario.ipAllowlists?.map(({ id }) => id))
  const created = simulator.state.controlPolicies.filter(({ id }) => !known.has(id)).map(({ id }) => id)
  return writesOf(simulator).map(({ method, path, body }) => ({
    method,
    path: created.reduce((text, id) => text.replace(id, '{created}'), path),
    ...(body !== undefined && { body }),
  }))
}

describe('for random organizations and policies', () => {
  it('most worlds can be planned, and many have something to do', async () => {
    const worlds = fc.sample(randomWorld, runs)
    const plans = (await Promise.all(worlds.map(planned))).flatMap(found => found?.plan ?? [])
    expect(plans.length).toBeGreaterThan(runs.numRuns / 3)
    expect(plans.filter(plan => ready(plan).some(({ action }) => action === 'move')).length).toBeGreaterThan(
      runs.numRuns / 10,
    )
    expect(plans.filter(plan => ready(plan).some(({ action }) => action === 'create')).length).toBeGreaterThan(
      runs.numRuns / 10,
    )
  })

  it('apply, then plan: no api step is left, and what was sent is what was planned', async () => {
    await fc.assert(
      fc.asyncProperty(randomWorld, fc.boolean(), async (world, recheck) => {
        const found = await planned(world)
        fc.pre(found !== undefined)
        const { started, folder, plan } = found
        const applied = await started.apply(plan, { recheck })
        expect(codesOf(applied)).toEqual([])
        expect(sent(started, world)).toEqual(ready(plan).flatMap(({ requests = [] }) => requests))
        const again = await started.plan(folder)
        if (!again.ok) throw new Error(codesOf(again).join(', '))
        expect(ready(again.value)).toEqual([])
        // What was blocked still is, and nothing new came up.
        expect(apiSteps(again.value).map(({ id }) => id)).toEqual(
          apiSteps(plan)
            .filter(({ status }) => status === 'blocked')
            .map(({ id }) => id),
        )
      }),
      runs,
    )
  })

  it('the order of documents and of accounts does not change the plan', async () => {
    const shuffled = randomWorld.chain(world =>
      fc.record({
        world: fc.constant(world),
        documents: fc.shuffledSubarray([...world.documents], { minLength: world.documents.length }),
        accounts: fc.shuffledSubarray([...(world.scenario.accounts ?? [])], {
          minLength: world.scenario.accounts?.length ?? 0,
        }),
      }),
    )
    await fc.assert(
      fc.asyncProperty(shuffled, async ({ world, documents, accounts }) => {
        const first = await planned(world)
        const second = await planned({ documents, scenario: { ...world.scenario, accounts } })
        expect(second === undefined).toBe(first === undefined)
        expect(second?.plan.digest).toBe(first?.plan.digest)
        const told = (plan: SavedPlan | undefined) =>
          plan?.diagnostics.map(({ code, summary }) => `${code} ${summary}`).sort()
        expect(told(second?.plan)).toEqual(told(first?.plan))
      }),
      runs,
    )
  })

  it('an account is moved only into a policy of which a document says so, and never an inactive one', async () => {
    await fc.assert(
      fc.asyncProperty(randomWorld, async world => {
        const found = await planned(world)
        fc.pre(found !== undefined)
        const declared = new Set(
          world.documents
            .filter(({ kind, members }) => kind === 'AuthenticationPolicy' && members !== undefined)
            .map(({ name }) => name),
        )
        const active = new Set(
          world.scenario.accounts?.filter(({ accountStatus }) => accountStatus === 'active').map(({ email }) => email),
        )
        for (const { name, accounts = [] } of apiSteps(found.plan).filter(({ action }) => action === 'move')) {
          expect(declared).toContain(name)
          for (const { account } of accounts) expect(active).toContain(account.email)
        }
      }),
      runs,
    )
  })
})
