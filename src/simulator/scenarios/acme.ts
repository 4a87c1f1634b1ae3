import type { Scenario, ScenarioAccount } from '../scenario.ts'
import { acmeExternals } from './acme-externals.ts'
import { acmeStaff } from './acme-staff.ts'

const contractorsPolicy = 'Contractors and break-glass'
const localPolicy = 'Local accounts'

const contractor = (email: string, policy: string, rest: Partial<ScenarioAccount> = {}): ScenarioAccount => ({
  email,
  policy,
  groups: ['contractors'],
  ...rest,
})

/** The organization that the policy folder `policies/` governs, before anybody applied it. */
export const acme: Scenario = {
  organization: { id: '96c9b91d-3eab-41b4-9d9c-09eb84db70cf', name: 'acme' },
  domains: [{ name: 'acme.com' }, { name: 'acme.io' }],
  directories: [{ name: 'Local directory' }, { name: 'Acme staff', identityProvider: 'okta' }],
  authenticationPolicies: [
    {
      id: '90781be9-0863-45f0-92b9-1612379ffa5c',
      name: 'Staff behind Okta',
      directory: 'Acme staff',
      default: true,
      settings: {
        singleSignOn: 'enforced',
        identityProvider: 'okta',
        twoStepVerification: 'identity-provider',
        password: { minimumStrength: 'strong', expiresAfter: 'never' },
        idleSession: '30d',
        sessionExpiration: 'off',
        apiTokens: 'allow',
        apiTokenExpiration: '365d',
        thirdPartyLogin: 'allow',
      },
    },
    { id: '5b0f3f0e-7d0a-4c58-8a55-0d4f6f0f9c02', name: contractorsPolicy, directory: 'local' },
    {
      id: '1c2d7a50-6c0b-4d0e-9a4e-2f0b7c1d5e01',
      name: localPolicy,
      directory: 'local',
      default: true,
      billable: false,
    },
  ],
  externalUserPolicies: { external: {}, test: { testUsers: [] } },
  groups: [
    { name: 'contractors', directory: 'local' },
    { name: 'staff', directory: 'Acme staff', externalSynced: true },
  ],
  accounts: [
    ...acmeStaff,
    {
      email: 'root@acme.com',
      name: 'Break Glass',
      policy: contractorsPolicy,
      platformRoles: ['atlassian/org-admin'],
      mfaEnabled: true,
    },
    contractor('jo@acme.com', contractorsPolicy, { name: 'Jo Lindqvist', mfaEnabled: true }),
    contractor('kofi.mensah@acme.com', contractorsPolicy),
    contractor('lucia.romero@acme.com', contractorsPolicy, { mfaEnabled: true }),
    contractor('milan.novak@acme.com', contractorsPolicy),
    contractor('nadia.haddad@acme.com', contractorsPolicy),
    contractor('owen.price@acme.com', localPolicy),
    contractor('petra.vogel@acme.com', localPolicy, { mfaEnabled: true }),
    contractor('quinn.daly@acme.com', localPolicy, { tokens: [{ label: 'laptop script', expiresAt: '120d' }] }),
    contractor('rosa.silva@acme.com', localPolicy),
    { email: 'ci@acme.com', name: 'Continuous Integration', policy: localPolicy, mfaEnabled: true },
    { email: 'reception@acme.com', name: 'Reception', policy: localPolicy },
    ...acmeExternals,
    { email: 'deploy-bot@acme.com', name: 'Deploy Bot', managed: true, accountType: 'app', lastActive: null },
    { email: 'buyer@customer.example', name: 'Portal Buyer', managed: true, accountType: 'customer', products: [] },
  ],
  ipAllowlists: [
    {
      name: 'Office and VPN',
      status: 'enabled',
      rule: { in: ['203.0.113.0/24', '2001:db8::/48', '198.51.100.0/24'], allowMobileBypass: false },
      resources: ['ari:cloud:jira::site/3f2a0c1e-0000-4000-8000-000000000001'],
    },
  ],
  sites: [
    { id: 'ari:cloud:jira::site/3f2a0c1e-0000-4000-8000-000000000001', name: 'Jira' },
    { id: 'ari:cloud:confluence::site/3f2a0c1e-0000-4000-8000-000000000001', name: 'Confluence' },
  ],
  apiKeys: [{ label: 'postern', owner: 'ci@acme.com', expiresAt: '200d' }],
}
