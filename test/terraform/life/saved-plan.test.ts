import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { membersOf } from '../../operations/start.ts'
import { bareMembership, barePolicies, office, provider } from './acme-hcl.ts'
import { beginLife, type Life } from './life.ts'
import { ended } from './said.ts'
import { describeLife } from '../terraform.ts'

const contractors = 'Contractors and break-glass'
const fewerRanges = office.replace(', "198.51.100.0/24"', '')

describeLife('a saved plan', () => {
  let life: Life
  beforeAll(async () => {
    life = await beginLife()
    life.main(provider() + barePolicies + bareMembership.replace('groups = ["contractors"], ', '') + office)
    ended(await life.apply(), 0)
    life.main(provider() + barePolicies + bareMembership + fewerRanges)
    ended(await life.plan('-out=plan.bin'), 2)
    life.keep()
  })
  afterAll(() => life.end())
  beforeEach(() => life.startOver())

  const applySaved = () => life.terraform(['apply', 'plan.bin'])
  const allowlist = () => life.simulator.state.controlPolicies.find(({ name }) => name === 'Office and VPN')

  it('is carried out as it is', async () => {
    ended(await applySaved(), 0)
    expect(membersOf(life.simulator, contractors)).toContain('rosa.silva@acme.com')
    expect(allowlist()?.rule['in']).toHaveLength(2)
    ended(await life.plan(), 0)
  })

  it('is refused once somebody moved an account, and nothing of it is sent', async () => {
    const rosa = life.simulator.state.accounts.byEmail.get('rosa.silva@acme.com')
    const entered = life.simulator.state.authenticationPolicies.find(({ name }) => name === contractors)
    Object.assign(rosa ?? {}, { policyId: entered?.id })
    const state = await life.state()
    expect(ended(await applySaved(), 1)).toContain('who is in which policy is not as it was when it was read')
    expect(life.writes().filter(({ path }) => path.endsWith('add-users'))).toEqual([])
    const address = 'postern_membership.organization'
    expect((await life.state())[address]).toEqual(state[address])
  })

  it('is refused once somebody changed the allowlist, and nothing of it is sent', async () => {
    Object.assign(allowlist() ?? {}, { rule: { in: ['203.0.113.0/24'], allowMobileBypass: true } })
    expect(ended(await applySaved(), 1)).toContain('IpAllowlist “Office and VPN” is not as it was when it was read')
    expect(life.writes().filter(({ method }) => method === 'PUT')).toEqual([])
    expect(allowlist()?.rule['in']).toEqual(['203.0.113.0/24'])
  })

  it('is refused once somebody deleted the allowlist', async () => {
    const { state } = life.simulator
    state.controlPolicies = state.controlPolicies.filter(({ name }) => name !== 'Office and VPN')
    expect(ended(await applySaved(), 1)).toContain('is not as it was when it was read')
    expect(allowlist()).toBeUndefined()
  })

  it('is refused once somebody joined a group that decides who moves', async () => {
    const ci = life.simulator.state.accounts.byEmail.get('ci@acme.com')
    const group = life.simulator.state.groups.find(({ name }) => name === 'contractors')
    Object.assign(ci ?? {}, { groups: [...(ci?.groups ?? []), group?.id] })
    // Terraform sees by itself that the plan would come to something else.
    expect(ended(await applySaved(), 1)).toContain('postern_membership.organization')
    expect(life.writes().filter(({ path }) => path.endsWith('add-users'))).toEqual([])
  })
})
