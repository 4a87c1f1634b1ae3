import { describe, expect, it } from 'vitest'
import type { Observed, PolicyObject, PolicyResourceObject, Reader } from '../../src/kinds/contract.ts'
import { ipAllowlist, type IpAllowlist } from '../../src/kinds/ip-allowlist.ts'

const surroundings = { organizationId: 'org-1', consoleUrl: 'https://admin.example' }
const base = '/admin/control/v1/orgs/org-1/policies'
const site = 'ari:cloud:jira::site/1'
const other = 'ari:cloud:confluence::site/2'

const spec: IpAllowlist = { kind: 'IpAllowlist', name: 'Office', ranges: ['203.0.113.7/24', '2001:DB8::1/128'] }

const live = (rule: Observed['raw'], status?: string): Observed => ({
  address: { kind: 'IpAllowlist', name: 'Office' },
  id: 'p-1',
  fields: {},
  raw: { rule, ...(status !== undefined && { status }) },
})

const write = (change: Parameters<NonNullable<typeof ipAllowlist.write>>[0]) =>
  ipAllowlist.write?.(change, surroundings)

describe('creating an allowlist', () => {
  it('sends the policy, then attaches each site to what was made', () => {
    expect(
      write({ action: 'create', spec: { ...spec, enabled: false, allowMobileBypass: true, resources: [site, other] } }),
    ).toEqual([
      {
        method: 'POST',
        path: base,
        body: {
          data: {
            type: 'policy',
            attributes: {
              type: 'ip-allowlist',
              name: 'Office',
              status: 'disabled',
              rule: { in: ['203.0.113.0/24', '2001:db8::1'], allowMobileBypass: true },
            },
          },
        },
      },
      { method: 'POST', path: `${base}/{created}/resources`, body: { id: site } },
      { method: 'POST', path: `${base}/{created}/resources`, body: { id: other } },
    ])
  })

  it('makes one that is in force and says nothing about what is left out', () => {
    expect(write({ action: 'create', spec })).toMatchObject([
      { body: { data: { attributes: { status: 'enabled', rule: { in: ['203.0.113.0/24', '2001:db8::1'] } } } } },
    ])
    expect(JSON.stringify(write({ action: 'create', spec }))).not.toContain('allowMobileBypass')
  })
})

describe('changing an allowlist', () => {
  const ranges = { path: 'ranges', before: ['198.51.100.0/24'], after: ['203.0.113.0/24', '2001:db8::1'] }

  it('keeps what the document leaves out, and what Postern does not know of the rule', () => {
    const changed = write({
      action: 'update',
      spec,
      live: live({ in: ['198.51.100.0/24'], allowMobileBypass: true, off: ['x'], later: { a: 1 } }, 'disabled'),
      fields: [ranges],
    })
    expect(changed).toEqual([
      {
        method: 'PUT',
        path: `${base}/p-1`,
        body: {
          data: {
            id: 'p-1',
            type: 'policy',
            attributes: {
              type: 'ip-allowlist',
              name: 'Office',
              status: 'disabled',
              rule: {
                in: ['203.0.113.0/24', '2001:db8::1'],
                allowMobileBypass: true,
                off: ['x'],
                later: { a: 1 },
              },
            },
          },
        },
      },
    ])
  })

  it('sends a rule of its own where the live one is a list, as it may be (ref 1.3)', () => {
    const changed = write({
      action: 'update',
      spec,
      live: { ...live({}), raw: { status: 'enabled' } },
      fields: [ranges],
    })
    expect(changed).toMatchObject([
      { body: { data: { attributes: { status: 'enabled', rule: { in: ['203.0.113.0/24', '2001:db8::1'] } } } } },
    ])
  })

  it('attaches and detaches sites without touching the policy', () => {
    const changed = write({
      action: 'update',
      spec: { ...spec, resources: [other] },
      live: live({ in: [] }, 'enabled'),
      fields: [{ path: 'resources', before: [site], after: [other] }],
    })
    expect(changed).toEqual([
      { method: 'POST', path: `${base}/p-1/resources`, body: { id: other } },
      { method: 'DELETE', path: `${base}/p-1/resources/ari%3Acloud%3Ajira%3A%3Asite%2F1` },
    ])
  })

  it('attaches before it detaches, and both after the policy', () => {
    const changed = write({
      action: 'update',
      spec: { ...spec, enabled: true, resources: [other] },
      live: live({ in: [] }, 'disabled'),
      fields: [
        { path: 'resources', before: [site], after: [other] },
        { path: 'enabled', before: false, after: true },
      ],
    })
    expect(changed?.map(({ method }) => method)).toEqual(['PUT', 'POST', 'DELETE'])
    expect(changed?.[0]?.body).toMatchObject({ data: { attributes: { status: 'enabled' } } })
  })
})

