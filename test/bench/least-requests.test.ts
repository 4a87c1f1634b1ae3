import { afterAll, describe, expect, it } from 'vitest'
import { cleanUp } from '../../bench/harness/children.ts'
import { oneProcess } from '../../bench/harness/one-process.ts'
import { leastRequests, leastSeconds, leastWrites } from '../../bench/rows/least-requests.ts'
import { sizesOf, type OrganizationSizes } from '../../bench/harness/organization-sizes.ts'
import { namedByPolicies } from '../../bench/rows/plan-accounts.ts'
import type { Plan } from '../../src/model/plan.ts'
import { simulate } from '../../src/simulator/index.ts'
import { policiesFolder, startAt, temporaryFolder } from '../operations/start.ts'
import { commandLine } from '../story/command-line.ts'

afterAll(cleanUp)

const one: OrganizationSizes = {
  domains: 1,
  users: 1,
  managedActive: 1,
  tokens: 0,
  groupMembers: [],
  allowlists: 0,
  allowlistResources: [],
  activityUnknown: 0,
}

describe('the least number of requests', () => {
  it.each<[string, Partial<OrganizationSizes>, number]>([
    ['nearly nothing: organization, domains, users, policies of users, tokens, allowlists', {}, 6],
    ['a full page', { users: 100, managedActive: 100 }, 6],
    ['one more', { users: 101, managedActive: 100 }, 7],
    ['nobody is managed', { users: 101, managedActive: 0 }, 6],
    ['tokens come a thousand at a time', { tokens: 2001 }, 8],
    ['groups are found, then listed', { groupMembers: [0, 250] }, 12],
    ['allowlists come 25 at a time, their resources for each', { allowlists: 26, allowlistResources: [1, 26] }, 10],
    ['when somebody was last active, as often as a minute admits', { activityUnknown: 149 }, 155],
    ['and no more', { activityUnknown: 5000 }, 156],
    [
      'half a million',
      { users: 500_000, managedActive: 480_000, groupMembers: [30_000], activityUnknown: 20_000 },
      1 + 1 + 5000 + 4800 + 1 + 301 + 1 + 150,
    ],
  ])('%s', (_, sizes, expected) => {
    expect(leastRequests({ ...one, ...sizes })).toBe(expected)
  })

  it.each([
    [[1], 1],
    [[100], 1],
    [[101], 2],
    [[10_000], 100],
    [[50, 50], 2],
  ])('moves of %j take %d calls', (moves, expected) => {
    expect(leastWrites(moves)).toBe(expected)
  })

  it.each([
    [30, 30, 0],
    [31, 30, 60],
    [100, 30, 180],
  ])('%d calls at %d a minute take %d seconds at least', (calls, perMinute, expected) => {
    expect(leastSeconds(calls, perMinute)).toBe(expected)
  })
})

describe('what is sent is the least', () => {
  // Below and above a page of everything, and beyond the limit on asking when somebody was last active.
  it.each([90, 230, 1000, 4200])('by a plan of %d accounts', async accounts => {
    const cwd = await temporaryFolder()
    const started = await startAt(cwd, { accounts, rateLimits: 'off' })
    const least = leastRequests(sizesOf(started.simulator.state, namedByPolicies, started.clock.now()))
    const { out } = await commandLine(cwd, started, ['plan', policiesFolder, '--format', 'json'])
    expect((JSON.parse(out) as Plan).requests.reads).toBe(least)
    expect(started.simulator.requests).toHaveLength(least)
  })

  it('by the bare script', async () => {
    const { url, apiKey, organizationId, state, requests, close } = await simulate({
      accounts: 1000,
      rateLimits: 'off',
    })
    try {
      const asked = JSON.stringify({ url, apiKey, organizationId, named: namedByPolicies })
      const { stdout } = await oneProcess({ args: ['bench/floor/read-organization.mjs', asked], env: process.env })
      const least = leastRequests(sizesOf(state, namedByPolicies, Date.now()))
      expect([Number(stdout), requests.length]).toEqual([least, least])
    } finally {
      await close()
    }
  })
})
