# The policy is there already: creating one is a step in the console.
resource "postern_authentication_policy" "staff" {
  name      = "Staff behind Okta"
  id        = "90781be9-0863-45f0-92b9-1612379ffa5c"
  directory = "Acme staff"
  default   = true
  billable  = true

  settings = {
    single_sign_on        = "enforced"
    identity_provider     = "okta"
    two_step_verification = "identity-provider"
    idle_session          = "8h"
    api_token_expiration  = "90d"
    third_party_login     = "block"
  }
}
