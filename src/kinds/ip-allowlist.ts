import type { FromSchema } from 'json-schema-to-ts'
import type { ApiRequest } from '../model/api-request.ts'
import { isObject, isStrings, type Json, type JsonObject } from '../model/json.ts'
import { canonicalRange } from './address-range.ts'
import type { ApiChange, Kind, Observed, PolicyObject, PolicyResourceObject, Reader, Surroundings } from './contract.ts'
import { nameSchema } from './schema-parts.ts'

export const ipAllowlistSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['kind', 'name', 'ranges'],
  properties: {
    kind: { const: 'IpAllowlist' },
    name: {
      ...nameSchema,
      description: 'The name of the allowlist in Security → IP allowlists. Postern finds it by this name.',
    },
    enabled: { type: 'boolean', description: 'Whether the allowlist is in force.' },
    ranges: {
      type: 'array',
      minItems: 1,
      items: { type: 'string', 'x-means': 'an address or a range in CIDR notation' },
      description: 'Addresses and ranges (CIDR) from which the apps can be reached. Leave yourself a way in.',
    },
    allowMobileBypass: { type: 'boolean', description: 'Whether mobile apps are let in from everywhere.' },
    resources: {
      type: 'array',
      items: { type: 'string', pattern: '^ari:cloud:[^\\s]+$', 'x-means': 'a resource such as ari:cloud:jira::site/…' },
      description: 'The sites that the allowlist guards, as Atlassian resource identifiers.',
    },
  },
} as const

export type IpAllowlist = FromSchema<typeof ipAllowlistSchema>

const policyType = 'ip-allowlist'
const policies = (organizationId: string) => `/admin/control/v1/orgs/${organizationId}/policies`

/** What the API shows of one allowlist (ref 1.3). A rule that is no object with addresses, as live data may hold, is left unknown. */
function observed(policy: PolicyObject, resources: readonly PolicyResourceObject[] | undefined): Observed {
  const { id, name = '', status, rule } = policy
  const known = isObject(rule) && isStrings(rule['in']) ? { ranges: rule['in'].map(canonicalRange) } : {}
  const bypass = isObject(rule) && !Array.isArray(rule) ? { allowMobileBypass: rule['allowMobileBypass'] === true } : {}
  const attached = resources?.filter(({ applicationStatus }) => applicationStatus !== 'removing')
  return {
    address: { kind: 'IpAllowlist', name },
    id,
    fields: {
      ...known,
      ...bypass,
      ...(status === 'enabled' || status === 'disabled' ? { enabled: status === 'enabled' } : {}),
      ...(attached && { resources: attached.map(resource => resource.id) }),
    },
    raw: { ...(isObject(rule) && { rule }), ...(status !== undefined && { status }) },
    ...(resources?.some(({ applicationStatus }) =>
      /^(validating|applying|removing)$/.test(applicationStatus ?? ''),
    ) && { settling: true as const }),
  }
}

async function observe(reader: Reader, wanted: ReadonlySet<string> | 'all'): Promise<readonly Observed[]> {
  const found = await reader.controlPolicies(policyType)
  const isWanted = ({ name = '' }: PolicyObject): boolean => wanted === 'all' || wanted.has(name)
  return Promise.all(
    found.map(async policy => observed(policy, isWanted(policy) ? await reader.policyResources(policy.id) : undefined)),
  )
}

const attributes = ({ name, enabled, ranges, allowMobileBypass }: IpAllowlist, live: JsonObject): JsonObject => ({
  type: policyType,
  name,
  // PUT replaces the whole policy, so what the document leaves out is sent as it is (ref 1.1 #4).
  status: enabled === undefined ? (live['status'] ?? 'enabled') : enabled ? 'enabled' : 'disabled',
  rule: {
    ...(isObject(live['rule']) && live['rule']),
    in: ranges.map(canonicalRange),
    ...(allowMobileBypass !== undefined && { allowMobileBypass }),
  },
})

const attach = (base: string, id: string): ApiRequest => ({ method: 'POST', path: `${base}/resources`, body: { id } })

function write(change: ApiChange<IpAllowlist>, { organizationId }: Surroundings): readonly ApiRequest[] {
  const base = policies(organizationId)
  if (change.action === 'delete') return [{ method: 'DELETE', path: `${base}/${change.live.id}` }]
  if (change.action === 'create') {
    return [
      { method: 'POST', path: base, body: { data: { type: 'policy', attributes: attributes(change.spec, {}) } } },
      ...(change.spec.resources ?? []).map(id => attach(`${base}/{created}`, id)),
    ]
  }
  const { spec, live, fields } = change
  const own = fields.filter(({ path }) => path !== 'resources')
  const resources = fields.find(({ path }) => path === 'resources')
  const before = strings(resources?.before)
  const after = strings(resources?.after)
  return [
    ...(own.length === 0
      ? []
      : [
          {
            method: 'PUT',
            path: `${base}/${live.id}`,
            body: { data: { id: live.id, type: 'policy', attributes: attributes(spec, live.raw) } },
          } as const,
        ]),
    ...after.filter(id => !before.includes(id)).map(id => attach(`${base}/${live.id}`, id)),
    ...before
      .filter(id => !after.includes(id))
      .map(id => ({ method: 'DELETE', path: `${base}/${live.id}/resources/${encodeURIComponent(id)}` }) as const),
  ]
}

const strings = (value: Json | undefined): readonly string[] => (isStrings(value) ? value : [])

export const ipAllowlist: Kind<IpAllowlist> = {
  name: 'IpAllowlist',
  summary: 'The addresses from which the apps can be reached.',
  schema: ipAllowlistSchema,
  fields: {
    enabled: { channel: 'api', label: 'Status', strictness: [false, true] },
    // Order and spelling (203.0.113.10 is 203.0.113.10/32) are the API’s own.
    ranges: { channel: 'api', label: 'Addresses', compare: 'unordered', strictness: 'fewer' },
    allowMobileBypass: { channel: 'api', label: 'Mobile bypass', strictness: [true, false] },
    resources: { channel: 'api', label: 'Sites', compare: 'unordered', strictness: 'more' },
  },
  declares: () => [],
  references: () => [],
  observe,
  write,
}
