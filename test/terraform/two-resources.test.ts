import { describe, expect, it } from 'vitest'
import { unknown } from '../../src/blocks/value.ts'
import { nameRun } from '../../src/operations/name-run.ts'
import { holdLock } from '../../src/operations/hold-lock.ts'
import { valueOf } from '../operations/start.ts'
import { errorsOf, prove, providerWorld, summaries } from './provider-world.ts'

const allowlist = 'postern_ip_allowlist'
const policy = 'postern_authentication_policy'
const office = 'Office and VPN'

describe('two resources', () => {
  it.each([
    [policy, 'Local accounts', 'AuthenticationPolicy/Local accounts'],
    [allowlist, office, `IpAllowlist/${office}`],
  ])('of %s for one object are refused', async (type, name, told) => {
    const { core, configs } = await providerWorld()
    const config = type === policy ? configs.policy(name) : configs.allowlist(name)
    expect(errorsOf((await core.plan(type, config)).problems)).toEqual([])
    expect(summaries(errorsOf((await core.plan(type, config)).problems))).toEqual([
      `error: two resources for ${told}: each would undo the other`,
    ])
  })

  it('for the membership of one organization are refused', async () => {
    const { core, configs } = await providerWorld()
    await core.plan('postern_membership', configs.membership)
    const { problems } = await core.plan('postern_membership', configs.membership)
    expect(summaries(errorsOf(problems))).toEqual([
      'error: two resources for the membership of the organization: each would undo the other',
    ])
  })

  it.each(['the new one', 'the old one'])(
    'that are one with another label are told apart, %s planned first',
    async first => {
      const { core, configs, again } = await providerWorld({}, { allow: ['loosens'] })
      const { state } = await core.change(allowlist, configs.allowlist(office))
      const next = await again()
      const create = () => next.plan(allowlist, configs.allowlist(office))
      const remove = () => next.plan(allowlist, null, state)
      const [, second] = first === 'the new one' ? [await create(), await remove()] : [await remove(), await create()]
      const [problem] = errorsOf(second.problems)
      expect(problem?.summary).toBe('one resource takes over the object that another one deletes')
      expect(problem?.detail).toMatch(/`moved` block/)
    },
  )
})

describe('a replacement that somebody asked for', () => {
  it('creates what it deleted, under a new id', async () => {
    const { core, configs, again } = await providerWorld({}, { allow: ['loosens', 'locks-out-runner'] })
    const config = configs.allowlist(office)
    const { state } = await core.change(allowlist, config)
    const next = await again()
    const first = await next.plan(allowlist, config, state)
    const half = await next.provider.plan(allowlist, {
      prior: null,
      proposed: first.planned,
      config: first.config,
      private: first.kept,
    })
    expect(half.planned?.['id']).toBe(unknown)
    const last = await again()
    expect((await last.change(allowlist, null, state)).state).toBeNull()
    const created = await (await again()).change(allowlist, config)
    expect(errorsOf(created.problems)).toEqual([])
    expect(created.state?.['id']).not.toBe(state?.['id'])
  })
})

describe('a replacement of what nobody can replace', () => {
  it.each([policy, 'postern_membership'])('of %s is planned as one resource', async type => {
    const { core, configs, started, again } = await providerWorld()
    await prove(started)
    const config = type === policy ? configs.policy('Local accounts') : configs.membership
    const { state } = await core.change(type, config)
    const next = await again()
    const first = await next.plan(type, config, state)
    const { problems } = await next.provider.plan(type, {
      prior: null,
      proposed: first.planned,
      config: first.config,
      private: first.kept,
    })
    expect(errorsOf(problems)).toEqual([])
  })
})

describe('forgetting', () => {
  it('waits for nobody: while another run holds the lock it is refused', async () => {
    const { core, configs, started } = await providerWorld()
    await prove(started)
    const { state } = await core.change(policy, configs.policy('Local accounts'))
    const { ledger, now } = started
    const run = nameRun(now(), () => 0.7)
    const lock = valueOf(await holdLock(ledger, { command: 'apply', owner: 'bob', run, now }))
    const refused = await core.change(policy, null, state)
    await lock.release()
    expect([refused.state, errorsOf(refused.problems)[0]?.detail]).toEqual([
      state,
      expect.stringMatching(/ledger\/locked/),
    ])
  })
})

describe('an empty object', () => {
  it('is told: Terraform drops names that the provider does not know', async () => {
    const { core } = await providerWorld()
    const problems = await core.validate('postern_external_user_policy', { name: 'external', settings: {} })
    expect(problems).toMatchObject([{ severity: 'warning', summary: '`settings` is empty: it manages nothing' }])
  })
})
