import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { policySchema } from '../../scripts/generate-policy-schema.ts'
import { kindNamed, kindNames } from '../../src/kinds/index.ts'
import { isObject, type Json, type JsonObject } from '../../src/model/json.ts'

const root = join(import.meta.dirname, '../..')
const published = JSON.parse(readFileSync(join(root, 'schemas/policy.schema.json'), 'utf8')) as JsonObject

/** Every member that a schema describes, by its path. */
const membersOf = (schema: Json | undefined, path: string): readonly (readonly [string, JsonObject])[] =>
  !isObject(schema)
    ? []
    : [
        ...Object.entries(isObject(schema['properties']) ? schema['properties'] : {}).flatMap(([name, inner]) =>
          isObject(inner) ? [[`${path}.${name}`, inner] as const, ...membersOf(inner, `${path}.${name}`)] : [],
        ),
        ...membersOf(schema['items'], `${path}[]`),
      ]

const members = kindNames.flatMap(kind => membersOf(kindNamed(kind).schema, kind))

/** Every schema inside a schema. */
const schemasIn = (schema: Json): readonly JsonObject[] =>
  Array.isArray(schema)
    ? (schema as readonly Json[]).flatMap(schemasIn)
    : isObject(schema)
      ? [schema, ...Object.values(schema).flatMap(schemasIn)]
      : []

describe('the schemas of the kinds', () => {
  it.each(members.filter(([path]) => !path.endsWith('.kind') || path.includes('difference')))(
    '%s says what it is',
    (_, schema) => {
      expect(schema['description']).toMatch(/^[A-Z`].*[.`]$/)
    },
  )

  it('refuse members that nobody knows, at every level', () => {
    for (const kind of kindNames) {
      for (const schema of schemasIn(kindNamed(kind).schema))
        if (isObject(schema['properties']) && 'type' in schema) expect(schema['additionalProperties']).toBe(false)
    }
  })

  it('say in words what a pattern or a format asks for', () => {
    for (const kind of kindNames) {
      for (const schema of schemasIn(kindNamed(kind).schema))
        if (typeof schema['pattern'] === 'string' || typeof schema['format'] === 'string')
          expect(schema['x-means']).toBeTypeOf('string')
    }
  })

  it('explain as many values as they take', () => {
    for (const kind of kindNames) {
      for (const { enum: values, markdownEnumDescriptions: words } of schemasIn(kindNamed(kind).schema))
        if (words !== undefined) expect(words).toHaveLength((values as readonly Json[]).length)
    }
  })
})

describe('the published schema', () => {
  it('is the one that the kinds make', () => expect(published).toEqual(JSON.parse(JSON.stringify(policySchema()))))

  const ajv = new Ajv2020({ strict: false, allErrors: true })
  formats.default(ajv)
  const isPolicy = ajv.compile(published)
  const documentsIn = (file: string): readonly unknown[] =>
    parseAllDocuments(readFileSync(join(root, file), 'utf8')).map(document => document.toJS() as unknown)

  it.each([
    'test/cases/sample/policies.yaml',
    'policies/organization.yaml',
    'policies/network.yaml',
    'policies/requirements.yaml',
    'policies/authentication/staff.yaml',
    'policies/authentication/contractors.yaml',
    'policies/external-users/external.yaml',
  ])('takes %s in any validator', file => {
    const documents = documentsIn(file)
    expect(documents.length).toBeGreaterThan(0)
    for (const document of documents) {
      isPolicy(document)
      expect(isPolicy.errors ?? []).toEqual([])
    }
  })

  it.each([
    [{ kind: 'AuthenticationPolicy', name: 'x' }, 'required'],
    [{ kind: 'AuthenticationPolicy', name: 'x', directory: 'local', foo: 1 }, 'additionalProperties'],
    [{ kind: 'Organisation', name: 'x' }, 'enum'],
    [{ name: 'x' }, 'required'],
    [{ kind: 'ExternalUserPolicy', name: 'other' }, 'enum'],
    [{ kind: 'Organization', name: 'x', id: 'x' }, 'format'],
  ])('refuses %j', (document, keyword) => {
    expect(isPolicy(document)).toBe(false)
    expect(isPolicy.errors?.map(error => error.keyword)).toContain(keyword)
  })
})
