import { describe, expect, it } from 'vitest'
import { wordFor, type Field } from '../../src/kinds/field.ts'
import { kindNamed, kindNames } from '../../src/kinds/index.ts'
import { valueAt, withValueAt } from '../../src/kinds/path.ts'
import { isObject, type Json, type JsonObject } from '../../src/model/json.ts'
import { parseDuration } from '../../src/model/duration.ts'

const fields = kindNames.flatMap(kind =>
  Object.entries(kindNamed(kind).fields).map(([path, field]) => ({ kind, path, field })),
)

const schemaOf = (kind: (typeof kindNames)[number], path: string): JsonObject => {
  const found = path
    .split('.')
    .reduce<Json | undefined>(
      (schema, step) => (isObject(schema) ? valueAt(schema, `properties.${step}`) : undefined),
      kindNamed(kind).schema,
    )
  return isObject(found) ? found : {}
}

describe('the fields of the kinds', () => {
  it.each(fields)('$kind $path is in the schema, labelled, and consistent', ({ kind, path, field }) => {
    const schema = schemaOf(kind, path)
    expect(schema).not.toEqual({})
    expect(field.label).not.toBe('')
    const values = schema['enum']
    if (Array.isArray(values)) {
      if (Array.isArray(field.strictness))
        expect([...(field.strictness as Json[])].flat().sort()).toEqual([...(values as string[])].sort())
      for (const word of Object.keys(field.words ?? {})) expect(values).toContain(word)
    }
    const isDuration =
      (typeof schema['pattern'] === 'string' && schema['pattern'].includes('[mhd]')) ||
      path.endsWith('password.expiresAfter')
    expect(field.compare === 'duration' || field.compare === 'declared' || !isDuration).toBe(true)
    if (field.range !== undefined) {
      const [shortest = 0, longest = 0] = field.range.map(parseDuration)
      expect(shortest).toBeGreaterThan(0)
      expect(longest).toBeGreaterThan(shortest)
    }
    if (field.export !== undefined) expect(field.channel).toBe('console')
  })

  it('cover every setting of the policies', () => {
    for (const kind of ['AuthenticationPolicy', 'ExternalUserPolicy'] as const) {
      const known = Object.keys(kindNamed(kind).fields)
      for (const name of Object.keys(schemaOf(kind, 'settings')['properties'] as JsonObject))
        expect(known.some(path => path === `settings.${name}` || path.startsWith(`settings.${name}.`))).toBe(true)
    }
  })

  it('that hold addresses of people are personal', () => {
    const personal = fields.filter(({ field }) => field.personal === true).map(({ kind, path }) => `${kind}.${path}`)
    expect(personal).toEqual(['AuthenticationPolicy.members', 'ExternalUserPolicy.testUsers'])
  })
})

describe('a value in the words of the console', () => {
  const table: readonly [Field | undefined, Json, string][] = [
    [undefined, 'block', 'block'],
    [undefined, true, 'on'],
    [undefined, false, 'off'],
    [undefined, '', '(empty)'],
    [undefined, [], '(empty)'],
    [undefined, ['a', 'b'], 'a, b'],
    [undefined, 5, '5'],
    [{ channel: 'console', label: 'x', words: { true: 'billable' } }, true, 'billable'],
    [{ channel: 'console', label: 'x', words: { true: 'billable' } }, false, 'off'],
    [{ channel: 'console', label: 'x', words: { none: 'None' } }, 'none', 'None'],
  ]
  it.each(table)('%j %j: %s', (field, value, words) => expect(wordFor(field, value)).toBe(words))
})

describe('paths into a document', () => {
  const spec = { a: { b: 1, list: [1] }, text: 'x' }

  it.each([
    ['a.b', 1],
    ['a', spec.a],
    ['a.c', undefined],
    ['text.length', undefined],
    ['a.list.0', undefined],
    ['constructor', undefined],
    ['a.__proto__', undefined],
  ])('%s: %j', (path, value) => expect(valueAt(spec, path)).toEqual(value))

  it('set a value in a copy, and make what is missing on the way', () => {
    expect(withValueAt(spec, 'a.b', 2)).toEqual({ a: { b: 2, list: [1] }, text: 'x' })
    expect(withValueAt({}, 'a.b.c', true)).toEqual({ a: { b: { c: true } } })
    expect(withValueAt(spec, 'text.x', 1)).toEqual({ ...spec, text: { x: 1 } })
    expect(spec.a.b).toBe(1)
  })
})
