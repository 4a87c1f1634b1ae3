import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { documentAttributes } from '../../src/blocks/document-attributes.ts'
import {
  organizationSpec,
  organizationValues,
  resourceKinds,
  resourceSpec,
  resourceTypeOf,
  resourceValues,
  type ResourceKind,
} from '../../src/blocks/document-values.ts'
import { schemas } from '../../src/blocks/schemas.ts'
import { specOf } from '../../src/blocks/spec-of.ts'
import { hasUnknown, unknown, type ValueObject } from '../../src/blocks/value.ts'
import type { JsonObject } from '../../src/model/json.ts'
import { misfits } from './conforms.ts'
import { randomDocument } from './random-document.ts'

/** What only the provider knows of a resource. */
const others = (kind: ResourceKind): ValueObject => (kind === 'ExternalUserPolicy' ? { suspended: [] } : {})

const found = { id: 'found', document: unknown } as const

/** What is there of a value: nulls left out. */
const there = (value: ValueObject): JsonObject =>
  JSON.parse(JSON.stringify(value, (_, inner: unknown) => (inner === null ? undefined : inner))) as JsonObject

describe('a document as the value of a resource', () => {
  it.each<readonly [ResourceKind, JsonObject, JsonObject]>([
    [
      'AuthenticationPolicy',
      {
        name: 'Staff',
        directory: 'Acme staff',
        default: true,
        settings: {
          singleSignOn: 'enforced',
          twoStepVerification: 'identity-provider',
          password: { minimumStrength: 'strong', expiresAfter: 'never' },
          idleSession: '8h',
        },
      },
      {
        name: 'Staff',
        directory: 'Acme staff',
        default: true,
        settings: {
          single_sign_on: 'enforced',
          two_step_verification: 'identity-provider',
          password: { minimum_strength: 'strong', expires_after: 'never' },
          idle_session: '8h',
        },
      },
    ],
    [
      'ExternalUserPolicy',
      { name: 'external', settings: {}, access: { allowedDomains: [], inactiveAfter: '90d' }, testUsers: ['a@b.c'] },
      {
        name: 'external',
        settings: {},
        access: { allowed_domains: [], inactive_after: '90d' },
        test_users: ['a@b.c'],
      },
    ],
    [
      'IpAllowlist',
      { name: 'Office', enabled: false, ranges: ['192.0.2.0/24'], allowMobileBypass: false },
      { name: 'Office', enabled: false, ranges: ['192.0.2.0/24'], allow_mobile_bypass: false },
    ],
  ])('%s', (kind, spec, expected) => {
    const value = resourceValues(kind, { kind, ...spec }, { id: null, document: null })
    expect(there(value)).toEqual(expected)
    const { attributes } = schemas.resources[resourceTypeOf[kind]]
    expect(misfits(attributes, { ...value, ...others(kind) }, 'value')).toEqual([])
    expect(resourceSpec(kind, value)).toEqual({ spec: { kind, ...spec }, unknowns: [] })
  })

  it('keeps the id that is written, and takes no found one for it', () => {
    const value = resourceValues('AuthenticationPolicy', { name: 'a', directory: 'local', id: 'written' }, found)
    expect(value['id']).toBe('found')
    const { spec } = resourceSpec('AuthenticationPolicy', { name: 'a', directory: 'local', id: 'written' })
    expect(spec['id']).toBe('written')
    expect(resourceSpec('IpAllowlist', resourceValues('IpAllowlist', { name: 'a' }, found)).spec).toEqual({
      kind: 'IpAllowlist',
      name: 'a',
    })
  })

  it.each(resourceKinds)('%s: any one comes back as it was', kind => {
    const { attributes } = schemas.resources[resourceTypeOf[kind]]
    fc.assert(
      fc.property(randomDocument(kind), document => {
        const own = Object.fromEntries(Object.entries(document).filter(([member]) => member !== 'members'))
        const value = resourceValues(kind, own, { id: own['id'] ?? null, document: 'text' })
        expect(misfits(attributes, { ...value, ...others(kind) }, 'value')).toEqual([])
        expect(resourceSpec(kind, value)).toEqual({ spec: own, unknowns: [] })
      }),
    )
  })
})

