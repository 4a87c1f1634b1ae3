import { describe, expect, it } from 'vitest'
import { sameValue } from '../../src/kinds/compare.ts'
import type { Comparison } from '../../src/kinds/field.ts'
import type { Json } from '../../src/model/json.ts'

const cases: readonly (readonly [Comparison | undefined, Json, Json, boolean])[] = [
  [undefined, 'allow', 'allow', true],
  [undefined, 'allow', 'block', false],
  [undefined, true, 'true', false],
  [undefined, 'Okta', 'okta', false],
  [undefined, null, null, true],
  [undefined, null, {}, false],
  [undefined, [], {}, false],
  [undefined, ['a', 'b'], ['b', 'a'], false],
  [undefined, { a: 1, b: [2, { c: null }] }, { b: [2, { c: null }], a: 1 }, true],
  [undefined, { a: 1 }, { a: 1, b: 2 }, false],
  [undefined, { toString: 1 }, { a: 1 }, false],
  ['duration', '24h', '1d', true],
  ['duration', '60m', '1h', true],
  ['duration', '8h', '9h', false],
  ['duration', 'never', 'never', true],
  ['duration', 'never', '30d', false],
  ['duration', 'never', 'off', false],
  ['duration', 'soon', '0h', false],
  ['duration', 8, '8h', false],
  ['unordered', ['a@x.example', 'b@x.example'], ['B@X.example', 'a@x.example'], true],
  ['unordered', ['a', 'a', 'b'], ['b', 'a'], true],
  ['unordered', [], [], true],
  ['unordered', ['a'], ['a', 'b'], false],
  ['unordered', ['a'], 'a', false],
  // An address has several spellings (ref 1.3 shows both addresses and ranges).
  ['unordered', ['203.0.113.10'], ['203.0.113.10/32'], true],
  ['unordered', ['2001:db8::/48'], ['2001:DB8:0:0::/48'], true],
  ['unordered', ['203.0.113.0/24'], ['203.0.113.7/24'], true],
  ['unordered', ['203.0.113.0/24'], ['203.0.113.0/25'], false],
]

describe('sameValue', () => {
  it.each(cases)('%s: %j and %j: %s', (compare, a, b, same) => {
    const field = { channel: 'console', label: 'Field', ...(compare !== undefined && { compare }) } as const
    expect(sameValue(field, a, b)).toBe(same)
    expect(sameValue(field, b, a)).toBe(same)
  })
})
