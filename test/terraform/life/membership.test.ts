import { afterAll, beforeAll, expect, it } from 'vitest'
import { membersOf } from '../../operations/start.ts'
import { membership, policies, provider } from './acme-hcl.ts'
import { beginLife, type Life } from './life.ts'
import { ended } from './said.ts'
import { describeTerraform } from '../terraform.ts'

const address = 'postern_membership.organization'
const contractors = 'Contractors and break-glass'
const moved = ['owen.price@acme.com', 'petra.vogel@acme.com', 'quinn.daly@acme.com', 'rosa.silva@acme.com']

describeTerraform('the membership', () => {
  let life: Life
  beforeAll(async () => {
    life = await beginLife()
    life.main(provider() + policies + membership)
  })
  afterAll(() => life.end())

  const accounts = async () =>
    (await life.state())[address]?.['accounts'] as Readonly<Record<string, readonly string[]>>

  it('moves the accounts that the plan showed, after the policies are adopted', async () => {
    const refused = ended(await life.apply(), 1)
    expect(refused).toContain('apply will move 4 accounts into “Contractors and break-glass”')
    expect(await life.state()).toEqual({})
    expect(life.writes()).toEqual([])
    for (const [name, ...settings] of [
      ['Staff behind Okta', 'singleSignOn', 'identityProvider', 'twoStepVerification'],
      [contractors, 'singleSignOn'],
      ['Local accounts', 'singleSignOn'],
    ] as const)
      await life.attest('AuthenticationPolicy', name, ...settings.map(setting => `settings.${setting}`))
    await life.attest('AuthenticationPolicy', 'Local accounts', 'default')
    ended(await life.apply(), 0)
    expect(life.writes().map(({ path }) => path.replace(/.*\//, ''))).toEqual(['add-users'])
    expect(membersOf(life.simulator, contractors)).toEqual(expect.arrayContaining(moved))
    expect((await accounts())[contractors]).toEqual(expect.arrayContaining(moved))
    ended(await life.plan(), 0)
  })

  it('that somebody changed is shown, and made so again', async () => {
    const { state } = life.simulator
    const local = state.authenticationPolicies.find(({ name }) => name === 'Local accounts')
    const jo = state.accounts.byEmail.get('jo@acme.com')
    Object.assign(jo ?? {}, { policyId: local?.id })
    const drift = ended(await life.plan(), 2)
    expect(drift).toContain(`${address} will be updated in-place`)
    expect(drift).toMatch(/\+ "jo@acme\.com"/)
    ended(await life.apply(), 0)
    expect(membersOf(life.simulator, contractors)).toContain('jo@acme.com')
  })

  it('is updated with its configuration', async () => {
    life.writes()
    life.main(
      provider() +
        policies +
        membership.replace(
          'accounts = ["root@acme.com"] }\n    }\n    "Local',
          'accounts = ["root@acme.com", "reception@acme.com"] }\n    }\n    "Local',
        ),
    )
    const done = ended(await life.apply(), 0)
    expect(done).toContain(`${address} will be updated in-place`)
    expect(membersOf(life.simulator, contractors)).toContain('reception@acme.com')
    expect(life.writes()).toHaveLength(1)
  })

  it('is imported by the id of the organization, and nothing moves', async () => {
    const wanted = (await life.state())[address]
    ended(await life.terraform(['state', 'rm', address]), 0)
    expect(ended(await life.terraform(['import', address, 'acme']), 1)).toContain(life.simulator.organizationId)
    ended(await life.terraform(['import', address, life.simulator.organizationId]), 0)
    life.writes()
    ended(await life.apply(), 0)
    expect((await life.state())[address]).toEqual(wanted)
    expect(life.writes()).toEqual([])
  })

  it('is forgotten when it is destroyed: everybody stays where they are', async () => {
    const before = life.simulator.state.accounts.list.map(({ email, policyId }) => [email, policyId])
    life.writes()
    expect(ended(await life.destroy(), 0)).toContain('Terraform only forgets the membership')
    expect(await life.state()).toEqual({})
    expect(life.writes()).toEqual([])
    expect(life.simulator.state.accounts.list.map(({ email, policyId }) => [email, policyId])).toEqual(before)
    expect(await life.ledger.read('last-applied')).toMatchObject({ policyOf: {} })
  })
})
