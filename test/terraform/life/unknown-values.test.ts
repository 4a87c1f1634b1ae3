import { afterAll, beforeAll, expect, it } from 'vitest'
import { membersOf } from '../../operations/start.ts'
import { bareMembership, barePolicies, provider } from './acme-hcl.ts'
import { beginLife, type Life } from './life.ts'
import { ended } from './said.ts'
import { describeLife } from '../terraform.ts'

const contractors = 'Contractors and break-glass'

describeLife('values that are known after apply', () => {
  let life: Life
  beforeAll(async () => {
    life = await beginLife()
  })
  afterAll(() => life.end())

  it('are planned as unknown, and applied as what they come to', async () => {
    life.main(`${provider()}${barePolicies}
resource "terraform_data" "made" {
  input = {
    ranges  = ["203.0.113.0/24"]
    name    = "Plant"
    policy  = postern_authentication_policy.contractors.document
    accounts = ["root@acme.com", "reception@acme.com"]
  }
}

resource "postern_ip_allowlist" "plant" {
  name   = terraform_data.made.output.name
  ranges = terraform_data.made.output.ranges
}
${bareMembership
  .replace('postern_authentication_policy.contractors.document', 'terraform_data.made.output.policy')
  .replace(
    'accounts = ["root@acme.com"] }\n    }\n    "Local',
    'accounts = terraform_data.made.output.accounts }\n    }\n    "Local',
  )}`)
    const planned = ended(await life.plan(), 2)
    expect(planned).toMatch(/ranges = \(known after apply\)/)
    expect(planned).toMatch(/accounts = \(known after apply\)/)
    ended(await life.apply(), 0)
    expect(life.simulator.state.controlPolicies.map(({ name }) => name)).toContain('Plant')
    expect(membersOf(life.simulator, contractors)).toEqual(
      expect.arrayContaining(['reception@acme.com', 'rosa.silva@acme.com']),
    )
    ended(await life.plan(), 0)
  })

  it('that turn out to be wrong are refused by the apply, with the attribute', async () => {
    life.startOver()
    life.main(`${provider()}
resource "terraform_data" "made" {
  input = ["203.0.113.0/24", "somewhere"]
}
resource "postern_ip_allowlist" "plant" {
  name   = "Plant"
  ranges = terraform_data.made.output
}
`)
    ended(await life.plan(), 2)
    const refused = ended(await life.apply(), 1)
    expect(refused).toContain('policy/bad-range')
    expect(refused).toMatch(/on main\.tf line \d+, in resource "postern_ip_allowlist" "plant": \d+: ranges/)
    expect(life.writes()).toEqual([])
    expect(Object.keys(await life.state())).toEqual(['terraform_data.made'])
  })

  it('of the provider block are asked for', async () => {
    life.startOver()
    life.main(`${provider().replace(/organization_id = "[^"]+"/, 'organization_id = terraform_data.id.output')}
resource "terraform_data" "id" {
  input = "${life.simulator.organizationId}"
}
resource "postern_ip_allowlist" "plant" {
  name   = "Plant"
  ranges = ["203.0.113.0/24"]
}
`)
    const refused = ended(await life.plan(), 1)
    expect(refused).toContain('`organization_id` is not known yet')
    expect(refused).toMatch(/on main\.tf line 3, in provider "postern"/)
  })
})
