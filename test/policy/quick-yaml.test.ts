import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadFolder } from '../../src/operations/validate.ts'
import { parseYaml } from '../../src/policy/parse-yaml.ts'
import { quickYaml } from '../../src/policy/quick-yaml.ts'

const root = join(import.meta.dirname, '../..')
const now = new Date('2026-11-24T12:00:00Z')

describe('everyday YAML', () => {
  it.each([
    ['a: b\n', [{ a: 'b' }]],
    ['a: [b, "c d", 1]\n', [{ a: ['b', 'c d', 1] }]],
    ['- a\n- b\n', [['a', 'b']]],
    ['a: yes\nb: off\nc: true\n', [{ a: 'yes', b: 'off', c: true }]],
    ['a: 2027-03-31\n', [{ a: '2027-03-31' }]],
    ['a: 1 # one\n---\n# nothing\n---\nb: 2\n', [{ a: 1 }, { b: 2 }]],
    ['a: [b & c, d:e, 2027-03-31]\n', [{ a: ['b & c', 'd:e', '2027-03-31'] }]],
    ['a: { b: [c, { d: 1.5 }], e: [] }\n', [{ a: { b: ['c', { d: 1.5 }], e: [] } }]],
    ['a:\n  - b: 1\n    c:\n    - d\n    - e\n  - f\ng: h\n', [{ a: [{ b: 1, c: ['d', 'e'] }, 'f'], g: 'h' }]],
    ['a:\n  # nothing\nb:\n- c\nd:\n', [{ a: null, b: ['c'], d: null }]],
    ['a: b  \r\nc: "d"\r\n', [{ a: 'b', c: 'd' }]],
    ['a: >-\n  b\n  # c\n  d\ne: f\n', [{ a: 'b # c d', e: 'f' }]],
    ['a:\n  - b: |\n      c: d\n      - e\n\n    f: g\n', [{ a: [{ b: 'c: d\n- e\n', f: 'g' }] }]],
    ['a: |-\n  b', [{ a: 'b' }]],
    ['', []],
  ])('%j is read', (text, values) => expect(quickYaml(text)).toEqual(values))

  it.each([
    'a: &x b\n',
    'a: *x\n',
    'a: !t b\n',
    'a: |\n',
    'a: |+\n  b\n',
    'a: |2\n  b\n',
    'a: > # c\n  b\n',
    'a: |\n  b',
    'a: >\n  b\n\n  c\n',
    'a: >\n  b\n    c\n',
    'a: >\n    b\n  c\n',
    'a: >\n\n  b\n',
    'a: >\n  b\n   \n',
    'a: >\n  b \n',
    '- |\n  b\n',
    '  a: b\n',
    'a:\n    b: c\n  d: e\n',
    'a:\n  - b\nc\n',
    '- a\nb: c\n',
    'a: [b, ]\n',
    'a: [b: c]\n',
    'a: {b}\n',
    'a: { b: c, b: d }\n',
    'a: [[[[[[[[[b]]]]]]]]]\n',
    '__proto__: a\n',
    '--- # c\n--- a\n',
    'b\n',
    'a: b\n   c\n',
    '<<: { a: b }\n',
    '"a": b\n',
    '? a\n: b\n',
    'a:\tb\n',
    'a: 0x1F\n',
    'a: 1_000\n',
    'a: .inf\n',
    'a: 1\na: 2\n',
    'a: [b\n',
    '%YAML 1.2\n---\na: b\n',
    'a: b\n...\n',
  ])('%j is left to the reader that knows places', text => expect(quickYaml(text)).toBeUndefined())

  it('is short enough to have no more tokens than the other reader takes', () => {
    const list = (length: number) => `a:\n${'- a\n'.repeat(length / 4)}`
    expect(quickYaml(list(396_000))).toBeDefined()
    expect(quickYaml(list(404_000))).toBeUndefined()
    // Nothing has more tokens for its length.
    expect(parseYaml('f', `[${'a,'.repeat(200_000)}]`).diagnostics).toEqual([])
  })
})

describe('a line that hardly ends', () => {
  // Each would take minutes if any part of a line were read again for each of its characters.
  it.each([
    `a: ${'b '.repeat(150_000)}]`,
    `a: [${'b '.repeat(150_000)}`,
    `a: [${'b'.repeat(300_000)}:`,
    `a: ${':b'.repeat(150_000)}: `,
    `a: ${'['.repeat(300_000)}`,
    `a: ${' '.repeat(300_000)}]`,
    `a: "${' '.repeat(300_000)}`,
    `a: |\n  ${' '.repeat(300_000)}b `,
    `a: |\n b\n${'\n'.repeat(300_000)} c`,
    `- ${'- '.repeat(150_000)}`,
    `${'a'.repeat(300_000)}: b`,
  ])('is left to the reader that knows places soon: %#', text => expect(quickYaml(text)).toBeUndefined())
})

describe('a folder without a fault', () => {
  it.each(['policies', 'test/cases/sample'])('%s is read without the places of anything', async folder => {
    const { result } = await loadFolder(join(root, folder), now)
    expect(result.diagnostics).toEqual([])
    expect(() => result.ok && result.value.organization.locate([])).toThrow('places')
  })

  it('has its places where they are wanted', async () => {
    const { result, places } = await loadFolder(join(root, 'test/cases/sample'), now, 'kept')
    const text = readFileSync(join(root, 'test/cases/sample/policies.yaml'), 'utf8')
    expect(result.ok && places.source(result.value.organization.locate(['id']))).toEqual({
      file: 'policies.yaml',
      line: text.slice(0, text.indexOf('id:')).split('\n').length,
      column: 1,
    })
  })
})
