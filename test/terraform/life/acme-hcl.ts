import { acme } from '../../../src/simulator/scenarios/acme.ts'

export const organizationId = acme.organization.id

const year = 365 * 86_400_000

/** The day so many milliseconds from now. What Terraform runs goes by the clock of this machine. */
const day = (ahead = 0): string => new Date(Date.now() + ahead).toISOString().slice(0, 10)

/** What a test changes of the provider block. */
export interface ProviderChanges {
  readonly id?: string
  readonly allow?: readonly string[]
  /** Further attributes of the organization, as HCL. */
  readonly organization?: string
  /** Further attributes of the block, as HCL. */
  readonly more?: string
}

/** The provider block for the organization `acme`, as somebody writes it. */
export const provider = ({ id, allow = [], organization = '', more = '' }: ProviderChanges = {}): string => `
provider "postern" {
  organization_id = "${id ?? organizationId}"
  organization = {
    name               = "acme"
    domains            = ["acme.com", "acme.io"]
    identity_providers = [
      { name = "okta", protocol = "saml", enforces_mfa = true, declared_at = "${day()}", certificate_expires = "${day(year)}" },
    ]
    directories = [{ name = "Acme staff", identity_provider = "okta" }]
    break_glass = [{ account = "root@acme.com" }]
    runner      = { key_owner = "ci@acme.com", key_label = "postern", addresses = ["203.0.113.10"] }
    ${organization}
  }
  allow = ${JSON.stringify(allow)}
  ${more}
}
`

/** The policies of `acme`, by what its console calls them. */
export const policyIds = {
  staff: '90781be9-0863-45f0-92b9-1612379ffa5c',
  contractors: '5b0f3f0e-7d0a-4c58-8a55-0d4f6f0f9c02',
  local: '1c2d7a50-6c0b-4d0e-9a4e-2f0b7c1d5e01',
}

/** The three authentication policies, with settings that the console of `acme` shows already. */
export const policies = `
resource "postern_authentication_policy" "staff" {
  id        = "${policyIds.staff}"
  name      = "Staff behind Okta"
  directory = "Acme staff"
  settings  = { single_sign_on = "enforced", identity_provider = "okta", two_step_verification = "identity-provider" }
}

resource "postern_authentication_policy" "contractors" {
  id        = "${policyIds.contractors}"
  name      = "Contractors and break-glass"
  directory = "local"
  settings  = { single_sign_on = "off" }
}

resource "postern_authentication_policy" "local" {
  id        = "${policyIds.local}"
  name      = "Local accounts"
  directory = "local"
  default   = true
  settings  = { single_sign_on = "off" }
}
`

/** The same without anything that only the console shows: nothing needs evidence. */
export const barePolicies = policies.replaceAll(/^ *(settings|default) .*\n/gm, '')

/** Who belongs where; the accounts of the group that are elsewhere move. */
export const membership = `
resource "postern_membership" "organization" {
  policies = {
    "Staff behind Okta" = {
      policy  = postern_authentication_policy.staff.document
      members = { domains = ["acme.com", "acme.io"], except = { accounts = ["root@acme.com"] } }
    }
    "Contractors and break-glass" = {
      policy  = postern_authentication_policy.contractors.document
      members = { groups = ["contractors"], accounts = ["root@acme.com"] }
    }
    "Local accounts" = {
      policy  = postern_authentication_policy.local.document
      members = { everyone_else = true }
    }
  }
}
`

/** The allowlist of `acme`, as it is there. */
export const office = `
resource "postern_ip_allowlist" "office" {
  name                = "Office and VPN"
  enabled             = true
  ranges              = ["203.0.113.0/24", "2001:db8::/48", "198.51.100.0/24"]
  allow_mobile_bypass = false
  resources           = ["ari:cloud:jira::site/3f2a0c1e-0000-4000-8000-000000000001"]
}
`

/** Who belongs where, with everybody else left where they are. */
export const bareMembership = membership.replace('members = { everyone_else = true }', 'members = {}')
