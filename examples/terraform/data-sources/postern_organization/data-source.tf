data "postern_organization" "current" {}

# The ids of the policies that hold an account, for `id` and for imports.
output "policies" {
  value = { for policy in data.postern_organization.current.policies : policy.id => policy.name }
}
