import { afterAll, beforeAll, expect, it } from 'vitest'
import { addUsersBatch } from '../../../src/org/assumptions.ts'
import type { Scenario } from '../../../src/simulator/index.ts'
import { acme } from '../../../src/simulator/scenarios/acme.ts'
import { membersOf } from '../../operations/start.ts'
import { bareMembership, barePolicies, provider } from './acme-hcl.ts'
import { beginLife, type Life } from './life.ts'
import { ended } from './said.ts'
import { describeLife } from '../terraform.ts'

const movers = Array.from({ length: addUsersBatch * 3 - 20 }, (_, index) => `mover-${index}@acme.com`)

const scenario: Scenario = {
  ...acme,
  groups: [...(acme.groups ?? []), { name: 'movers', directory: 'local' }],
  accounts: [
    ...(acme.accounts ?? []),
    ...movers.map(email => ({ email, policy: 'Local accounts', groups: ['movers'] })),
  ],
}

const hour = 3_600_000
const contractors = 'Contractors and break-glass'
const limits = { organization: 'guards = { moves = { percent = 100, at_least = 1000 } }' }
const before = provider(limits) + barePolicies + bareMembership.replace('groups = ["contractors"], ', '')
const after = provider(limits) + barePolicies + bareMembership.replace('["contractors"]', '["movers"]')

describeLife('an apply that is interrupted', () => {
  const clock = { ahead: 0, now: () => Date.now() + clock.ahead }
  const signal = { reached: (): void => undefined }
  let life: Life
  beforeAll(async () => {
    const sleep = (): Promise<void> => {
      signal.reached()
      return Promise.resolve()
    }
    life = await beginLife({ scenario, clock, sleep })
    life.main(before)
    ended(await life.apply(), 0)
    life.main(after)
  })
  afterAll(() => life.end())

  const moved = () => membersOf(life.simulator, contractors).filter(email => movers.includes(email))

  it('begins nothing else; the state has what was done, and the next apply does the rest', async () => {
    const reached = new Promise<void>(there => (signal.reached = there))
    // The second batch is taken, and its end is out of sight until the clock of the organization goes on.
    const second = { method: 'POST', path: 'add-users', nth: 2 }
    life.simulator.fault({ match: second, then: { slowTasks: hour } })
    life.simulator.fault({ match: second, then: { latency: 1 } })
    life.writes()
    let interrupt = (): void => undefined
    const running = life.terraform(['apply', '-auto-approve'], { started: stop => (interrupt = stop) })
    await reached
    interrupt()
    const told = ended(await running, 1)
    expect(told).toContain('apply/unfinished')
    expect(life.writes()).toHaveLength(2)
    expect(moved()).toHaveLength(addUsersBatch)
    expect((await life.ledger.read('lock'))?.holder).toBeNull()
    const { accounts } = (await life.state())['postern_membership.organization'] ?? {}
    expect((accounts as Readonly<Record<string, unknown>>)[contractors]).toEqual(expect.arrayContaining([...moved()]))
    expect(ended(await life.plan(), 2)).toContain(`move ${movers.length - addUsersBatch} accounts into`)

    clock.ahead = hour
    expect(moved()).toHaveLength(addUsersBatch * 2)
    expect(ended(await life.plan(), 2)).toContain(`move ${movers.length - addUsersBatch * 2} accounts into`)
    ended(await life.apply(), 0)
    expect(moved()).toHaveLength(movers.length)
    ended(await life.plan(), 0)
  })
})