describe('the organization', () => {
  it('is an id, and what its document says', () => {
    const value = organizationValues({
      kind: 'Organization',
      name: 'acme',
      id: 'the-id',
      breakGlass: ['root@acme.com', { account: 'other@acme.com', mailbox: 'independent' }],
      directories: [{ name: 'Staff', identityProvider: 'okta' }],
      guards: { minimumOrgAdmins: 2 },
    })
    expect(there(value)).toEqual({
      organization_id: 'the-id',
      organization: {
        name: 'acme',
        break_glass: [{ account: 'root@acme.com' }, { account: 'other@acme.com', mailbox: 'independent' }],
        directories: [{ name: 'Staff', identity_provider: 'okta' }],
        guards: { minimum_org_admins: 2 },
      },
    })
  })

  it('comes back as it was, but for an object that its bare text stands for', () => {
    fc.assert(
      fc.property(randomDocument('Organization'), document => {
        const { organization_id: id, organization } = organizationValues(document)
        expect(misfits(documentAttributes.Organization, organization, 'value')).toEqual([])
        const { breakGlass, ...others } = document
        const short = (breakGlass as readonly (string | JsonObject)[] | undefined)?.map(one =>
          typeof one === 'object' && Object.keys(one).join() === 'account' ? one['account'] : one,
        )
        expect(organizationSpec(id, organization)).toEqual({
          spec: { ...others, ...(short && { breakGlass: short }) },
          unknowns: [],
        })
      }),
    )
  })

  it('says which of it is not known', () => {
    expect(organizationSpec(unknown, { name: 'acme', domains: unknown })).toEqual({
      spec: { kind: 'Organization', name: 'acme' },
      unknowns: [[{ attribute: 'organization_id' }], [{ attribute: 'organization' }, { attribute: 'domains' }]],
    })
  })
})

describe('what is not known yet', () => {
  const { AuthenticationPolicy: policy, Organization: organization } = documentAttributes

  it.each<readonly [string, ValueObject, JsonObject, readonly string[]]>([
    ['a text', { name: unknown, directory: 'local' }, { directory: 'local' }, ['name']],
    ['an object', { name: 'a', settings: unknown }, { name: 'a' }, ['settings']],
    [
      'a text in an object',
      { settings: { idle_session: unknown, api_tokens: 'block' } },
      { settings: { apiTokens: 'block' } },
      ['settings.idle_session'],
    ],
    ['a list or set', { labels: unknown }, {}, []],
  ])('%s is left out and told', (_, value, spec, paths) => {
    const read = specOf(policy, value)
    expect(read.spec).toEqual(spec)
    expect(read.unknowns.map(path => path.map(step => Object.values(step)[0] as string).join('.'))).toEqual(paths)
    expect(hasUnknown(value)).toBe(true)
  })

  it.each<readonly [string, ValueObject, JsonObject, readonly unknown[]]>([
    ['takes the whole list with it', { domains: ['a.com', unknown] }, {}, [[{ attribute: 'domains' }]]],
    [
      'is told with its place in a list of objects',
      { directories: [{ name: 'a' }, { name: 'b', identity_provider: unknown }] },
      { directories: [{ name: 'a' }, { name: 'b' }] },
      [[{ attribute: 'directories' }, { index: 1 }, { attribute: 'identity_provider' }]],
    ],
    [
      'makes no bare text of an object that may get more',
      { break_glass: [{ account: 'root@acme.com', mailbox: unknown }] },
      { breakGlass: [{ account: 'root@acme.com' }] },
      [[{ attribute: 'break_glass' }, { index: 0 }, { attribute: 'mailbox' }]],
    ],
    [
      'takes a list of objects with it where a whole object is not known',
      { directories: [unknown] },
      {},
      [[{ attribute: 'directories' }]],
    ],
  ])('%s', (_, value, spec, unknowns) => {
    expect(specOf(organization, value)).toEqual({ spec, unknowns })
  })

  it('is nowhere in a value that is known', () => {
    expect(hasUnknown({ a: [{ b: 'c' }, null], d: true })).toBe(false)
    expect(hasUnknown(undefined)).toBe(false)
  })
})
