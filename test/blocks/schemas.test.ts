import { describe, expect, it } from 'vitest'
import { attributesOf } from '../../src/blocks/attributes-of.ts'
import { documentAttributes } from '../../src/blocks/document-attributes.ts'
import type { Attribute, Attributes, AttributeType, Schema } from '../../src/blocks/schema.ts'
import { schemas } from '../../src/blocks/schemas.ts'
import { kindNamed, kindNames } from '../../src/kinds/index.ts'
import type { JsonObject } from '../../src/model/json.ts'

const all: Readonly<Record<string, Schema>> = {
  provider: schemas.provider,
  ...schemas.resources,
  ...Object.fromEntries(Object.entries(schemas.dataSources).map(([type, schema]) => [`data.${type}`, schema])),
}

/** Every attribute by its path, inner ones after the one that they are in. */
const everyIn = (attributes: Attributes, at: string): readonly (readonly [string, Attribute])[] =>
  Object.entries(attributes).flatMap(([name, attribute]) => [
    [`${at}.${name}`, attribute],
    ...everyIn(attribute.nested?.attributes ?? {}, `${at}.${name}`),
  ])

const every = Object.entries(all).flatMap(([name, { attributes }]) => everyIn(attributes, name))

/** The paths of the attributes of which something is wrong. */
const wrong = (is: (attribute: Attribute, path: string) => boolean): readonly string[] =>
  every.filter(([path, attribute]) => is(attribute, path)).map(([path]) => path)

