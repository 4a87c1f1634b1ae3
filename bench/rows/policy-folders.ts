import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Scenario } from '../../src/simulator/index.ts'
import { newFolder } from '../harness/children.ts'

const organizationId = '96c9b91d-3eab-41b4-9d9c-09eb84db70cf'

const policyId = (index: number): string => `5b0f3f0e-7d0a-4c58-8a55-${String(index).padStart(12, '0')}`

/** Every tenth is not as the documents want it, in each of the three. */
export const isOff = (index: number): boolean => index % 10 === 0

/** So many policies with an account each. Where one is off, its account is still in the default policy. */
export const scenarioOf = (policies: number): Scenario => ({
  organization: { id: organizationId, name: 'acme' },
  domains: [{ name: 'acme.com' }],
  authenticationPolicies: [
    { id: policyId(policies), name: 'Everybody else', default: true },
    ...range(policies).map(index => ({ id: policyId(index), name: `Team ${index}` })),
  ],
  accounts: [
    { email: 'root@acme.com', platformRoles: ['atlassian/org-admin'], policy: 'Everybody else' },
    ...range(policies).map(index => ({
      email: `jo.${index}@acme.com`,
      policy: isOff(index) ? 'Everybody else' : `Team ${index}`,
    })),
  ],
})

/** The documents of that scenario, each in a file. */
export function writePolicies(policies: number): string {
  const folder = newFolder('policies')
  writeFileSync(
    join(folder, 'organization.yaml'),
    `kind: Organization\nname: acme\nid: ${organizationId}\ndomains: [acme.com]\n`,
  )
  writeFileSync(
    join(folder, 'everybody-else.yaml'),
    `kind: AuthenticationPolicy\nname: Everybody else\nid: ${policyId(policies)}\ndirectory: local\ndefault: true\nmembers: { everyoneElse: true }\n`,
  )
  for (const index of range(policies))
    writeFileSync(
      join(folder, `team-${index}.yaml`),
      `kind: AuthenticationPolicy
name: Team ${index}
id: ${policyId(index)}
directory: local
settings:
  twoStepVerification: mandatory
  idleSession: 8h
  apiTokens: block
members:
  accounts: [jo.${index}@acme.com]
`,
    )
  return folder
}

/** As many of the resources that Terraform brings along, each in a file. Before they are applied none is off. */
export function writeTerraform(folder: string, resources: number, phase: 'as applied' | 'as wanted'): void {
  for (const index of range(resources))
    writeFileSync(
      join(folder, `team-${index}.tf`),
      `resource "terraform_data" "team_${index}" {
  input = {
    name                  = "Team ${index}"
    directory             = "local"
    two_step_verification = "mandatory"
    idle_session          = "${phase === 'as wanted' && isOff(index) ? '1h' : '8h'}"
    api_tokens            = "block"
    members               = ["jo.${index}@acme.com"]
  }
}
`,
    )
}

/** As many resource servers for the deploy CLI of Auth0, and how it finds its tenant. */
export function writeTenant(entities: number, domain: string): { readonly config: string; readonly tenant: string } {
  const folder = join(newFolder('auth0'), 'tenant')
  mkdirSync(folder)
  const config = join(folder, 'config.json')
  const tenant = join(folder, 'tenant.yaml')
  writeFileSync(
    config,
    JSON.stringify({
      AUTH0_DOMAIN: domain,
      AUTH0_ACCESS_TOKEN: 'bench',
      AUTH0_INCLUDED_ONLY: ['resourceServers'],
    }),
  )
  const entity = (index: number): string => `
  - name: Service ${index}
    identifier: https://service-${index}.acme.com
    scopes: [{ value: read, description: Reads }]
    signing_alg: RS256
    token_lifetime: ${isOff(index) ? 3600 : 86_400}
    allow_offline_access: false`
  writeFileSync(tenant, `resourceServers:${range(entities).map(entity).join('')}\n`)
  return { config, tenant }
}

const range = (length: number): readonly number[] => Array.from({ length }, (_, index) => index)