describe('removing an allowlist', () => {
  it('is one request', () => {
    expect(write({ action: 'delete', live: live({ in: [] }) })).toEqual([{ method: 'DELETE', path: `${base}/p-1` }])
  })
})

describe('observing allowlists', () => {
  const observe = async (policies: readonly PolicyObject[], resources: readonly PolicyResourceObject[] = []) => {
    const asked: string[] = []
    const reader: Reader = {
      controlPolicies: type => (asked.push(type), Promise.resolve(policies)),
      policyResources: id => (asked.push(id), Promise.resolve(resources)),
    }
    const found = (await ipAllowlist.observe?.(reader, new Set(['Office']))) ?? []
    return { found, asked }
  }
  const office = { id: 'p-1', type: 'ip-allowlist', name: 'Office', status: 'enabled' }

  it('asks for the sites of those that documents name only', async () => {
    const { found, asked } = await observe([office, { ...office, id: 'p-2', name: 'Unknown' }])
    expect(asked).toEqual(['ip-allowlist', 'p-1'])
    expect(found.map(({ address, id }) => [address.name, id])).toEqual([
      ['Office', 'p-1'],
      ['Unknown', 'p-2'],
    ])
    expect(found[1]?.fields).not.toHaveProperty('resources')
  })

  const table: readonly [string, Partial<PolicyObject>, object][] = [
    [
      'addresses in one spelling',
      { rule: { in: ['203.0.113.9/24', '2001:DB8::/48'] } },
      { ranges: ['203.0.113.0/24', '2001:db8::/48'], allowMobileBypass: false, enabled: true, resources: [] },
    ],
    [
      'a bypass',
      { rule: { in: [], allowMobileBypass: true } },
      { ranges: [], allowMobileBypass: true, enabled: true, resources: [] },
    ],
    [
      'a disabled one',
      { rule: { in: [] }, status: 'disabled' },
      { ranges: [], allowMobileBypass: false, enabled: false, resources: [] },
    ],
    [
      'a status nobody has heard of as unknown',
      { rule: { in: [] }, status: 'paused' },
      { ranges: [], allowMobileBypass: false, resources: [] },
    ],
    ['a rule that is a list as unknown', { rule: ['203.0.113.0/24'] }, { enabled: true, resources: [] }],
    ['no rule as unknown', {}, { enabled: true, resources: [] }],
    [
      'addresses that are none as unknown',
      { rule: { in: [7] } },
      { allowMobileBypass: false, enabled: true, resources: [] },
    ],
  ]
  it.each(table)('shows %s', async (_, policy, fields) => {
    const { found } = await observe([{ ...office, ...policy }])
    expect(found[0]?.fields).toEqual(fields)
  })

  it('counts a site that is being removed as gone, and says that something is under way', async () => {
    const { found } = await observe(
      [{ ...office, rule: { in: [] } }],
      [
        { id: site, applicationStatus: 'applied' },
        { id: other, applicationStatus: 'removing' },
      ],
    )
    expect(found[0]).toMatchObject({ fields: { resources: [site] }, settling: true })
    const still = await observe(
      [{ ...office, rule: { in: [] } }],
      [{ id: site, applicationStatus: 'applied' }, { id: other }],
    )
    expect(still.found[0]?.fields['resources']).toEqual([site, other])
    expect(still.found[0]).not.toHaveProperty('settling')
  })
})
