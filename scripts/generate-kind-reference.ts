// docs/reference/kinds.md, from the schemas and fields of the kinds; the examples are the documents in docs/reference/example.
import { existsSync, readFileSync } from 'node:fs'
import { kindNamed, kindNames } from '../src/kinds/index.ts'
import type { Field, Fields } from '../src/kinds/field.ts'
import { isObject, isStrings, textOf, type Json, type JsonObject } from '../src/model/json.ts'
import { table, text } from './generate-command-reference.ts'

export function kindReference(): string {
  return [
    '# Kinds of documents',
    '',
    '<!-- Written by scripts/generate-kind-reference.ts from the kinds, and from the documents in docs/reference/example. -->',
    '',
    'A policy folder holds YAML files with one or more documents. Each has a `kind` and a `name`; what else it may hold says the table of its kind. A member in **bold** is required. A setting that is left out is unmanaged: never compared, never changed.',
    '',
    '**read and written** says by which channel: through the `API`, or in the `console`, where evidence shows the value: the export *Export members* for the fields it holds, else an attestation (`postern attest`). `declared` fields are only in the document. **stricter** orders values from the weakest to the strictest; a change to the left loosens.',
    '',
    ...table(
      ['kind', 'describes'],
      kindNames.map(name => [`[\`${name}\`](#${name.toLowerCase()})`, text(kindNamed(name).summary)]),
    ),
    ...kindNames.flatMap(name => {
      const { summary, schema, fields } = kindNamed(name)
      return [
        `## ${name}`,
        '',
        text(summary),
        '',
        '```yaml',
        example(name),
        '```',
        '',
        ...withoutEmptyColumns(
          ['field', 'values', 'Atlassian’s name', 'read and written', 'stricter', 'is'],
          membersOf(schema).map(member => row(member, fieldOf(fields, member.path))),
        ),
      ]
    }),
  ].join('\n')
}

/** The documents in the file that is named after the kind. */
function example(kind: string): string {
  const name = kind.replace(/(?!^)[A-Z]/g, letter => `-${letter}`).toLowerCase()
  const file = `docs/reference/example/${name}.yaml`
  if (!existsSync(file)) throw new Error(`an example of ${kind} is missing: ${file}`)
  return readFileSync(file, 'utf8')
    .replace(/^# yaml-language-server.*\n/, '')
    .trimEnd()
}

interface Member {
  readonly path: string
  readonly schema: JsonObject
  readonly required: boolean
}

/** Every member that a document may hold, members of members after the one they are in. */
const membersOf = (schema: JsonObject, prefix = ''): readonly Member[] => {
  const required = isStrings(schema['required']) ? schema['required'] : []
  return Object.entries(isObject(schema['properties']) ? schema['properties'] : {}).flatMap(([name, inner]) => {
    if (!isObject(inner)) return []
    const path = `${prefix}${name}`
    return [{ path, schema: inner, required: required.includes(name) }, ...nested(inner, path)]
  })
}

function nested(schema: JsonObject, path: string): readonly Member[] {
  const items = isObject(schema['items']) ? schema['items'] : undefined
  if (items !== undefined) return alternatives(items).flatMap(one => membersOf(one, `${path}[].`))
  return alternatives(schema).flatMap(one => membersOf(one, `${path}.`))
}

/** A value may be one of several shapes. */
const alternatives = (schema: JsonObject): readonly JsonObject[] => {
  const list = schema['oneOf'] ?? schema['anyOf']
  return Array.isArray(list) ? list.filter(isObject) : [schema]
}

/** A field, or the one that it is part of: members are compared as a whole. */
const fieldOf = (fields: Fields, path: string): Field | undefined => {
  const [owner] = Object.keys(fields)
    .filter(key => path === key || path.startsWith(`${key}.`))
    .sort((a, b) => b.length - a.length)
  return owner === undefined ? undefined : fields[owner]
}

const row = ({ path, schema, required }: Member, field: Field | undefined): readonly string[] => [
  required ? `**\`${path}\`**` : `\`${path}\``,
  valuesOf(schema, field),
  field === undefined ? '' : text(field.label),
  field === undefined || isGroup(schema) ? '' : channelOf(field),
  field === undefined || isGroup(schema) ? '' : strictnessOf(field),
  meaningOf(schema),
]

const isGroup = (schema: JsonObject): boolean => schema['properties'] !== undefined

function channelOf({ channel, compare, export: exported }: Field): string {
  if (compare === 'declared') return 'declared'
  if (channel === 'api') return 'API'
  return exported === undefined ? 'console; attestation' : 'console; export or attestation'
}

function strictnessOf({ strictness }: Field): string {
  if (strictness === undefined) return ''
  if (typeof strictness === 'string') return strictness
  return strictness.map(place => [place].flat().map(code).join(' = ')).join(' → ')
}

function valuesOf(schema: JsonObject, field?: Field): string {
  const { enum: values, const: constant, type, items } = schema
  if (constant !== undefined) return code(constant)
  if (Array.isArray(values)) return values.map(code).join(', ')
  if (Array.isArray(schema['oneOf'] ?? schema['anyOf']))
    return alternatives(schema)
      .map(one => valuesOf(one, field))
      .join(', or ')
  if (type === 'boolean') return '`true`, `false`'
  if (type === 'array') return `list${isObject(items) ? ` of: ${valuesOf(items)}` : ''}${between(schema, 'Items')}`
  if (typeof schema['x-means'] === 'string') return text(schema['x-means']) + rangeOf(field)
  if (type === 'integer' || type === 'number')
    return `${type === 'integer' ? 'whole number' : 'number'}${limits(schema)}`
  if (type === 'object') return 'mapping'
  return type === 'string' ? 'text' : textOf(type ?? 'any')
}

const rangeOf = (field: Field | undefined): string =>
  field?.range === undefined ? '' : `, from ${field.range[0]} to ${field.range[1]}`

function limits({ minimum, maximum }: JsonObject): string {
  const parts = [
    ...(minimum === undefined ? [] : [`from ${textOf(minimum)}`]),
    ...(maximum === undefined ? [] : [`to ${textOf(maximum)}`]),
  ]
  return parts.length === 0 ? '' : ` ${parts.join(' ')}`
}

function between(schema: JsonObject, what: 'Items'): string {
  const [least, most] = [schema[`min${what}`], schema[`max${what}`]]
  return `${least === undefined ? '' : `, at least ${textOf(least)}`}${most === undefined ? '' : `, at most ${textOf(most)}`}`
}

/** The description, what each value does, and the default. */
function meaningOf(schema: JsonObject): string {
  const { description, enum: values, markdownEnumDescriptions: told, default: fallback } = schema
  const each =
    Array.isArray(values) && isStrings(told)
      ? (values as readonly Json[]).map((value, index) => `${code(value)}: ${text(told[index] ?? '')}`)
      : []
  return [
    typeof description === 'string' ? text(description.replaceAll('\n', ' ')) : '',
    ...each,
    ...(fallback === undefined ? [] : [`Default: ${code(fallback)}.`]),
  ].join('<br>')
}

/** A kind that is no object of the organization has no channel to tell of. */
function withoutEmptyColumns(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const used = head.map((_, column) => rows.some(cells => cells[column] !== ''))
  const kept = (cells: readonly string[]): readonly string[] => cells.filter((_, column) => used[column])
  return table(kept(head), rows.map(kept))
}

const code = (value: Json): string => `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``
