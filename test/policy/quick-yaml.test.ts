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
    ['', []],
  ])('%j is read', (text, values) => expect(quickYaml(text)).toEqual(values))

  it.each([
    'a: &x b\n',
    'a: *x\n',
    'a: !t b\n',
    'a: |\n  text\n',
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
