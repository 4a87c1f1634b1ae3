import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Scenario } from '../../../src/simulator/index.ts'
import { acme } from '../../../src/simulator/scenarios/acme.ts'
import { policyIds, provider } from './acme-hcl.ts'
import { beginLife, type Life } from './life.ts'
import { ended } from './said.ts'
import { describeLife } from '../terraform.ts'

const address = 'postern_authentication_policy.staff'
const staff = 'Staff behind Okta'

/** The console has what the configuration says. */
const scenario: Scenario = {
  ...acme,
  authenticationPolicies: (acme.authenticationPolicies ?? []).map(one =>
    one.name === staff ? { ...one, settings: { ...one.settings, thirdPartyLogin: 'block' } } : one,
  ),
}

/** The policy as a configuration has it: by its id, unless the id is that of the state. */
const policy = (more = '', { id = `"${policyIds.staff}"`, name = staff } = {}): string => `
${provider()}
resource "postern_authentication_policy" "staff" {
  id        = ${id}
  name      = "${name}"
  directory = "Acme staff"
  settings = {
    single_sign_on    = "enforced"
    identity_provider = "okta"
    third_party_login = "block"
    ${more}
  }
}
`

describeLife('an authentication policy', () => {
  let life: Life
  beforeAll(async () => {
    life = await beginLife({ scenario })
    life.main(policy())
  })
  afterAll(() => life.end())

  it('is not in the state before evidence shows it; then it is adopted, and in sync', async () => {
    const refused = ended(await life.apply(), 1)
    expect(refused).toContain('a step in the console comes first')
    const { consoleUrl, organizationId } = life.simulator
    expect(refused).toContain(`${consoleUrl}/o/${organizationId}/authentication-policies/${policyIds.staff}`)
    expect(refused).toMatch(/click Security → Authentication policies → Staff behind Okta → Edit/)
    expect(refused).toMatch(/Third-party login not known → block/)
    expect(refused).toContain(`postern attest 'AuthenticationPolicy/${staff}'`)
    expect(await life.state()).toEqual({})
    const again = ended(await life.plan(), 2)
    expect(again).toContain(`${address} will be created`)
    expect(again).not.toContain('tainted')

    const settings = ['singleSignOn', 'identityProvider', 'thirdPartyLogin'].map(name => `settings.${name}`)
    await life.attest('AuthenticationPolicy', staff, ...settings)
    await life.observe()
    ended(await life.apply(), 0)
    ended(await life.plan(), 0)
    expect(await life.state()).toMatchObject({
      [address]: { id: policyIds.staff, settings: { single_sign_on: 'enforced', third_party_login: 'block' } },
    })
    expect(life.writes()).toEqual([])
    life.keep()
  })

  it('is forgotten and adopted again where somebody asks for a replacement', async () => {
    life.startOver()
    const replaced = ended(await life.apply(`-replace=${address}`), 0)
    expect(replaced).toContain('1 added, 0 changed, 1 destroyed')
    ended(await life.plan(), 0)
    expect(life.writes()).toEqual([])
  })

  it('shows what somebody changed in the console, once evidence tells', async () => {
    life.startOver()
    await life.inConsole('AuthenticationPolicy', staff, { 'settings.thirdPartyLogin': 'allow' })
    await life.attest('AuthenticationPolicy', staff, 'settings.thirdPartyLogin')
    const drift = ended(await life.plan(), 2)
    expect(drift).toContain(`${address} will be updated in-place`)
    expect(drift).toMatch(/third_party_login = "allow" -> "block"/)
  })

  it('keeps the state before an update that nobody has made yet; then the update is done', async () => {
    life.startOver()
    life.main(policy('idle_session = "8h"'))
    const refused = ended(await life.apply(), 1)
    expect(refused).toMatch(/\+ idle_session = "8h"/)
    expect(refused).toMatch(/Idle session .*30d → 8h|Idle session .*not known → 8h/)
    expect(await life.state()).toMatchObject({ [address]: { settings: { idle_session: null } } })
    await life.inConsole('AuthenticationPolicy', staff, { 'settings.idleSession': '8h' })
    await life.attest('AuthenticationPolicy', staff, 'settings.idleSession')
    ended(await life.apply(), 0)
    ended(await life.plan(), 0)
    expect(await life.state()).toMatchObject({ [address]: { settings: { idle_session: '8h' } } })
  })

  it('keeps its id under another name', async () => {
    life.startOver()
    const other = 'Everybody at the identity provider'
    life.main(policy('', { name: other, id: 'null' }))
    const refused = ended(await life.apply(), 1)
    expect(refused).toContain(`${address} will be updated in-place`)
    expect(refused).toContain(`/authentication-policies/${policyIds.staff}`)
    expect(await life.state()).toMatchObject({ [address]: { id: policyIds.staff, name: staff } })
    await life.inConsole('AuthenticationPolicy', staff, { name: other })
    await life.observe()
    ended(await life.apply(), 0)
    ended(await life.plan(), 0)
    expect(await life.state()).toMatchObject({ [address]: { id: policyIds.staff, name: other } })
    const { documents } = (await life.ledger.read('last-applied')) ?? {}
    expect(Object.keys(documents ?? {}).sort()).toEqual([`AuthenticationPolicy/${other}`, 'Organization/acme'])
  })

  it('is imported by its id', async () => {
    life.startOver()
    const wanted = (await life.state())[address]
    ended(await life.terraform(['state', 'rm', address]), 0)
    ended(await life.terraform(['import', address, policyIds.staff]), 0)
    expect(await life.state()).toMatchObject({ [address]: { id: policyIds.staff, name: staff } })
    ended(await life.apply(), 0)
    expect((await life.state())[address]).toEqual(wanted)
    expect(life.writes()).toEqual([])
  })

  it('is imported by its name, with a block', async () => {
    life.startOver()
    const wanted = (await life.state())[address]
    ended(await life.terraform(['state', 'rm', address]), 0)
    life.main(`${policy()}\nimport {\n  to = ${address}\n  id = "${staff}"\n}\n`)
    expect(ended(await life.apply(), 0)).toMatch(/1 imported, 0 added/)
    expect((await life.state())[address]).toEqual(wanted)
    expect(life.writes()).toEqual([])
  })

  it('is forgotten when it is destroyed, and stays as it is', async () => {
    life.startOver()
    const before = structuredClone(life.simulator.state.authenticationPolicies)
    expect(ended(await life.destroy(), 0)).toContain('Terraform only forgets it')
    expect(await life.state()).toEqual({})
    expect(life.simulator.state.authenticationPolicies).toEqual(before)
    expect(life.writes()).toEqual([])
    expect(Object.keys((await life.ledger.read('last-applied'))?.documents ?? {})).toEqual(['Organization/acme'])
  })
})