describe('every attribute', () => {
  it('is among these many', () => {
    expect(every.length).toBeGreaterThan(200)
  })

  it('has a description of whole sentences in one line', () => {
    expect(wrong(({ description }) => !/^[A-Z`][^\n]*[.!?]$/.test(description))).toEqual([])
    expect(wrong(({ description }) => / {2}|undefined|\[object/.test(description))).toEqual([])
  })

  it('has a name that Terraform takes', () => {
    expect(wrong((_, path) => !/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(path.split('.').at(-1) ?? ''))).toEqual([])
  })

  it('has a name that Terraform does not keep for itself, where it is outside of others', () => {
    const kept = [
      'count',
      'for_each',
      'depends_on',
      'lifecycle',
      'provider',
      'provisioner',
      'connection',
      'alias',
      'version',
    ]
    const outside = Object.values(all).flatMap(({ attributes }) => Object.keys(attributes))
    expect(outside.filter(name => kept.includes(name))).toEqual([])
  })

  it('has a type or attributes, not both', () => {
    expect(wrong(({ type, nested }) => (type === undefined) === (nested === undefined))).toEqual([])
    expect(wrong(({ nested }) => nested !== undefined && Object.keys(nested.attributes).length === 0)).toEqual([])
  })

  it('is required, optional or read-only', () => {
    expect(
      wrong(({ required, optional, computed }) =>
        required === true ? optional === true || computed === true : optional !== true && computed !== true,
      ),
    ).toEqual([])
  })

  it('is read-only where what it is in is', () => {
    const mixed = every
      .filter(([, { nested, computed, optional }]) => nested !== undefined && computed === true && optional !== true)
      .flatMap(([path, { nested }]) => everyIn(nested?.attributes ?? {}, path))
      .filter(([, { optional, computed }]) => optional === true || computed !== true)
    expect(mixed.map(([path]) => path)).toEqual([])
  })

  it('has a type without `dynamic`, which would let anything in', () => {
    const holds = (type: AttributeType): boolean =>
      type === 'dynamic' ||
      (typeof type === 'object' && Object.values(type).some(inner => holds(inner as AttributeType)))
    expect(wrong(({ type }) => type !== undefined && holds(type))).toEqual([])
  })

  it('is sensitive where it holds a secret, and only there', () => {
    expect(wrong(({ sensitive }) => sensitive === true)).toEqual(['provider.api_key'])
  })

  it('that is a shorthand is there, and never left out', () => {
    for (const [, { nested }] of every)
      if (nested?.shorthand !== undefined) {
        const { required, computed } = nested.attributes[nested.shorthand] ?? {}
        expect(required ?? computed).toBe(true)
      }
  })
})

describe('the types', () => {
  it('begin with the name of the provider, and each says what it is', () => {
    for (const [name, { description, version }] of Object.entries(all)) {
      if (name !== 'provider') expect(name).toMatch(/^(data\.)?postern_[a-z_]+$/)
      expect(description).toMatch(/^[A-Z].*\.$/s)
      expect(version).toBe(0)
    }
  })

  it('say that policies are adopted and set in the console', () => {
    expect(schemas.resources.postern_authentication_policy.description).toContain('adopts')
    for (const type of ['postern_authentication_policy', 'postern_external_user_policy'] as const)
      expect(schemas.resources[type].description).toContain('apply fails, and the error holds the console step')
  })
})

describe('the attributes of documents', () => {
  it('are there for every member of every kind, but those that have another place', () => {
    const left = kindNames
      .filter(kind => kind !== 'AccountList')
      .map(kind => {
        const members = Object.keys(kindNamed(kind).schema['properties'] as JsonObject)
        return [kind, members.length - Object.keys(documentAttributes[kind]).length]
      })
    // `kind` in all of them; the id of the organization, the members of a policy, names that are keys.
    expect(Object.fromEntries(left)).toEqual({
      Organization: 2,
      AuthenticationPolicy: 2,
      ExternalUserPolicy: 1,
      IpAllowlist: 1,
      CoverageRequirement: 2,
      Exception: 2,
    })
  })

  const object = (properties: JsonObject, more: JsonObject = {}): JsonObject => ({
    type: 'object',
    properties,
    additionalProperties: false,
    ...more,
  })

  it('say what the schema says', () => {
    const schema = object(
      {
        kind: { const: 'Thing' },
        someName: { type: 'string', description: 'A name.', 'x-means': 'a short word' },
        count: { type: 'integer', minimum: 1, maximum: 5, default: 3, description: 'How many.' },
        way: { enum: ['in', 'out'], markdownEnumDescriptions: ['Inwards.', ''], description: 'Where to.' },
        items: {
          type: 'array',
          description: 'Some.',
          items: {
            ...object({ id: { type: 'string', description: 'Its id.' } }, { required: ['id'] }),
            type: ['string', 'object'],
          },
        },
        hidden: { type: 'boolean' },
      },
      { required: ['someName'] },
    )
    expect(attributesOf(schema, { without: ['hidden'] })).toEqual({
      some_name: { description: 'A name. Takes a short word.', type: 'string', required: true },
      count: { description: 'How many. A whole number from 1 to 5. Default: `3`.', type: 'number', optional: true },
      way: { description: 'Where to. One of: `in` (Inwards), `out`.', type: 'string', optional: true },
      items: {
        description: 'Some.',
        nested: {
          nesting: 'list',
          shorthand: 'id',
          attributes: { id: { description: 'Its id.', type: 'string', required: true } },
        },
        optional: true,
      },
    })
  })

  it.each<readonly [string, JsonObject, RegExp]>([
    ['any members', { type: 'object', properties: {} }, /`document` is an object of any members/],
    ['a keyword that is new here', object({ a: { type: 'string', not: {} } }), /`a` has `not`/],
    ['one of several schemas', object({ a: { oneOf: [] } }), /`a` has `oneOf`/],
    ['a list of anything', object({ a: { type: 'array' } }), /`a` is a list of anything/],
    ['a list of lists', object({ a: { type: 'array', items: { type: 'array' } } }), /`a\[\]` is "array"/],
    ['several types', object({ a: { type: ['string', 'number'] } }), /`a` is \["string","number"\]/],
    ['no schema', object({ a: true }), /`a` is no schema/],
    [
      'a text for an object of more than one required member',
      object({ a: { type: 'array', items: object({}, { type: ['string', 'object'], required: ['b', 'c'] }) } }),
      /`a\[\]` is a text or an object without one required member/,
    ],
    ['one deep inside', object({ a: object({ b: object({ c: { type: 'null' } }) }) }), /`a\.b\.c` is "null"/],
  ])('are not made of %s', (_, schema, message) => {
    expect(() => attributesOf(schema)).toThrow(message)
  })
})
