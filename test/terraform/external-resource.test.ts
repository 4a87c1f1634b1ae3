import { describe, expect, it } from 'vitest'
import type { ValueObject } from '../../src/blocks/value.ts'
import { writesOf } from '../operations/start.ts'
import { errorsOf, prove, providerWorld, summaries } from './provider-world.ts'

const type = 'postern_external_user_policy'

/** Two accounts have been away for longer. */
const suspending = (config: ValueObject): ValueObject => ({
  ...config,
  access: { ...(config['access'] as ValueObject), on_violation: 'suspend' },
})
const away = ['ines@agency.example', 'yuki@agency.example']

describe('an external user policy', () => {
  it('without evidence holds the console step, and has no state', async () => {
    const { core, configs } = await providerWorld()
    const { state, problems } = await core.change(type, configs.external('external'))
    expect(state).toBeNull()
    expect(summaries(errorsOf(problems))).toEqual([
      'error: confirm 4 settings of ExternalUserPolicy “external”: not done, because no API does it',
    ])
    expect(errorsOf(problems)[0]?.detail).toMatch(/external-users\/external/)
  })

  it.each(['external', 'test'])('`%s` with evidence is created, and a further plan has nothing to do', async name => {
    const { core, configs, started, again } = await providerWorld()
    await prove(started)
    const { state, problems } = await core.change(type, configs.external(name))
    expect(errorsOf(problems)).toEqual([])
    expect(state).toMatchObject({ id: name, suspended: [] })
    const next = await again()
    const refreshed = await next.refresh(type, state ?? {})
    expect(refreshed.state).toEqual(state)
    expect((await next.plan(type, configs.external(name), state)).planned).toEqual(state)
    expect(writesOf(started.simulator)).toEqual([])
  })

  it('shows whose access its rules will take, takes it, and gives it back', async () => {
    const { core, configs, started, again } = await providerWorld({}, { allow: ['suspends', 'loosens'] })
    await prove(started)
    const config = configs.external('external')
    const planned = await core.plan(type, suspending(config))
    expect(planned.planned?.['suspended']).toEqual(away)
    expect(summaries(planned.problems)).toContain('warning: apply will suspend the access of 2 accounts')
    const { state, problems } = await core.apply(planned)
    expect(errorsOf(problems)).toEqual([])
    expect(writesOf(started.simulator)).toHaveLength(2)
    const next = await again()
    const refreshed = await next.refresh(type, state ?? {})
    expect(refreshed.state).toEqual(state)
    const back = await next.plan(type, config, state)
    expect(back.planned?.['suspended']).toEqual([])
    const restored = await next.apply(back)
    expect(restored.state).toMatchObject({ suspended: [] })
    expect(writesOf(started.simulator)).toHaveLength(4)
  })

  it('takes nobody’s access while a setting of it waits for the console', async () => {
    const { core, configs, started } = await providerWorld({}, { allow: ['suspends'] })
    const planned = await core.plan(type, suspending(configs.external('external')))
    expect(planned.planned?.['suspended']).toEqual([])
    const { state, problems } = await core.apply(planned)
    expect([state, errorsOf(problems)]).toEqual([null, [expect.objectContaining({ severity: 'error' })]])
    expect(writesOf(started.simulator)).toEqual([])
  })

  it('gives access back where its rules go', async () => {
    const { core, configs, started, again } = await providerWorld({}, { allow: ['suspends', 'loosens'] })
    await prove(started)
    const { state } = await core.change(type, suspending(configs.external('external')))
    const next = await again()
    const planned = await next.plan(type, { ...configs.external('external'), access: null }, state)
    expect(planned.planned?.['suspended']).toEqual([])
    expect((await next.apply(planned)).state).toMatchObject({ access: null, suspended: [] })
    expect(writesOf(started.simulator)).toHaveLength(4)
  })

  it('names who is still without access when it is forgotten', async () => {
    const { core, configs, started, again } = await providerWorld({}, { allow: ['suspends'] })
    await prove(started)
    const { state } = await core.change(type, suspending(configs.external('external')))
    const { problems } = await (await again()).plan(type, null, state)
    expect(problems[0]?.detail).toMatch(/ines@agency\.example, yuki@agency\.example/)
  })

  it('is forgotten with a warning, and stays as it is', async () => {
    const { core, configs, started } = await providerWorld()
    await prove(started)
    const { state } = await core.change(type, configs.external('test'))
    const { state: after, problems } = await core.change(type, null, state)
    expect([after, summaries(problems)]).toEqual([
      null,
      ['warning: ExternalUserPolicy “test” stays as it is: Terraform only forgets it'],
    ])
  })

  it('is imported with everything that is known', async () => {
    const { core, configs, started } = await providerWorld()
    await prove(started)
    const { imported, problems } = await core.provider.import(type, 'external')
    expect(problems).toEqual([])
    expect(imported[0]?.state).toMatchObject({
      id: 'external',
      settings: { authorization_method: 'one-time-passcode' },
    })
    const planned = await core.plan(type, configs.external('external'), imported[0]?.state ?? null)
    expect(errorsOf(planned.problems)).toEqual([])
  })

  it('is one of two', async () => {
    const { core } = await providerWorld()
    const { problems } = await core.provider.import(type, 'third')
    expect(summaries(problems)).toEqual(['error: no ExternalUserPolicy “third”'])
    const [problem] = await core.validate(type, { name: 'third' })
    expect(problem).toMatchObject({ severity: 'error', path: [{ attribute: 'name' }] })
  })
})
