import fc from 'fast-check'
import { expect, it } from 'vitest'
import { jsonPieces } from '../../src/model/json-pieces.ts'

/** Values as wide as those that are written in parts. */
const wide = fc.oneof(
  fc.jsonValue({ maxDepth: 6 }),
  fc
    .tuple(fc.integer({ min: 0, max: 1300 }), fc.jsonValue())
    .map(([length, item]) => Array.from({ length }, () => item)),
  fc
    .tuple(fc.integer({ min: 0, max: 1300 }), fc.jsonValue(), fc.string())
    .map(([length, item, name]) => Object.fromEntries(Array.from({ length }, (_, index) => [`${name}${index}`, item]))),
)

const nested = fc.array(fc.dictionary(fc.string(), wide, { maxKeys: 3 }), { maxLength: 3 })

it('writes what JSON.stringify writes, whatever the size', () => {
  fc.assert(
    fc.property(fc.oneof(wide, nested), value => {
      expect([...jsonPieces(value)].join('')).toBe(`${JSON.stringify(value, null, 2)}\n`)
    }),
    { numRuns: 100 },
  )
})

it('leaves members out that are undefined, as JSON.stringify does', () => {
  const value = { a: undefined, b: [undefined, 1], c: { d: undefined } }
  expect([...jsonPieces(value)].join('')).toBe(`${JSON.stringify(value, null, 2)}\n`)
})

it('gives a large value in pieces of which none is much more than a megabyte', () => {
  const value = {
    accounts: Array.from({ length: 60_000 }, (_, index) => ({ email: `account-${index}@acme.com`, index })),
  }
  const pieces = [...jsonPieces(value)]
  expect(pieces.length).toBeGreaterThan(2)
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(1_200_000)
})
