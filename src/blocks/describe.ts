import type { Field } from '../kinds/field.ts'
import { isStrings, textOf, type Json, type JsonObject } from '../model/json.ts'

/** What a member of a document is, takes and does, in one line of Markdown: from its schema, and from the field where the kind has one. */
export const describe = (schema: JsonObject, field?: Field): string =>
  [
    typeof schema['description'] === 'string' ? schema['description'].replaceAll('\n', ' ') : '',
    takes(schema, field),
    schema['default'] === undefined ? '' : `Default: ${code(schema['default'])}.`,
    field === undefined || schema['properties'] !== undefined ? '' : atAtlassian(field),
  ]
    .filter(text => text !== '')
    .join(' ')

const code = (value: Json): string => `\`${textOf(value)}\``

function takes(schema: JsonObject, field: Field | undefined): string {
  const { enum: values, type, items } = schema
  if (Array.isArray(values)) return `One of: ${oneOf(schema, values as readonly Json[])}.`
  if (type === 'array') return [ofItems(items as JsonObject), least(schema)].filter(text => text !== '').join(' ')
  if (typeof schema['x-means'] === 'string') return `Takes ${schema['x-means']}${rangeOf(field)}.`
  if (type === 'integer' || type === 'number') {
    return `A ${type === 'integer' ? 'whole number' : 'number'}${limits(schema)}.`
  }
  return ''
}

function oneOf({ markdownEnumDescriptions: told }: JsonObject, values: readonly Json[]): string {
  return values
    .map((value, index) => {
      const means = isStrings(told) ? (told[index] ?? '') : ''
      return means === '' ? code(value) : `${code(value)} (${means.replace(/\.$/, '')})`
    })
    .join(', ')
}

function ofItems(items: JsonObject): string {
  const { enum: values } = items
  if (Array.isArray(values)) return `Each one of: ${oneOf(items, values as readonly Json[])}.`
  return items['properties'] === undefined && typeof items['x-means'] === 'string' ? `Each: ${items['x-means']}.` : ''
}

const least = ({ minItems }: JsonObject): string => (typeof minItems === 'number' ? `At least ${minItems}.` : '')

const rangeOf = (field: Field | undefined): string =>
  field?.range === undefined ? '' : `, from ${field.range[0]} to ${field.range[1]}`

function limits({ minimum, maximum }: JsonObject): string {
  return [
    ...(minimum === undefined ? [] : [` from ${textOf(minimum)}`]),
    ...(maximum === undefined ? [] : [` to ${textOf(maximum)}`]),
  ].join('')
}

/** The name that people find it by, and through which channel it is set. */
function atAtlassian({ label, channel, compare }: Field): string {
  if (compare === 'declared') return ''
  return channel === 'console' ? `Atlassian: **${label}**, set in the console.` : `Atlassian: **${label}**.`
}
