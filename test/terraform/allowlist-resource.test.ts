import { describe, expect, it } from 'vitest'
import { unknown } from '../../src/blocks/value.ts'
import { writesOf } from '../operations/start.ts'
import { errorsOf, providerWorld, summaries, textIn } from './provider-world.ts'

const type = 'postern_ip_allowlist'
const office = 'Office and VPN'

/** The addresses of the job that runs Postern are in every allowlist, or a guard stops it. */
const runner = '203.0.113.10'
const home = { name: 'Home', ranges: [runner, '192.0.2.0/24'] }

const live = (world: Awaited<ReturnType<typeof providerWorld>>) =>
  world.started.simulator.state.controlPolicies
    .filter(({ type: of }) => of === 'ip-allowlist')
    .map(({ name }) => name)
    .sort()

describe('an IP allowlist', () => {
  it('is created, and a further plan has nothing to do', async () => {
    const world = await providerWorld()
    const { core, again } = world
    const planned = await core.plan(type, home)
    expect([planned.problems, planned.planned?.['id']]).toEqual([[], unknown])
    const { state, problems } = await core.apply(planned)
    expect(problems).toEqual([])
    expect(live(world)).toEqual(['Home', office])
    const next = await again()
    expect(await next.refresh(type, state ?? {})).toEqual({ state, problems: [] })
    const planAgain = await next.plan(type, home, state)
    expect([planAgain.problems, planAgain.planned]).toEqual([[], state])
  })

  it('that is there already is adopted, and the plan tells what that changes', async () => {
    const { core, configs, started } = await providerWorld()
    const planned = await core.plan(type, configs.allowlist(office))
    expect(summaries(planned.problems)).toEqual([
      `warning: IpAllowlist “${office}” is there already: it is adopted, not created`,
      `warning: apply will update IpAllowlist “${office}”`,
    ])
    const { state } = await core.apply(planned)
    expect(state?.['id']).toBe(started.simulator.state.controlPolicies[0]?.id)
    expect(writesOf(started.simulator)).toHaveLength(1)
  })

  it('keeps its own spelling of what is the same', async () => {
    const { core, again } = await providerWorld()
    const config = { name: 'Home', ranges: ['2001:DB8:0::/48', '192.0.2.1/32', '203.0.113.10/32'] }
    const { state } = await core.change(type, config)
    const next = await again()
    const { state: seen } = await next.refresh(type, state ?? {})
    expect(seen).toEqual(state)
    expect((await next.plan(type, config, seen)).planned).toEqual(state)
  })

  it('shows what somebody changed, and puts it back', async () => {
    const world = await providerWorld()
    const { core, again, started } = world
    const { state } = await core.change(type, home)
    const object = started.simulator.state.controlPolicies.find(({ name }) => name === 'Home')
    if (object === undefined) throw new Error('it was not created')
    object.rule = { ...(object.rule as object), in: [runner, '192.0.2.0/24', '198.51.100.0/24'] }
    const next = await again()
    const { state: seen } = await next.refresh(type, state ?? {})
    expect(seen).toMatchObject({ ranges: ['192.0.2.0/24', '198.51.100.0/24', runner] })
    const { state: after, problems } = await next.change(type, home, seen)
    expect(problems).toEqual([])
    expect(after).toMatchObject({ ranges: home.ranges })
  })

  it('that is gone has no state', async () => {
    const { core, again, started } = await providerWorld()
    const { state } = await core.change(type, home)
    const { controlPolicies } = started.simulator.state
    controlPolicies.splice(
      controlPolicies.findIndex(({ name }) => name === 'Home'),
      1,
    )
    expect(await (await again()).refresh(type, state ?? {})).toEqual({ state: null, problems: [] })
  })

  it('that somebody renamed is found by its id, and replaced', async () => {
    const { core, again, started } = await providerWorld({}, { allow: ['loosens'] })
    const { state } = await core.change(type, home)
    const object = started.simulator.state.controlPolicies.find(({ name }) => name === 'Home')
    if (object !== undefined) object.name = 'Cottage'
    const next = await again()
    const { state: seen } = await next.refresh(type, state ?? {})
    expect(seen).toMatchObject({ name: 'Cottage', id: state?.['id'] })
    const planned = await next.plan(type, home, seen)
    expect(planned.requiresReplace).toEqual([[{ attribute: 'name' }]])
    expect(planned.planned?.['id']).toBe(unknown)
  })

  it('is deleted, where the guard over what loosens is lifted', async () => {
    const world = await providerWorld({}, { allow: ['loosens'] })
    const { core, again } = world
    const { state } = await core.change(type, home)
    const held = await (await again({})).plan(type, null, state)
    expect(summaries(errorsOf(held.problems))).toEqual([expect.stringMatching(/^error: guard loosens: /)])
    const { state: after, problems } = await core.change(type, null, state)
    expect([after, errorsOf(problems)]).toEqual([null, []])
    expect(live(world)).toEqual([office])
  })

  it('is not touched where the organization moved since the plan', async () => {
    const { core, again, configs, started } = await providerWorld()
    const { state } = await core.change(type, configs.allowlist(office))
    const changed = { ...configs.allowlist(office), ranges: ['203.0.113.0/24'] }
    const planned = await (await again()).plan(type, changed, state)
    const object = started.simulator.state.controlPolicies.find(({ name }) => name === office)
    if (object !== undefined) object.status = 'disabled'
    const before = writesOf(started.simulator).length
    const applied = await (await again()).apply(planned)
    expect(errorsOf(applied.problems)[0]?.detail).toMatch(/apply\/other-digest/)
    expect(applied.state).toMatchObject({
      enabled: false,
      ranges: expect.arrayContaining(['203.0.113.0/24']) as unknown,
    })
    expect(writesOf(started.simulator)).toHaveLength(before)
  })

  it('waits for what is not known yet', async () => {
    const { core } = await providerWorld()
    const planned = await core.plan(type, { name: 'Home', ranges: unknown })
    expect(planned).toMatchObject({ problems: [], planned: { name: 'Home', id: unknown, document: unknown } })
    const applied = await core.apply({
      ...planned,
      config: { ...planned.config, ranges: home.ranges },
      planned: { ...planned.planned, ranges: home.ranges },
    })
    expect(applied.problems).toEqual([])
    expect(applied.state).toMatchObject({ ranges: home.ranges })
  })

  it.each([
    ['its name', () => office],
    ['its id', (id: string) => id],
  ])('is imported by %s', async (_what, wanted) => {
    const { core, configs, started, again } = await providerWorld()
    const { state } = await core.change(type, configs.allowlist(office))
    const { imported, problems } = await core.provider.import(type, wanted(textIn(state, 'id')))
    expect(problems).toEqual([])
    expect(imported[0]?.state).toMatchObject({ name: office, id: started.simulator.state.controlPolicies[0]?.id })
    const planned = await (await again()).plan(type, configs.allowlist(office), imported[0]?.state ?? null)
    expect(planned.problems).toEqual([])
  })

  it('refuses what is no range, at the range', async () => {
    const { core } = await providerWorld()
    const [problem] = await core.validate(type, { name: 'Home', ranges: ['everywhere'] })
    expect(problem).toMatchObject({ severity: 'error', path: [{ attribute: 'ranges' }] })
  })
})
