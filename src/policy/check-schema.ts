import type { ErrorObject } from 'ajv'
import { kinds, type KindName } from '../kinds/index.ts'
import { isObject, textOf, type Json, type JsonObject } from '../model/json.ts'
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import validators from './generated/validators.js'
import { nearest } from './nearest.ts'
import type { Path } from './locate.ts'
import type { ReadDocument } from './read-node.ts'

/** Everything in which a document departs from the schema of its kind, each at the key or item that is wrong. */
export function checkSchema(kind: KindName, document: ReadDocument): readonly Diagnostic[] {
  const validate = validators[kind]
  if (validate(document.value)) return []
  const errors = validate.errors ?? []
  const nulls = new Set(
    errors.filter(error => at(document.value, pathOf(error)) === null).map(error => error.instancePath),
  )
  const reported = new Set<string>()
  return errors.flatMap(error => {
    // A null breaks every rule about its value at once; that it is null is the one thing worth saying. Likewise for a wrong type.
    const isNull = nulls.has(error.instancePath)
    const once = `${error.instancePath} ${isNull ? 'null' : onceFor(error)}`
    if (reported.has(once)) return []
    reported.add(once)
    return isNull ? [nullValue(document, pathOf(error))] : explain(kind, document, error)
  })
}

const onceFor = ({ keyword, params }: ErrorObject): string =>
  keyword === 'required' || keyword === 'additionalProperties' ? JSON.stringify(params) : 'value'

const nullValue = (document: ReadDocument, path: Path): Diagnostic =>
  diagnostic('policy/null-value', { field: fieldName(path) }, { span: document.locate(path) })

function explain(kind: KindName, document: ReadDocument, error: ErrorObject): readonly Diagnostic[] {
  const path = pathOf(error)
  const schema = schemaAt(kinds[kind].schema, path)
  const value = at(document.value, path)
  const field = fieldName(path)
  const span = document.locate(path)
  const params = error.params as Record<string, unknown>
  switch (error.keyword) {
    case 'additionalProperties': {
      const unknown = String(params['additionalProperty'])
      const known = isObject(schema['properties']) ? Object.keys(schema['properties']) : []
      const suggestion = nearest(unknown, known)
      const facts = { field: unknown, known, ...(suggestion !== undefined && { near: suggestion }) }
      return [diagnostic('policy/unknown-field', facts, { span: document.locate([...path, unknown]) })]
    }
    case 'required': {
      const owner = path.length === 0 ? `a document of kind ${kind}` : `\`${field}\``
      return [diagnostic('policy/missing-field', { field: String(params['missingProperty']), owner }, { span })]
    }
    case 'type':
      return [
        diagnostic(
          'policy/wrong-type',
          { field, expected: typeWords(params['type']), got: valueWords(value) },
          { span },
        ),
      ]
    case 'enum': {
      const allowed = (params['allowedValues'] as readonly Json[]).map(String)
      const suggestion = typeof value === 'string' ? nearest(value, allowed) : undefined
      const facts = { field, value: valueText(value), allowed, ...(suggestion !== undefined && { near: suggestion }) }
      return [diagnostic('policy/not-one-of', facts, { span })]
    }
    case 'pattern':
    case 'format': {
      const means =
        typeof schema['x-means'] === 'string'
          ? schema['x-means']
          : `a ${textOf((params['format'] as string | undefined) ?? 'value')}`
      return [diagnostic('policy/bad-format', { field, value: valueText(value), means }, { span })]
    }
    default:
      return [
        diagnostic(
          'policy/out-of-range',
          { field, value: valueText(value), limits: limitWords(error.keyword, params['limit']) },
          { span },
        ),
      ]
  }
}

/** What a limit asks for, in words. */
function limitWords(keyword: string, limit: unknown): string {
  const words = new Map([
    ['minimum', 'at least'],
    ['maximum', 'at most'],
    ['minItems', 'it needs items, at least'],
    ['minLength', 'it needs characters, at least'],
    ['maxLength', 'its characters are at most'],
  ])
  return `${words.get(keyword) ?? keyword} ${String(limit)}`
}

/** A JSON pointer as steps; a number stays text, since both lists and mappings are walked by what they are. */
const pathOf = ({ instancePath }: ErrorObject): Path =>
  instancePath
    .split('/')
    .slice(1)
    .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map(step => (/^\d+$/.test(step) ? Number(step) : step))

function at(value: Json, path: Path): Json | undefined {
  let inside: Json | undefined = value
  for (const step of path) {
    if (Array.isArray(inside)) inside = (inside as readonly Json[])[Number(step)]
    else if (isObject(inside) && Object.hasOwn(inside, String(step))) inside = inside[String(step)]
    else return undefined
  }
  return inside
}

function schemaAt(schema: JsonObject, path: Path): JsonObject {
  let inside: Json | undefined = schema
  for (const step of path) {
    const owner: JsonObject = isObject(inside) ? inside : {}
    inside =
      typeof step === 'number' ? owner['items'] : isObject(owner['properties']) ? owner['properties'][step] : undefined
  }
  return isObject(inside) ? inside : {}
}

/** `settings.apiTokens`, `domains[2]`. */
export const fieldName = (path: Path): string =>
  path.reduce<string>(
    (name, step) => (typeof step === 'number' ? `${name}[${step}]` : name === '' ? step : `${name}.${step}`),
    '',
  )

const articles: Readonly<Record<string, string>> = {
  string: 'text',
  object: 'a mapping',
  array: 'a list',
  boolean: '`true` or `false`',
  integer: 'a whole number',
  number: 'a number',
}

const typeWords = (type: unknown): string =>
  (Array.isArray(type) ? type : [type]).map(name => articles[String(name)] ?? String(name)).join(' or ')

const valueWords = (value: Json | undefined): string =>
  Array.isArray(value)
    ? 'a list'
    : isObject(value)
      ? 'a mapping'
      : typeof value === 'string'
        ? `the text \`${shortened(value)}\``
        : `\`${value === undefined ? 'nothing' : textOf(value)}\``

const valueText = (value: Json | undefined): string =>
  shortened(typeof value === 'string' ? value : JSON.stringify(value ?? null))

const shortened = (text: string): string => (text.length > 80 ? `${text.slice(0, 77)}…` : text)
