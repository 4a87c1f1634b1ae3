import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../src/model/json.ts'
import { at, codeOf, dataOf, start, type Started, textAt } from './start.ts'

const v1 = '/admin/control/v1/orgs/ORG/policies'
const v2 = '/admin/control/v2/orgs/ORG/policies'
const twin = '/admin/v1/orgs/ORG/policies'
const site = 'ari:cloud:jira::site/3f2a0c1e-0000-4000-8000-000000000001'
const confluence = site.replace('jira', 'confluence')

const policy = (attributes: JsonObject): JsonObject => ({ data: { type: 'policy', attributes } })
const allowlist = (values: Json): JsonObject => ({ type: 'ip-allowlist', name: 'VPN', rule: { in: values } })

async function officeId({ call }: Started): Promise<string> {
  return textAt(dataOf(await call('GET', `${v1}?type=ip-allowlist`))[0], 'id')
}

async function statuses(started: Started, id: string): Promise<readonly unknown[]> {
  return dataOf(await started.call('GET', `${v1}/${id}/resources`)).map(resource => resource['applicationStatus'])
}

describe('reading policies', () => {
  it('serves unknown types in unfiltered lists', async () => {
    const { call } = await start()
    const types = dataOf(await call('GET', v1)).map(item => at(item, 'attributes', 'type'))
    expect(types).toEqual(['ip-allowlist', 'user-join-settings-default', 'session-recording'])
    expect(dataOf(await call('GET', `${v1}?type=data-residency`))).toEqual([])
    expect(dataOf(await call('GET', v2))).toEqual([])
  })

  it('embeds resources in the Organizations twin only', async () => {
    const started = await start()
    const id = await officeId(started)
    const control = (await started.call('GET', `${v1}/${id}`)).body
    expect(at(control, 'data', 'attributes', 'rule')).toEqual({
      in: ['203.0.113.0/24', '2001:db8::/48', '198.51.100.0/24'],
      allowMobileBypass: false,
    })
    expect(at(control, 'data', 'attributes')).not.toHaveProperty('resources')
    const other = (await started.call('GET', `${twin}/${id}`)).body
    expect(at(other, 'data', 'attributes', 'resources')).toEqual([
      { id: site, applicationStatus: 'applied', meta: {}, links: {} },
    ])
    expect(at(other, 'data', 'attributes')).toHaveProperty('previewFlags')
  })

  it('serves the rule as an array by switch', async () => {
    const { call } = await start({ switches: { ruleAsArray: true } })
    expect(Array.isArray(at(dataOf(await call('GET', v1))[0], 'attributes', 'rule'))).toBe(true)
  })

  it.each([v1, v2, twin])('is off without Guard: %s', async path => {
    const { call } = await start({ scenario: 'without-guard' })
    expect((await call('GET', path)).status).toBe(404)
    expect((await call('POST', path, policy(allowlist([])))).status).toBe(404)
  })
})

describe('writing policies', () => {
  it('creates, changes and deletes; the last writer wins', async () => {
    const { call } = await start()
    const created = await call('POST', v1, policy(allowlist(['192.0.2.1'])))
    expect(created.status).toBe(202)
    const path = `${v1}/${textAt(created.body, 'data', 'id')}`
    const body = policy({ ...allowlist(['192.0.2.0/24']), name: 'VPN 2', status: 'disabled' })
    expect((await call('PUT', path, body)).status).toBe(202)
    expect(at((await call('GET', path)).body, 'data', 'attributes')).toMatchObject({
      name: 'VPN 2',
      status: 'disabled',
      rule: { in: ['192.0.2.0/24'] },
    })
    expect((await call('DELETE', path)).status).toBe(202)
    expect(codeOf(await call('GET', path))).toBe('ADMIN-404-5')
  })

  it.each([202, 204] as const)('deletes with %i by switch', async policyDeleteStatus => {
    const started = await start({ switches: { policyDeleteStatus } })
    expect((await started.call('DELETE', `${v1}/${await officeId(started)}`)).status).toBe(policyDeleteStatus)
  })

  it.each<[string, JsonObject]>([
    ['no envelope', allowlist([])],
    ['no name', policy({ type: 'ip-allowlist', rule: { in: [] } })],
    ['a rule that is an array', policy({ ...allowlist([]), rule: [] })],
    ['an address that is none', policy(allowlist(['300.0.0.1']))],
    ['a prefix that is too long', policy(allowlist(['192.0.2.0/33']))],
    ['a type that cannot be written', policy({ type: 'hipaa', name: 'x', rule: {} })],
    ['data-security, which v2 writes', policy({ type: 'data-security', name: 'x', rule: {} })],
    ['a status it has not', policy({ ...allowlist([]), status: 'active' })],
  ])('refuses %s', async (_, body) => {
    const { call } = await start()
    expect(codeOf(await call('POST', v1, body))).toBe('ADMIN-400-24')
  })
})

