import type { SeenAccount, SeenPolicy, Sighting } from '../../src/adoption/sighting.ts'
import type { Observed } from '../../src/kinds/contract.ts'
import type { LiveField } from '../../src/model/evidence.ts'
import type { Json } from '../../src/model/json.ts'

/** The id of the policy with this number. */
export const policyId = (number: number): string => `0000000${number}-0000-4000-8000-000000000000`

export const exported = (value: Json): LiveField => ({
  state: 'known',
  value,
  evidence: { path: '', from: 'export', at: '2026-11-20T08:00:00.000Z' },
})

export const attested = (value: Json, by = 'alice'): LiveField => ({
  state: 'known',
  value,
  evidence: { path: '', from: 'attestation', at: '2026-11-21T08:00:00.000Z', by },
})

export const expired = (value: Json): LiveField => ({
  state: 'stale',
  value,
  evidence: { path: '', from: 'attestation', at: '2026-01-02T08:00:00.000Z' },
  because: { reason: 'expired', after: '90d' },
})

/** A policy in the local directory, with a name that the API serves. */
export const seenPolicy = (number: number, rest: Partial<SeenPolicy> = {}): SeenPolicy => ({
  id: policyId(number),
  name: { name: `Policy ${number}`, from: 'api' },
  directoryId: 'local-1',
  fields: {},
  ...rest,
})

/** An active account in the policy with this number. */
export const member = (email: string, number: number, groups: readonly string[] = []): SeenAccount => ({
  accountId: `id-${email}`,
  email,
  active: true,
  policyId: policyId(number),
  groups,
})

export const allowlist = (name: string, fields: Readonly<Record<string, Json>>, id = `id-${name}`): Observed => ({
  address: { kind: 'IpAllowlist', name },
  id,
  fields,
  raw: {},
})

/** An organization with two verified domains and a local directory. */
export const sighting = (rest: Partial<Sighting> = {}): Sighting => ({
  organization: { id: '96c9b91d-3eab-41b4-9d9c-09eb84db70cf', name: 'acme' },
  at: '2026-11-24T08:00:00.000Z',
  domains: [
    { name: 'acme.com', status: 'verified' },
    { name: 'acme.io', status: 'verified' },
  ],
  directories: [{ id: 'local-1', name: 'Local directory', synced: false }],
  accounts: [],
  policies: [],
  external: [
    { name: 'external', fields: {} },
    { name: 'test', fields: {} },
  ],
  allowlists: [],
  ...rest,
})
