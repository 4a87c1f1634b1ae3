import type { SavedPlan } from '../../src/model/plan.ts'
import { policyFolder, valueOf, type Started } from './start.ts'

/** The ids that the policies of the scenario `acme` have. */
export const acmeIds = {
  staff: '90781be9-0863-45f0-92b9-1612379ffa5c',
  contractors: '5b0f3f0e-7d0a-4c58-8a55-0d4f6f0f9c02',
  local: '1c2d7a50-6c0b-4d0e-9a4e-2f0b7c1d5e01',
}

const organization = `kind: Organization
name: acme
id: 96c9b91d-3eab-41b4-9d9c-09eb84db70cf
domains: [acme.com, acme.io]
identityProviders: [{ name: okta, protocol: saml, enforcesMfa: true }]
directories: [{ name: Acme staff, identityProvider: okta }]
`

/** A folder for acme with these documents beside the Organization. */
export const folderWith = (...documents: readonly string[]): Promise<string> =>
  policyFolder({ 'a.yaml': [organization, ...documents].join('\n---\n') })

/** An authentication policy with the rest of its document. */
export const policy = (name: string, rest: string): string => `kind: AuthenticationPolicy\nname: ${name}\n${rest}`

/** The plan of a folder; fails the test where there is none. */
export const planned = async (started: Started, folder: string): Promise<SavedPlan> =>
  valueOf(await started.plan(folder))
