import { describe, expect, it } from 'vitest'
import type { Attribute, Attributes, NestedType } from '../../src/blocks/schema.ts'
import { specOf } from '../../src/blocks/spec-of.ts'
import { unknown, type ValueObject } from '../../src/blocks/value.ts'
import { valuesOf } from '../../src/blocks/values-of.ts'
import type { JsonObject } from '../../src/model/json.ts'

// No document has all of these today. What attributes can say is understood all the same.
const plain = (type: Attribute['type'] = 'string'): Attribute => ({ description: 'One.', type, optional: true })
const objects = (nesting: NestedType['nesting']): Attribute => ({
  description: 'Some.',
  nested: { nesting, attributes: { first_part: plain(), second_part: plain('number') } },
  optional: true,
})
const attributes: Attributes = {
  one: plain(),
  labels: plain({ map: 'string' }),
  by_name: plain({ map: { list: 'string' } }),
  single: objects('single'),
  list: objects('list'),
  set: objects('set'),
  map: objects('map'),
}
const nothing = valuesOf(attributes, {})

describe('values and objects of a document', () => {
  it.each<readonly [string, JsonObject, ValueObject]>([
    ['nothing', {}, {}],
    ['a map of texts', { labels: { 'a_b.c': 'd' } }, { labels: { 'a_b.c': 'd' } }],
    ['a map of lists', { byName: { a: ['b'], c: [] } }, { by_name: { a: ['b'], c: [] } }],
    ['an empty object', { single: {} }, { single: { first_part: null, second_part: null } }],
    [
      'objects in a map, by keys that are no names of members',
      { map: { some_key: { firstPart: 'a' }, __proto__x: {} } },
      {
        map: { some_key: { first_part: 'a', second_part: null }, __proto__x: { first_part: null, second_part: null } },
      },
    ],
    [
      'objects in a list and in a set',
      { list: [{ secondPart: 1 }], set: [{ firstPart: 'a', secondPart: 0 }] },
      { list: [{ first_part: null, second_part: 1 }], set: [{ first_part: 'a', second_part: 0 }] },
    ],
  ])('stand for each other: %s', (_, spec, value) => {
    expect(valuesOf(attributes, spec)).toEqual({ ...nothing, ...value })
    expect(specOf(attributes, { ...nothing, ...value })).toEqual({ spec, unknowns: [] })
  })

  it.each<readonly [string, JsonObject]>([
    ['a text in place of an object', { single: 'a' }],
    ['a list in place of an object', { single: [] }],
    ['an object in place of a list', { list: {} }],
    ['a list in place of a map', { map: [] }],
    ['a member without an attribute', { other: 1 }],
    ['one that every object has', JSON.parse('{ "constructor": 1, "__proto__": 2 }') as JsonObject],
    ['null', { one: null, list: null }],
  ])('have no place for %s', (_, spec) => {
    expect(valuesOf(attributes, spec)).toEqual(nothing)
  })

  it.each<readonly [string, ValueObject, JsonObject, readonly string[]]>([
    ['an element of a map', { labels: { a: unknown, b: 'c' } }, { labels: { b: 'c' } }, ['.labels.a']],
    ['a list in a map', { by_name: { a: unknown } }, { byName: {} }, ['.by_name.a']],
    ['an object in a map', { map: { a: unknown, b: {} } }, { map: { b: {} } }, ['.map.a']],
    [
      'a part of an object in a map',
      { map: { a: { first_part: unknown } } },
      { map: { a: {} } },
      ['.map.a.first_part'],
    ],
    ['a part of an object in a list', { list: [{ first_part: unknown }] }, { list: [{}] }, ['.list.0.first_part']],
    ['a part of an object in a set: the set', { set: [{ first_part: unknown }] }, { set: [{}] }, ['.set']],
    ['an object in a list: the list', { list: [{}, unknown] }, {}, ['.list']],
    ['a map', { map: unknown, labels: unknown }, {}, ['.labels', '.map']],
  ])('tell what is not known: %s', (_, value, spec, unknowns) => {
    const read = specOf(attributes, value)
    expect(read.spec).toEqual(spec)
    expect(read.unknowns.map(path => path.map(step => `.${Object.values(step)[0] as string}`).join(''))).toEqual(
      unknowns,
    )
  })

  it('keep an object where Terraform gives null for an item, for the document to be refused by its place', () => {
    expect(specOf(attributes, { list: [null, { first_part: 'a' }] }).spec).toEqual({ list: [{}, { firstPart: 'a' }] })
    expect(specOf({ texts: plain({ set: 'string' }) }, { texts: ['a', null] }).spec).toEqual({ texts: ['a', null] })
  })
})
