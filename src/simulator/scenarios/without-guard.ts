import type { Scenario } from '../scenario.ts'

/** An organization without Guard Standard: one authentication policy, no external user policy, no audit log (ref 5.4). */
export const withoutGuard: Scenario = {
  organization: { id: '0d9b4c1e-7a52-4f6b-8a39-2c1f5e6d7b80', name: 'workshop' },
  guard: false,
  domains: [{ name: 'workshop.example' }],
  authenticationPolicies: [
    {
      id: '7f6a2d10-3c48-4e0d-9a0e-5b1f2c3d4e01',
      name: 'Default policy',
      default: true,
      settings: { twoStepVerification: 'optional' },
    },
  ],
  groups: [{ name: 'makers' }],
  accounts: [
    { email: 'uma@workshop.example', platformRoles: ['atlassian/org-admin'], mfaEnabled: true },
    { email: 'vic@workshop.example', groups: ['makers'] },
    { email: 'wen@workshop.example', groups: ['makers'], mfaEnabled: true },
    { email: 'xan@workshop.example', groups: ['makers'] },
    { email: 'guest@customer.example', products: ['jira'] },
  ],
  sites: [{ id: 'ari:cloud:jira::site/6c2b0f7a-0000-4000-8000-000000000001', name: 'Jira' }],
}
