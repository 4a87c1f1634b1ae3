import { describe, expect, it } from 'vitest'
import { defaultSwitches, type Switches } from '../../src/simulator/index.ts'
import { apiSteps, codesOf, policiesFolder, start, valueOf } from './start.ts'

/** What the reference leaves open, the other way round than the simulator has it by default. */
const others: readonly Partial<Switches>[] = [
  { bulkFetchServesNames: true },
  { bulkFetchUnknownIds: 'error' },
  { bulkFetchMaximum: 100 },
  { addUsersMaximum: 100 },
  { taskMilliseconds: 0 },
  { taskMilliseconds: 60_000 },
  { taskRetentionMilliseconds: 1_000 },
  { retiredRoutesStatus: 410 },
  { applyMilliseconds: 0 },
  { applyMilliseconds: 60_000 },
  { policyDeleteStatus: 204 },
  { externalMfaEnabled: 'null' },
  { externalMfaEnabled: 'false' },
  { productAccessLastActive: true },
  { pageSizes: { v1: 1, v2: 1, control: 1, events: 1 } },
  { unknownOrganizationStatus: 403 },
  { tokensFollowPolicy: false },
  { eventDelayMilliseconds: 60_000 },
  { unlistedScopes: 'required' },
  { rateLimitHeaders: { limit: 'RateLimit-Limit', remaining: 'RateLimit-Remaining', reset: 'RateLimit-Reset' } },
]

describe('the main job', () => {
  it.each([{}, ...others])('is done where %j', async switches => {
    const started = await start({ switches, accounts: 300 })
    const plan = valueOf(await started.plan(policiesFolder))
    expect(plan.requests.reads).toBe(started.simulator.requests.length)
    expect(codesOf(await started.apply(plan, { recheck: true }))).toEqual([])
    expect(apiSteps(valueOf(await started.plan(policiesFolder)))).toEqual([])
  })

  it('is the same job whichever way: served names change no step', async () => {
    const digests = await Promise.all(
      [{}, { bulkFetchServesNames: true }].map(
        async switches => valueOf(await (await start({ switches })).plan(policiesFolder)).digest,
      ),
    )
    expect(new Set(digests).size).toBe(1)
  })
})

it('each switch exists', () => {
  expect(others.flatMap(switches => Object.keys(switches)).filter(name => !(name in defaultSwitches))).toEqual([])
})
