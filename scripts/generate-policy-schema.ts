import { kinds, kindNames } from '../src/kinds/index.ts'
import { isObject, textOf, type Json, type JsonObject } from '../src/model/json.ts'

/** One schema for all documents, chosen by `kind`, for editors and other tools. */
export const policySchema = (): JsonObject => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://postern.dev/schemas/policy.schema.json',
  title: 'Postern policy',
  description: 'A policy document: what an Atlassian organization should look like.',
  type: 'object',
  required: ['kind', 'name'],
  properties: {
    kind: {
      description: 'What the document describes.',
      enum: kindNames,
      markdownEnumDescriptions: kindNames.map(name => kinds[name].summary),
    },
  },
  allOf: kindNames.map(name => ({
    if: { properties: { kind: { const: name } }, required: ['kind'] },
    then: { $ref: `#/$defs/${name}` },
  })),
  $defs: Object.fromEntries(
    kindNames.map(name => [name, published({ title: name, description: kinds[name].summary, ...kinds[name].schema })]),
  ),
})

/** Editors show `patternErrorMessage`; the words behind it are the documents' own. */
function published(schema: Json): JsonObject {
  const convert = (value: Json): Json =>
    Array.isArray(value)
      ? value.map(convert)
      : !isObject(value)
        ? value
        : Object.fromEntries(
            Object.entries(value).map(([key, inner]) =>
              key === 'x-means' ? ['patternErrorMessage', `must be ${textOf(inner)}`] : [key, convert(inner)],
            ),
          )
  return convert(schema) as JsonObject
}
