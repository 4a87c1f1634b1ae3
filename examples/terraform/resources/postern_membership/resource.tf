resource "postern_authentication_policy" "staff" {
  name      = "Staff behind Okta"
  directory = "Acme staff"
  default   = true
  settings  = { single_sign_on = "enforced", identity_provider = "okta", two_step_verification = "identity-provider" }
}

resource "postern_authentication_policy" "contractors" {
  name      = "Contractors and break-glass"
  directory = "local"
  default   = true
  settings  = { two_step_verification = "mandatory", api_tokens = "block" }
}

# One for the whole organization: only all policies together show who gets which.
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
  }

  coverage_requirements = {
    "second factor for everyone" = {
      population      = { accounts = ["managed", "external"] }
      at_least        = "step-up"
      tokens          = "live"
      minimum_percent = 90
    }
  }

  exceptions = {
    "reception desk" = {
      account     = "reception@acme.com"
      requirement = "second factor for everyone"
      owner       = "alice@acme.com"
      reason      = "shared screen at the front desk"
      ticket      = "SEC-123"
      expires     = "2030-12-31"
    }
  }
}
