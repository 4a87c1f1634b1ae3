import { afterAll, beforeAll, expect, it } from 'vitest'
import { provider } from './acme-hcl.ts'
import { beginLife, type Life } from './life.ts'
import { ended } from './said.ts'
import { describeLife } from '../terraform.ts'

const address = 'postern_external_user_policy.external'

const external = (session: string, onViolation = 'report'): string => `
resource "postern_external_user_policy" "external" {
  name     = "external"
  settings = { authorization_method = "one-time-passcode", session_duration = "${session}", api_tokens = "block" }
  access = {
    allowed_domains = ["partner.example", "freelance.example", "acme-emergency.example"]
    on_violation    = "${onViolation}"
  }
}
`

/** Enough may lose their access for the rules to be carried out. */
const limits = { organization: 'guards = { suspensions = { percent = 100 } }' }

describeLife('the external user policy', () => {
  let life: Life
  beforeAll(async () => {
    life = await beginLife()
  })
  afterAll(() => life.end())

  const suspended = () =>
    life.simulator.state.accounts.list
      .filter(({ membershipStatus, managed }) => membershipStatus === 'suspended' && !managed)
      .map(({ email }) => email)
      .sort()
  const ofAgency = ['ines@agency.example', 'tomas@agency.example', 'yuki@agency.example']
  const paths = ['authorizationMethod', 'sessionDuration', 'apiTokens'].map(name => `settings.${name}`)

  it('is adopted once the console has what it says', async () => {
    life.main(provider(limits) + external('7d'))
    const refused = ended(await life.apply(), 1)
    expect(refused).toContain('postern attest ExternalUserPolicy/external')
    expect(await life.state()).toEqual({})
    await life.inConsole('ExternalUserPolicy', 'external', {
      'settings.authorizationMethod': 'one-time-passcode',
      'settings.sessionDuration': '7d',
      'settings.apiTokens': 'block',
    })
    await life.attest('ExternalUserPolicy', 'external', ...paths)
    ended(await life.apply(), 0)
    expect((await life.state())[address]).toMatchObject({ id: 'external', suspended: [] })
    ended(await life.plan(), 0)
    expect(life.writes()).toEqual([])
  })

  it('shows what somebody changed, once evidence tells', async () => {
    await life.inConsole('ExternalUserPolicy', 'external', { 'settings.sessionDuration': '30d' })
    await life.attest('ExternalUserPolicy', 'external', 'settings.sessionDuration')
    expect(ended(await life.plan(), 2)).toMatch(/session_duration = "30d" -> "7d"/)
    await life.inConsole('ExternalUserPolicy', 'external', { 'settings.sessionDuration': '7d' })
    await life.attest('ExternalUserPolicy', 'external', 'settings.sessionDuration')
  })

  it('suspends by its rules, and gives back', async () => {
    life.main(provider(limits) + external('7d', 'suspend'))
    const planned = ended(await life.apply(), 0)
    for (const email of ofAgency) expect(planned).toContain(`+ "${email}"`)
    expect(suspended()).toEqual(ofAgency)
    expect((await life.state())[address]).toMatchObject({ suspended: ofAgency })

    const wider = external('7d', 'suspend').replace('["partner', '["agency.example", "partner')
    life.main(provider({ ...limits, allow: ['loosens'] }) + wider)
    ended(await life.apply(), 0)
    expect(suspended()).toEqual([])
    expect((await life.state())[address]).toMatchObject({ suspended: [] })
    ended(await life.plan(), 0)
  })

  it('is imported by its name', async () => {
    ended(await life.terraform(['state', 'rm', address]), 0)
    expect(ended(await life.terraform(['import', address, 'everybody']), 1)).toContain('no ExternalUserPolicy')
    ended(await life.terraform(['import', address, 'external']), 0)
    ended(await life.apply(), 0)
  })

  it('is forgotten when it is destroyed', async () => {
    life.writes()
    expect(ended(await life.destroy(), 0)).toContain('Terraform only forgets it')
    expect(await life.state()).toEqual({})
    expect(life.writes()).toEqual([])
  })
})
