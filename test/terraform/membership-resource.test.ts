import { describe, expect, it } from 'vitest'
import { isValueObject, unknown, type Value, type ValueObject } from '../../src/blocks/value.ts'
import { membersOf, writesOf } from '../operations/start.ts'
import { errorsOf, prove, providerWorld, summaries } from './provider-world.ts'

const type = 'postern_membership'
const contractors = 'Contractors and break-glass'
const local = 'Local accounts'

const movers = ['owen.price@acme.com', 'petra.vogel@acme.com', 'quinn.daly@acme.com', 'rosa.silva@acme.com']

/** The members of a policy, as a value tells them. */
function inPolicy(value: ValueObject | null, name: string): readonly Value[] {
  const accounts = value?.['accounts']
  const members = isValueObject(accounts) ? accounts[name] : undefined
  return Array.isArray(members) ? (members as readonly Value[]) : []
}

describe('the membership of an organization', () => {
  it('is planned with every account that moves, and from where', async () => {
    const { core, configs, started } = await providerWorld()
    const { planned, problems } = await core.plan(type, configs.membership)
    expect(inPolicy(planned, contractors)).toEqual(expect.arrayContaining(movers))
    expect(inPolicy(planned, local)).not.toEqual(expect.arrayContaining([movers[0]]))
    const move = problems.find(({ summary }) => summary === `apply will move 4 accounts into “${contractors}”`)
    expect(move?.detail).toMatch(/owen\.price@acme\.com {3}from “/)
    expect(writesOf(started.simulator)).toEqual([])
  })

  it('is carried out, and a further plan has nothing to do', async () => {
    const { core, configs, started, again } = await providerWorld()
    const { state, problems } = await core.change(type, configs.membership)
    expect(errorsOf(problems)).toEqual([])
    expect(membersOf(started.simulator, contractors)).toEqual(expect.arrayContaining(movers))
    const next = await again()
    const refreshed = await next.refresh(type, state ?? {})
    expect(refreshed).toEqual({ state, problems: [] })
    const planned = await next.plan(type, configs.membership, refreshed.state)
    expect(planned.planned).toEqual(state)
    expect(summaries(planned.problems).filter(text => text.includes('apply will'))).toEqual([])
  })

  it('shows an account that somebody moved, and moves it back', async () => {
    const { core, configs, started, again } = await providerWorld()
    const { state } = await core.change(type, configs.membership)
    const { accounts, authenticationPolicies } = started.simulator.state
    const owen = accounts.list.find(({ email }) => email === movers[0])
    if (owen !== undefined) owen.policyId = authenticationPolicies.find(({ name }) => name === local)?.id ?? ''
    const next = await again()
    const { state: seen } = await next.refresh(type, state ?? {})
    expect(inPolicy(seen, local)).toContain(movers[0])
    const { state: after } = await next.change(type, configs.membership, seen)
    expect(after).toEqual(state)
    expect(membersOf(started.simulator, contractors)).toContain(movers[0])
  })

  it('sends nothing where somebody moved an account since the plan', async () => {
    const { core, configs, started, again } = await providerWorld()
    const planned = await core.plan(type, configs.membership)
    const { accounts, authenticationPolicies } = started.simulator.state
    const owen = accounts.list.find(({ email }) => email === movers[0])
    if (owen !== undefined) owen.policyId = authenticationPolicies.find(({ name }) => name === contractors)?.id ?? ''
    const { state, problems } = await (await again()).apply(planned)
    expect(state).toBeNull()
    expect(errorsOf(problems)[0]?.detail).toMatch(/apply\/other-digest/)
    expect(writesOf(started.simulator)).toEqual([])
  })

  it('keeps what is there where a move is refused', async () => {
    const { core, configs, started, again } = await providerWorld()
    const { state } = await core.change(type, configs.membership)
    const { accounts, authenticationPolicies } = started.simulator.state
    const localId = authenticationPolicies.find(({ name }) => name === local)?.id ?? ''
    for (const account of accounts.list) if (movers.includes(account.email)) account.policyId = localId
    const next = await again()
    const { state: seen } = await next.refresh(type, state ?? {})
    const planned = await next.plan(type, configs.membership, seen)
    started.simulator.fault({ match: { method: 'POST', path: '/add-users' }, times: 1, then: { status: 403 } })
    const { state: after, problems } = await next.apply(planned)
    expect(errorsOf(problems).length).toBeGreaterThan(0)
    expect(inPolicy(after, local)).toEqual(expect.arrayContaining(movers))
    expect(after?.['policies']).toEqual(seen?.['policies'])
  })

  it('tells what people will notice, where evidence shows what holds now', async () => {
    const { core, configs, started } = await providerWorld()
    await prove(started)
    const { problems } = await core.plan(type, configs.membership)
    const noticed = problems.find(({ summary }) => summary === 'people will notice this')
    expect(noticed?.detail).toMatch(/^4 managed accounts are asked for two-step verification/)
  })

  it('stops at a guard, in the plan', async () => {
    const { core, configs, started, again } = await providerWorld()
    const organization = configs.provider['organization'] as ValueObject
    const strict = await again({ organization: { ...organization, guards: { moves: { percent: 1, at_least: 1 } } } })
    const { problems } = await strict.plan(type, configs.membership)
    const [problem] = errorsOf(problems)
    expect(problem?.summary).toMatch(/^guard too-many-moves: /)
    expect(problem?.detail).toMatch(
      /^To lift it: `allow = \["too-many-moves"\]` in the provider block, or raise `guards\.moves/,
    )
    expect(errorsOf((await core.plan(type, configs.membership)).problems)).toEqual([])
    expect(writesOf(started.simulator)).toEqual([])
  })

  it('is planned later where a policy is not known yet', async () => {
    const { core, configs } = await providerWorld()
    const policies = configs.membership['policies'] as ValueObject
    const { planned, problems } = await core.plan(type, {
      ...configs.membership,
      policies: { ...policies, [local]: { ...(policies[local] as ValueObject), policy: unknown } },
    })
    expect([problems, planned?.['accounts']]).toEqual([[], unknown])
  })

  it.each([
    [
      'a key that is another name',
      (policies: ValueObject) => ({ Robots: policies[local] ?? null }),
      '.policies.Robots.policy',
    ],
    [
      'a text that is no policy',
      (policies: ValueObject) => ({ [local]: { ...(policies[local] as ValueObject), policy: '{}' } }),
      `.policies.${local}.policy`,
    ],
    [
      'an account of a domain that is not its own',
      (policies: ValueObject) => ({
        ...policies,
        [contractors]: {
          ...(policies[contractors] as ValueObject),
          members: { ...emptyMembers, accounts: ['eve@elsewhere.example'] },
        },
      }),
      `.policies.${contractors}.members.accounts`,
    ],
  ])('points at %s', async (_what, change, path) => {
    const { core, configs } = await providerWorld()
    const { problems } = await core.plan(type, {
      ...configs.membership,
      coverage_requirements: null,
      exceptions: null,
      policies: change(configs.membership['policies'] as ValueObject) as ValueObject,
    })
    const paths = errorsOf(problems).map(({ path: found = [] }) =>
      found
        .map(step => ('attribute' in step ? `.${step.attribute}` : 'key' in step ? `.${step.key}` : `[${step.index}]`))
        .join(''),
    )
    expect(paths).toContain(path)
  })

  it('is forgotten with a warning: all accounts stay, and the policies stay governed', async () => {
    const { core, configs, started } = await providerWorld()
    await prove(started)
    await core.change('postern_authentication_policy', configs.policy(local))
    const { state } = await core.change(type, configs.membership)
    const before = writesOf(started.simulator).length
    const { state: after, problems } = await core.change(type, null, state)
    expect(after).toBeNull()
    expect(problems).toHaveLength(1)
    expect(writesOf(started.simulator)).toHaveLength(before)
    const last = await started.ledger.read('last-applied')
    expect(last?.policyOf).toEqual({})
    expect(last?.documents[`AuthenticationPolicy/${local}`]).not.toHaveProperty('members')
    expect(Object.keys(last?.documents ?? {}).filter(address => /^(Exception|Coverage)/.test(address))).toEqual([])
  })
})

const emptyMembers: ValueObject = {}
