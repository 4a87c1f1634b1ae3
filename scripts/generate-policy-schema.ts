import { kindNamed, kindNames, kinds, type KindName } from '../src/kinds/index.ts'
import { isObject, textOf, type Json, type JsonObject } from '../src/model/json.ts'
import { hintFor } from './field-hints.ts'
import { blockSnippets, documentSnippets, type Snippet } from './policy-snippets.ts'

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
  allOf: [
    ...kindNames.map(name => ({
      if: { properties: { kind: { const: name } }, required: ['kind'] },
      then: { $ref: `#/$defs/${name}` },
    })),
    // Whole documents are offered where none has begun: inside one they would mix its members with those of another kind.
    { if: { not: { required: ['kind'] } }, then: { defaultSnippets: documentSnippets.map(offered) } },
  ],
  $defs: Object.fromEntries(
    kindNames.map(name => [
      name,
      published(name, { title: name, description: kinds[name].summary, ...kinds[name].schema }, []),
    ]),
  ),
})

const offered = ({ label, description, body }: Snippet): JsonObject => ({ label, description, body })

/**
 * A schema as editors want it: what Atlassian calls a field beside its effect, blocks to insert, and the documents’ own words behind a pattern, which
 * editors show as `patternErrorMessage`. A description is Markdown; where it is shown as such, `markdownDescription` keeps it from being escaped.
 */
function published(kind: KindName, schema: JsonObject, path: readonly string[]): JsonObject {
  const field = kindNamed(kind).fields[path.join('.')]
  const hint = field && hintFor(kind, path.join('.'), field)
  const snippets = path.length === 1 ? blockSnippets[kind]?.[path[0] ?? ''] : undefined
  return Object.fromEntries(
    Object.entries(schema).flatMap(([key, value]): readonly (readonly [string, Json])[] => {
      if (key === 'x-means') return [['patternErrorMessage', `must be ${textOf(value)}`]]
      if (key === 'properties' && isObject(value))
        return [
          [
            key,
            Object.fromEntries(
              Object.entries(value).map(([name, inner]) => [
                name,
                isObject(inner) ? published(kind, inner, [...path, name]) : inner,
              ]),
            ),
          ],
        ]
      if (key === 'items' && isObject(value)) return [[key, published(kind, value, [...path, '[]'])]]
      if (key !== 'description' || typeof value !== 'string') return [[key, value]]
      const markdown = hint ? `${value}\n\n${hint.markdown}` : value
      return [
        [key, hint ? `${value} ${hint.plain}` : value],
        ...(markdown === value && !value.includes('`') ? [] : [['markdownDescription', markdown] as const]),
        ...(snippets ? [['defaultSnippets', snippets.map(offered)] as const] : []),
      ]
    }),
  )
}
