import { describe, expect, it } from 'vitest'
import { policySchema } from '../../scripts/generate-policy-schema.ts'
import { kindNamed, kindNames } from '../../src/kinds/index.ts'
import { valueAt } from '../../src/kinds/path.ts'
import { isObject, type Json, type JsonObject } from '../../src/model/json.ts'

const published = policySchema()['$defs'] as Readonly<Record<string, JsonObject>>

const schemaOf = (kind: string, path: string): JsonObject => {
  const found = valueAt(published[kind] ?? {}, `properties.${path.replaceAll('.', '.properties.')}`)
  return isObject(found) ? found : {}
}

const fields = kindNames.flatMap(kind =>
  Object.entries(kindNamed(kind).fields).map(([path, field]) => ({ kind, path, field })),
)

/** Every schema inside a schema, with the path to it. */
const within = (schema: Json, path: string): readonly (readonly [string, JsonObject])[] =>
  !isObject(schema)
    ? []
    : [[path, schema], ...Object.entries(schema).flatMap(([key, inner]) => within(inner, `${path}.${key}`))]

describe('what the published schema tells an editor', () => {
  it.each(fields.filter(({ path }) => !path.startsWith('access.')))(
    'of $kind $path: its name at Atlassian, and how it is set',
    ({ kind, path, field }) => {
      const { description, markdownDescription } = schemaOf(kind, path)
      for (const text of [description, markdownDescription]) {
        expect(text).toContain(field.label)
        expect(text).toContain(field.channel === 'console' ? 'in the console' : 'Admin API')
        expect(text).toContain(field.range === undefined ? '' : `From ${field.range[0]} to ${field.range[1]}.`)
      }
    },
  )

  it('does not call a rule of Postern’s own Atlassian’s', () => {
    expect(schemaOf('ExternalUserPolicy', 'access.inactiveAfter')['description']).not.toContain('Atlassian')
  })

  const choices = kindNames
    .flatMap(kind => within(published[kind] ?? {}, kind))
    .filter(([, { enum: values }]) => Array.isArray(values) && values.length > 1)

  it.each(choices)('explains each value of %s', (_, { enum: values, markdownEnumDescriptions: words }) => {
    expect(words).toHaveLength((values as readonly Json[]).length)
    for (const word of words as readonly string[]) expect(word).toMatch(/^[A-Z].*\.$/)
    expect(new Set(words as readonly string[]).size).toBe((words as readonly string[]).length)
  })
})
