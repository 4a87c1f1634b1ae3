data "postern_accounts" "suspended_partners" {
  domain  = "partner.example"
  managed = false
  status  = "suspended"
}

output "suspended_partners" {
  value = data.postern_accounts.suspended_partners.accounts[*].email
}
