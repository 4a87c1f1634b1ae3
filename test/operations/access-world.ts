import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SavedPlan } from '../../src/model/plan.ts'
import type { Scenario, ScenarioAccount } from '../../src/simulator/index.ts'
import { policyFolder, scenarioNamed, start, type Started, type StartOptions } from './start.ts'

const acme = scenarioNamed('acme')

const external = (email: string, rest: Partial<ScenarioAccount> = {}): ScenarioAccount => ({
  email,
  managed: false,
  products: ['jira'],
  ...rest,
})

/** The rules are tried on these; those of acme would only be in the way. */
const people: readonly ScenarioAccount[] = [
  external('active@partner.example', { lastActive: '2d' }),
  external('inactive@partner.example', { lastActive: '200d' }),
  external('never@partner.example', { lastActive: null, addedToOrg: '120d' }),
  external('newcomer@partner.example', { lastActive: null, addedToOrg: '10d' }),
  external('rogue@other.example', { lastActive: '1d' }),
  external('admin@other.example', { platformRoles: ['atlassian/org-admin'] }),
  external('root@acme-emergency.example', { lastActive: '300d' }),
  external('buyer@other.example', { products: [] }),
]

const scenario: Scenario = {
  ...acme,
  accounts: [...(acme.accounts ?? []).filter(({ managed }) => managed !== false), ...people],
}

export const organization = `kind: Organization
name: acme
id: 96c9b91d-3eab-41b4-9d9c-09eb84db70cf
domains: [acme.com, acme.io]
breakGlass: [{ account: root@acme-emergency.example, mailbox: independent }]
---
`

export const documents = (access: string): string => `${organization}kind: ExternalUserPolicy
name: external
access: ${access}
`

export const suspending = documents('{ allowedDomains: [partner.example], inactiveAfter: 90d, onViolation: suspend }')

export async function started(text: string, options: StartOptions = {}) {
  // The rules leave the break-glass account out on purpose: it is spared by name. Giving access back loosens, and no approvals are declared.
  const own = await start({ scenario, allow: ['break-glass', 'loosens'], ...options })
  const folder = await policyFolder({ 'all.yaml': text })
  return { own, folder, rewrite: (changed: string) => writeFile(join(folder, 'all.yaml'), changed) }
}

export const accountsIn = (plan: SavedPlan, action: string) =>
  plan.steps
    .filter(step => step.action === action)
    .flatMap(({ accounts = [] }) => accounts.map(({ account, because }) => [account.email, because]))

export const statuses = ({ simulator }: Started) =>
  Object.fromEntries(
    simulator.state.accounts.list
      .filter(({ membershipStatus }) => membershipStatus === 'suspended')
      .map(({ email }) => [email, 'suspended']),
  )

export const lastActiveReads = ({ simulator }: Started): number =>
  simulator.requests.filter(({ path }) => path.includes('/last-active-dates')).length
