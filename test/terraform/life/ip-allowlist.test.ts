import { afterAll, beforeAll, expect, it } from 'vitest'
import { office, provider } from './acme-hcl.ts'
import { beginLife, type Life } from './life.ts'
import { ended } from './said.ts'
import { describeLife } from '../terraform.ts'

const address = 'postern_ip_allowlist.office'
const name = 'Office and VPN'

describeLife('an IP allowlist', () => {
  let life: Life
  beforeAll(async () => {
    life = await beginLife()
  })
  afterAll(() => life.end())

  const inOrganization = (wanted: string) => life.simulator.state.controlPolicies.find(policy => policy.name === wanted)
  const methods = () => life.writes().map(({ method }) => method)

  it('is created, and deleted once its guard is lifted', async () => {
    const plant = 'resource "postern_ip_allowlist" "plant" {\n  name = "Plant"\n  ranges = ["203.0.113.0/24"]\n}\n'
    life.main(`${provider()}${plant}`)
    expect(ended(await life.apply(), 0)).toMatch(/1 added/)
    expect(inOrganization('Plant')).toMatchObject({ rule: { in: ['203.0.113.0/24'] } })
    expect(methods()).toEqual(['POST'])
    expect((await life.state())['postern_ip_allowlist.plant']?.['id']).toBe(inOrganization('Plant')?.id)
    ended(await life.plan(), 0)

    expect(ended(await life.destroy(), 1)).toContain('guard loosens')
    expect(methods()).toEqual([])
    life.main(`${provider({ allow: ['loosens'] })}${plant}`)
    ended(await life.destroy(), 0)
    expect(methods()).toEqual(['DELETE'])
    expect(inOrganization('Plant')).toBeUndefined()
    expect(await life.state()).toEqual({})
  })

  it('that is there already is adopted', async () => {
    life.startOver()
    life.main(`${provider()}${office}`)
    const before = structuredClone(inOrganization(name))
    expect(ended(await life.apply(), 0)).toContain('is there already: it is adopted, not created')
    expect(inOrganization(name)).toEqual(before)
    expect((await life.state())[address]).toMatchObject({
      id: before?.id,
      ranges: expect.arrayContaining([]) as unknown,
    })
    ended(await life.plan(), 0)
    life.keep()
  })

  it('that somebody changed is shown, and set back', async () => {
    life.startOver()
    const object = inOrganization(name)
    const before = structuredClone(object?.rule)
    Object.assign(object ?? {}, { rule: { in: ['203.0.113.0/24', '2001:db8::/48', '198.51.100.0/24', '0.0.0.0/0'] } })
    const drift = ended(await life.plan(), 2)
    expect(drift).toContain(`${address} will be updated in-place`)
    expect(drift).toMatch(/- "0\.0\.0\.0\/0"/)
    ended(await life.apply(), 0)
    expect(inOrganization(name)?.rule['in']).toEqual(expect.arrayContaining(before?.['in'] as unknown[]))
    ended(await life.plan(), 0)
  })

  it('that somebody deleted is created again', async () => {
    life.startOver()
    const { state } = life.simulator
    state.controlPolicies = state.controlPolicies.filter(policy => policy.name !== name)
    expect(ended(await life.apply(), 0)).toMatch(/1 added/)
    expect((await life.state())[address]?.['id']).toBe(inOrganization(name)?.id)
  })

  it('is updated in place', async () => {
    life.startOver()
    life.main(`${provider()}${office.replace(', "198.51.100.0/24"', '')}`)
    expect(ended(await life.apply(), 0)).toMatch(/0 added, 1 changed/)
    expect(inOrganization(name)?.rule['in']).toHaveLength(2)
  })

  it('is deleted and created again where somebody asks for a replacement', async () => {
    life.startOver()
    const before = inOrganization(name)?.id
    life.main(`${provider({ allow: ['loosens'] })}${office}`)
    expect(ended(await life.apply(`-replace=${address}`), 0)).toMatch(/1 added, 0 changed, 1 destroyed/)
    expect(methods().slice(0, 2)).toEqual(['DELETE', 'POST'])
    const after = inOrganization(name)?.id
    expect((await life.state())[address]?.['id']).toBe(after)
    expect(after).not.toBe(before)
    ended(await life.plan(), 0)
  })

  it('whose block only gets another label is not deleted: a `moved` block is asked for', async () => {
    life.startOver()
    const [, label = ''] = /postern_ip_allowlist\.(\w+)/.exec(address) ?? []
    life.main(`${provider({ allow: ['loosens'] })}${office.replace(`"${label}"`, '"other"')}`)
    expect(ended(await life.apply(), 1)).toContain('one resource takes over the object that another one deletes')
    expect(methods()).toEqual([])
    const moved = `moved {\n  from = ${address}\n  to   = postern_ip_allowlist.other\n}\n`
    life.main(`${provider({ allow: ['loosens'] })}${office.replace(`"${label}"`, '"other"')}${moved}`)
    ended(await life.apply(), 0)
    expect(methods()).toEqual([])
  })

  it('is replaced under another name', async () => {
    life.startOver()
    life.main(`${provider({ allow: ['loosens'] })}${office.replace(name, 'Headquarters')}`)
    const done = ended(await life.apply(), 0)
    expect(done).toContain(`${address} must be replaced`)
    expect(done).toMatch(/1 added, 0 changed, 1 destroyed/)
    expect([inOrganization(name), inOrganization('Headquarters')?.status]).toEqual([undefined, 'enabled'])
    expect(methods()).toEqual(['DELETE', 'POST', 'POST'])
    ended(await life.plan(), 0)
  })

  it('is replaced the other way round, if the configuration says so', async () => {
    life.startOver()
    const first = office
      .replace(name, 'Headquarters')
      .replace('resources', 'lifecycle { create_before_destroy = true }\n  resources')
    life.main(`${provider({ allow: ['loosens'] })}${first}`)
    ended(await life.apply(), 0)
    expect([inOrganization(name), inOrganization('Headquarters')?.status]).toEqual([undefined, 'enabled'])
    expect(methods()).toEqual(['POST', 'POST', 'DELETE'])
  })

  it('is imported by its id, and by its name with a block', async () => {
    life.startOver()
    const wanted = (await life.state())[address]
    ended(await life.terraform(['state', 'rm', address]), 0)
    ended(await life.terraform(['import', address, inOrganization(name)?.id ?? '']), 0)
    expect((await life.state())[address]).toEqual(wanted)
    ended(await life.terraform(['state', 'rm', address]), 0)
    life.main(`${provider()}${office}\nimport {\n  to = ${address}\n  id = "${name}"\n}\n`)
    expect(ended(await life.apply(), 0)).toMatch(/1 imported, 0 added, 0 changed/)
    expect((await life.state())[address]).toEqual(wanted)
    expect(methods()).toEqual([])
    ended(await life.terraform(['state', 'rm', address]), 0)
    expect(ended(await life.terraform(['import', address, 'Attic']), 1)).toContain('no IP allowlist “Attic”')
  })
})
