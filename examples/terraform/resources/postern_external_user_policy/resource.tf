resource "postern_external_user_policy" "external" {
  name = "external"

  settings = {
    authorization_method = "one-time-passcode"
    session_duration     = "7d"
    # A token is never asked for the passcode.
    api_tokens = "block"
    billable   = true
  }

  access = {
    allowed_domains = ["partner.example", "agency.example"]
    inactive_after  = "90d"
    on_violation    = "report"
  }
}

# Five of them at most try the rules first.
resource "postern_external_user_policy" "test" {
  name       = "test"
  test_users = ["sam@partner.example"]

  settings = {
    authorization_method = "one-time-passcode"
    session_duration     = "1d"
    api_tokens           = "block"
  }
}
