import fc from 'fast-check'
import { expect, it } from 'vitest'
import { preciseDocuments } from '../../src/policy/precise-documents.ts'
import { quickYaml } from '../../src/policy/quick-yaml.ts'

const of = (...items: readonly string[]) => fc.constantFrom(...items)
const indent = of('', '', '', '  ', '  ', '    ', '    ', ' ', '   ', '      ')
const key = of('a', 'b', 'c', 'd', 'kind', '1', '01', 'true', 'null', 'a-b', 'é', '0x1F', '_', 'constructor')
const end = of('', '', '', '', ' ', ' # c', ' #', '#', '\t')
const lineBreak = of('\n', '\n', '\n', '\n', '\n\n', '\r\n', '\n  \n', '\n# c\n', '\n   # c\n', '')

const everyday = of(
  ...['x', 'x y', 'a:b', 'a::b', 'a - b', 'a, b', '1', '1.5', 'true', 'Null', 'off', '2027-03-31', '10:20', 'x’s “y”…'],
  ...['"x"', "'y'", '"a # b"', "'a: b'", "''", '[a]', '[a, b]', '[a b , c]', '[]', '{ }', '{ a: 1, b: [x, y] }'],
  ...['[[a], [b]]', '[{a: b}, c]', '[a:b, x & y, 1]', '["x", \'y\']', "it's", 'say "x"', '5%', 'a & b', '0'],
)
const doubtful = of(
  ...['01', '1.50', '1.', '1e3', '-1', '.5', '0o7', '0x1F', '1_000', '~', "'it''s'", '"\\n"', '- x', 'a#b', '[a, ]'],
  ...['{a: }', '{a}', '{a:b}', '[a: b]', '["x": 1]', '[a', 'a]', '{a: b} c', '{a: 1, a: 2}', '[1, 01]', '[a:, b]'],
  ...['*a', '&a x', '!t x', '|+', '>2', '>- # c', 'x:', 'x: y', '?', '%a', '@a', '=', '1234567890123456', '_1', '...'],
)
const value = fc.oneof({ weight: 4, arbitrary: everyday }, { weight: 1, arbitrary: doubtful })
const block = of('|', '>', '>-', '|-', '>- ')

const line = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(indent, key, of(': '), value, end) },
  { weight: 4, arbitrary: fc.tuple(indent, key, of(':'), end) },
  { weight: 4, arbitrary: fc.tuple(indent, of('- '), value, end) },
  { weight: 3, arbitrary: fc.tuple(indent, of('- '), key, of(': '), value, end) },
  { weight: 1, arbitrary: fc.tuple(indent, of('- '), key, of(':'), end) },
  { weight: 3, arbitrary: fc.tuple(indent, key, of(': '), block) },
  { weight: 2, arbitrary: fc.tuple(indent, value, end) },
  { weight: 1, arbitrary: fc.tuple(of('---'), end) },
)
const text = fc
  .array(fc.tuple(line, lineBreak), { minLength: 1, maxLength: 6 })
  .map(lines => lines.map(([parts, ended]) => parts.join('') + ended).join(''))

it('whatever the lines, the quick reader reads nothing that the precise one reads differently or refuses', () => {
  let read = 0
  fc.assert(
    fc.property(text, written => {
      const quick = quickYaml(written)
      if (quick === undefined) return
      read++
      const precise = preciseDocuments('a.yaml', written)
      expect([quick, precise.diagnostics]).toEqual([precise.documents.map(({ value }) => value), []])
    }),
    { numRuns: 20_000 },
  )
  expect(read).toBeGreaterThan(500)
})
