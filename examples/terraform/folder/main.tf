terraform {
  required_providers {
    postern = {
      source = "postern/postern"
    }
  }
}

provider "postern" {
  organization_document = file("${path.module}/policies/organization.yaml")
  ledger                = "s3://acme-postern/ledger"
}

data "postern_policy_folder" "policies" {
  path = "${path.module}/policies"
}

resource "postern_authentication_policy" "all" {
  for_each = data.postern_policy_folder.policies.authentication_policies

  id        = each.value.id
  name      = each.value.name
  directory = each.value.directory
  default   = each.value.default
  billable  = each.value.billable
  settings  = each.value.settings
}

resource "postern_external_user_policy" "all" {
  for_each = data.postern_policy_folder.policies.external_user_policies

  name       = each.value.name
  settings   = each.value.settings
  test_users = each.value.test_users
  access     = each.value.access
}

resource "postern_ip_allowlist" "all" {
  for_each = data.postern_policy_folder.policies.ip_allowlists

  name                = each.value.name
  enabled             = each.value.enabled
  ranges              = each.value.ranges
  allow_mobile_bypass = each.value.allow_mobile_bypass
  resources           = each.value.resources
}

resource "postern_membership" "organization" {
  # The texts come from the resources, so that the members come after the policies.
  policies = {
    for name, policy in data.postern_policy_folder.policies.membership.policies : name => {
      policy  = postern_authentication_policy.all[name].document
      members = policy.members
    }
  }
  coverage_requirements = data.postern_policy_folder.policies.membership.coverage_requirements
  exceptions            = data.postern_policy_folder.policies.membership.exceptions
}
