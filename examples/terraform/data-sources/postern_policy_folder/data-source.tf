data "postern_policy_folder" "policies" {
  path = "${path.module}/policies"
}

resource "postern_ip_allowlist" "all" {
  for_each = data.postern_policy_folder.policies.ip_allowlists

  name                = each.value.name
  enabled             = each.value.enabled
  ranges              = each.value.ranges
  allow_mobile_bypass = each.value.allow_mobile_bypass
  resources           = each.value.resources
}

output "desired_digest" {
  value = data.postern_policy_folder.policies.desired_digest
}