describe('resources', () => {
  it.each(['applied', 'failed'] as const)('apply over time: %s', async applyOutcome => {
    const started = await start({ switches: { applyOutcome, applyMilliseconds: 1000 } })
    const id = await officeId(started)
    expect((await started.call('POST', `${v1}/${id}/resources`, { id: confluence })).status).toBe(202)
    expect(await statuses(started, id)).toEqual(['applied', 'applying'])
    started.clock.time += 1000
    expect(await statuses(started, id)).toEqual(['applied', applyOutcome])
  })

  it('are applied again when the rule changes', async () => {
    const started = await start()
    const id = await officeId(started)
    await started.call('PUT', `${v1}/${id}`, policy(allowlist(['203.0.113.0/24'])))
    expect(await statuses(started, id)).toEqual(['applying'])
  })

  it('are taken off one by one and all together', async () => {
    const started = await start()
    const id = await officeId(started)
    await started.call('POST', `${v1}/${id}/resources`, { id: confluence })
    const one = `${v1}/${id}/resources/${encodeURIComponent(site)}`
    expect((await started.call('PUT', one, { meta: { scheduledDate: '2027-01-01' } })).status).toBe(202)
    expect((await started.call('DELETE', one)).status).toBe(202)
    expect(await statuses(started, id)).toEqual(['removing', 'applying'])
    started.clock.time += 500
    expect(await statuses(started, id)).toEqual(['applied'])
    expect((await started.call('DELETE', one)).status).toBe(404)
    await started.call('DELETE', `${v1}/${id}/resources`)
    started.clock.time += 500
    expect(await statuses(started, id)).toEqual([])
    expect((await started.call('POST', `${v1}/${id}/resources`, { id: 'jira' })).status).toBe(400)
  })

  it('are set off by what looks like a read: validate', async () => {
    const started = await start()
    const id = await officeId(started)
    expect((await started.call('GET', `${v1}/${id}/validate`)).status).toBe(202)
    expect(await statuses(started, id)).toEqual(['validating'])
  })
})

describe('v2', () => {
  const rule = { export: { effect: 'deny' } }

  it('drafts, attaches and publishes data-security policies', async () => {
    const { call } = await start()
    const created = await call('POST', v2, policy({ type: 'data-security', name: 'exports', rule }))
    expect(at(created.body, 'data', 'attributes', 'status')).toBe('draft')
    const path = `${v2}/${textAt(created.body, 'data', 'id')}`
    expect((await call('POST', `${path}/resources`, { attach: [{ id: site }] })).status).toBe(202)
    expect(dataOf(await call('GET', `${path}/resources`))).toHaveLength(1)
    const policyOperations = [{ policyId: at(created.body, 'data', 'id') ?? null, action: 'publish' }]
    const publish = `${v2}/publishDraftPolicies`
    expect((await call('POST', publish, { ruleName: 'export', policyOperations })).status).toBe(202)
    expect(at((await call('GET', path)).body, 'data', 'attributes')).toMatchObject({ status: 'active', rule })
    const changed = policy({ type: 'data-security', name: 'exports', rule: { export: { effect: 'allow' } } })
    expect((await call('PUT', path, changed)).status).toBe(202)
    expect((await call('DELETE', `${path}/resources`)).status).toBe(202)
    expect((await call('DELETE', path)).status).toBe(405)
  })

  it('publishes nothing that is not there', async () => {
    const { call } = await start()
    const body = { ruleName: 'export', policyOperations: [{ policyId: 'none', action: 'publish' }] }
    expect(codeOf(await call('POST', `${v2}/publishDraftPolicies`, body))).toBe('ADMIN-404-5')
  })
})
