import { Places } from '../../src/diagnostics/to-document.ts'
import type { Live, LiveAccount, LiveObject } from '../../src/kinds/live.ts'
import type { Desired } from '../../src/kinds/resource.ts'
import type { LiveField } from '../../src/model/evidence.ts'
import type { Json, JsonObject } from '../../src/model/json.ts'
import { load } from '../../src/policy/load.ts'
import { sha256 } from '../../src/operations/hash.ts'
import { makePlan, type PlanInput } from '../../src/engine/make-plan.ts'

export const organizationId = '96c9b91d-3eab-41b4-9d9c-09eb84db70cf'

export const organization = `
kind: Organization
name: acme
id: ${organizationId}
domains: [acme.com, acme.io]
identityProviders: [{ name: okta, protocol: saml, enforcesMfa: true }]
directories: [{ name: Staff, identityProvider: okta }]
`

/** The desired state that files say; fails the test where they are not valid. */
export async function desiredOf(files: Readonly<Record<string, string>>): Promise<Desired> {
  const { result } = await load({
    folder: 'policies',
    files: Object.entries(files).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) })),
    today: '2026-11-24',
    places: 'kept',
  })
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics, null, 1))
  return result.value
}

/** The desired state of one file, with the Organization in front. */
export const documents = (...texts: readonly string[]): Promise<Desired> => desiredOf({ 'all.yaml': textOf(texts) })

/** The one file that `documents` puts together. */
export const textOf = (texts: readonly string[]): string => [organization, ...texts].join('\n---\n')

/** Lines and columns in it. */
export const placesOf = (texts: readonly string[]): Places => new Places(new Map([['all.yaml', textOf(texts)]]))

/** An account whose id is made of its address. */
export const account = (email: string, policyId?: string, active = true): LiveAccount => ({
  accountId: `id-${email.toLowerCase()}`,
  email,
  active,
  status: active ? 'active' : 'deactivated',
  roles: [],
  ...(policyId !== undefined && { policyId }),
})

export const accountId = (email: string): string => `id-${email.toLowerCase()}`

/** A live organization without anything in it. */
export const emptyLive: Live = {
  organization: { id: organizationId, name: 'acme' },
  at: '2026-11-24T08:00:00.000Z',
  objects: [],
  undeclared: [],
  accounts: [],
  externals: [],
  others: [],
  tokens: new Map(),
  activity: new Map(),
  domains: [],
  groupsOf: new Map(),
  policyNames: new Map(),
  namedElsewhere: [],
}

/** A policy that exists with this id and of whose settings nothing is known. */
export const livePolicy = (name: string, id: string, fields: LiveObject['fields'] = {}): LiveObject => ({
  address: { kind: 'AuthenticationPolicy', name },
  exists: 'yes',
  id,
  fields,
})

/** What a plan is made from, with everything that a test does not care about filled in. */
export const planInput = (desired: Desired, live: Live, changes: Partial<PlanInput> = {}): PlanInput => ({
  desired,
  live,
  remembered: { governed: undefined, policyOf: new Map(), suspended: new Map() },
  consoleUrl: 'https://admin.example',
  addUsersBatch: 100,
  source: ({ file, start }) => ({ file, line: 1, column: start }),
  hash: sha256,
  ...changes,
})

/** The plan, or the codes of what forbade it. */
export function planOf(desired: Desired, live: Live, changes: Partial<PlanInput> = {}) {
  const made = makePlan(planInput(desired, live, changes))
  if (!made.ok) throw new Error(made.diagnostics.map(({ code }) => code).join(', '))
  return made.value.plan
}

/** An allowlist as the API serves it. */
export const served = (
  name: string,
  fields: Readonly<Record<string, Json>>,
  raw: JsonObject = {},
  id = `id-${name}`,
): LiveObject => ({
  address: { kind: 'IpAllowlist', name },
  exists: 'yes',
  id,
  observed: { address: { kind: 'IpAllowlist', name }, id, fields, raw },
  fields: Object.fromEntries(
    Object.entries(fields).map(([path, value]): [string, LiveField] => [
      path,
      { state: 'known', value, evidence: { path, from: 'api', at: emptyLive.at } },
    ]),
  ),
})

/** A field of which an attestation says what it is. */
export const known = (path: string, value: Json): LiveField => ({
  state: 'known',
  value,
  evidence: { path, from: 'attestation', at: emptyLive.at },
})

/** A ledger that remembers an apply which governed these objects. */
export const remembering = (...governed: readonly string[]) => ({
  remembered: {
    governed,
    policyOf: new Map<string, string>(),
    suspended: new Map(),
  },
})

/** An authentication policy of the local directory, with the rest of its document. */
export const policy = (name: string, text = ''): string =>
  `kind: AuthenticationPolicy\nname: ${name}\ndirectory: local\n${text}`
