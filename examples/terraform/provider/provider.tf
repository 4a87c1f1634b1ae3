terraform {
  required_providers {
    postern = {
      source = "postern/postern"
    }
  }
}

# The key comes from POSTERN_API_KEY: it stands in no file.
provider "postern" {
  organization_id = "96c9b91d-3eab-41b4-9d9c-09eb84db70cf"
  ledger          = "s3://acme-postern/ledger"

  organization = {
    name    = "acme"
    domains = ["acme.com", "acme.io"]
    identity_providers = [
      { name = "okta", protocol = "saml", enforces_mfa = true, declared_at = "2026-11-24" },
    ]
    directories = [{ name = "Acme staff", identity_provider = "okta" }]
    break_glass = [{ account = "root@acme.com" }]
  }
}
