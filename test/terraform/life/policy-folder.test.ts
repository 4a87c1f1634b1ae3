import { afterAll, beforeAll, expect, it } from 'vitest'
import { membersOf } from '../../operations/start.ts'
import { organizationId, policyIds } from './acme-hcl.ts'
import { beginLife, type Life } from './life.ts'
import { ended } from './said.ts'
import { describeLife } from '../terraform.ts'

const files = {
  'policies/organization.yaml': `kind: Organization
name: acme
id: ${organizationId}
domains: [acme.com, acme.io]
directories: [{ name: Acme staff, identityProvider: okta }]
identityProviders: [{ name: okta, protocol: saml }]
breakGlass: [root@acme.com]
`,
  'policies/policies.yaml': `kind: AuthenticationPolicy
name: Staff behind Okta
id: ${policyIds.staff}
directory: Acme staff
members: { domains: [acme.com, acme.io], except: { accounts: [root@acme.com] } }
---
kind: AuthenticationPolicy
name: Contractors and break-glass
id: ${policyIds.contractors}
directory: local
members: { groups: [contractors], accounts: [root@acme.com] }
---
kind: AuthenticationPolicy
name: Local accounts
id: ${policyIds.local}
directory: local
---
kind: IpAllowlist
name: Plant
ranges: [203.0.113.0/24]
---
kind: CoverageRequirement
name: second factor for everyone
population: { accounts: [managed, external] }
atLeast: step-up
minimumPercent: 90
severity: warning
`,
}

const configuration = `
provider "postern" {
  organization_document = file("\${path.module}/policies/organization.yaml")
}

data "postern_policy_folder" "policies" {
  path = "\${path.module}/policies"
}

resource "postern_authentication_policy" "all" {
  for_each  = data.postern_policy_folder.policies.authentication_policies
  id        = each.value.id
  name      = each.value.name
  directory = each.value.directory
  default   = each.value.default
  billable  = each.value.billable
  settings  = each.value.settings
}

resource "postern_ip_allowlist" "all" {
  for_each            = data.postern_policy_folder.policies.ip_allowlists
  name                = each.value.name
  enabled             = each.value.enabled
  ranges              = each.value.ranges
  allow_mobile_bypass = each.value.allow_mobile_bypass
  resources           = each.value.resources
}

resource "postern_membership" "organization" {
  policies = {
    for name, policy in data.postern_policy_folder.policies.membership.policies : name => {
      policy  = postern_authentication_policy.all[name].document
      members = policy.members
    }
  }
  coverage_requirements = data.postern_policy_folder.policies.membership.coverage_requirements
  exceptions            = data.postern_policy_folder.policies.membership.exceptions
}
`

const questions = `
data "postern_organization" "acme" {}

data "postern_accounts" "external" {
  managed = false
  domain  = "agency.example"
}

data "postern_coverage" "folder" {
  folder = "\${path.module}/policies"
}

data "postern_coverage" "documents" {
  documents = [for policy in postern_authentication_policy.all : policy.document]
}

output "organization" {
  value = data.postern_organization.acme
}
output "external" {
  value = data.postern_accounts.external.accounts[*].email
}
output "folder" {
  value = data.postern_coverage.folder
}
output "documents" {
  value = data.postern_coverage.documents.total
}
`

describeLife('a policy folder', () => {
  let life: Life
  beforeAll(async () => {
    life = await beginLife()
    life.space.write(files)
    life.main(configuration)
  })
  afterAll(() => life.end())

  it('feeds the resources with its documents', async () => {
    expect(ended(await life.apply(), 0)).toMatch(/5 added/)
    expect(Object.keys(await life.state()).sort()).toEqual([
      'data.postern_policy_folder.policies',
      'postern_authentication_policy.all["Contractors and break-glass"]',
      'postern_authentication_policy.all["Local accounts"]',
      'postern_authentication_policy.all["Staff behind Okta"]',
      'postern_ip_allowlist.all["Plant"]',
      'postern_membership.organization',
    ])
    expect(membersOf(life.simulator, 'Contractors and break-glass')).toContain('rosa.silva@acme.com')
    ended(await life.plan(), 0)
  })

  it('is told by the other data sources', async () => {
    life.main(configuration + questions)
    ended(await life.apply(), 0)
    const outputs = JSON.parse((await life.terraform(['output', '-json'])).stdout) as Record<string, { value: unknown }>
    expect(outputs['organization']?.value).toMatchObject({ id: organizationId, name: 'acme' })
    expect(outputs['external']?.value).toEqual(['ines@agency.example', 'tomas@agency.example', 'yuki@agency.example'])
    expect(outputs['folder']?.value).toMatchObject({ requirements: [{ name: 'second factor for everyone' }] })
    expect(outputs['documents']?.value).toBe((outputs['folder']?.value as { total: number }).total)
    ended(await life.plan(), 0)
  })

  it('may hold a requirement as a text of its own', async () => {
    const requirement =
      'jsonencode({ kind = "CoverageRequirement", name = "all", population = { accounts = ["managed"] }, atLeast = "step-up", severity = "warning" })'
    life.main(`${configuration}
data "postern_coverage" "asked" {
  documents = concat([${requirement}], values(postern_authentication_policy.all)[*].document)
}
output "met" {
  value = data.postern_coverage.asked.requirements[*].met
}
`)
    expect(ended(await life.apply(), 0)).toMatch(/met = \[ \+ false, \]/)
  })

  it('that is wrong is told with file, line and what stands there', async () => {
    const wrong = files['policies/policies.yaml'].replace('directory: local', 'directory: lokal')
    life.space.write({ 'policies/policies.yaml': wrong })
    const refused = ended(await life.plan(), 1)
    expect(refused).toContain('policy/dangling-reference')
    expect(refused).toMatch(/policies\.yaml:10:1/)
    expect(refused).toContain('lokal')
    life.space.write(files)
  })

  it('that has an allowlist less deletes it, once its guard is lifted', async () => {
    const without = files['policies/policies.yaml'].replace(/kind: IpAllowlist[^]*?---\n/, '')
    life.space.write({ 'policies/policies.yaml': without })
    expect(ended(await life.plan(), 1)).toContain('guard loosens')
    life.main(configuration.replace('provider "postern" {', 'provider "postern" {\n  allow = ["loosens"]'))
    expect(ended(await life.apply(), 0)).toMatch(/1 destroyed/)
    expect(life.simulator.state.controlPolicies.map(({ name }) => name)).not.toContain('Plant')
    ended(await life.plan(), 0)
  })
})
