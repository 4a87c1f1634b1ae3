resource "postern_ip_allowlist" "office" {
  name                = "Office and VPN"
  enabled             = true
  ranges              = ["203.0.113.0/24", "2001:db8::/48"]
  allow_mobile_bypass = false
  resources           = ["ari:cloud:jira::site/3f2a0c1e-0000-4000-8000-000000000001"]
}
