import { describe, expect, it } from 'vitest'
import { maximumErrors } from '../../src/policy/compose-documents.ts'
import { maximumTokens } from '../../src/policy/parse-yaml.ts'
import { check, checkBeside, organization, policy } from './check.ts'

// Sizes at which anything worse than linear would not end within the time a test has.
const many = 100_000

const rows = (count: number, row: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => row(index)).join('')

/** Aliases in which each line holds ten times what the line above does. */
const bomb = (levels: number, open: string, item: (alias: string, index: number) => string, close: string): string =>
  rows(levels, level =>
    level === 0
      ? 'a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n'
      : `a${level}: &a${level} ${open}${rows(10, index => item(`*a${level - 1}`, index))}${close}\n`,
  )

describe('texts that would explode', () => {
  const refused: Readonly<Record<string, readonly [text: string, code: string]>> = {
    'lists of lists of aliases': [bomb(12, '[', alias => `${alias}, `, ']'), 'policy/alias-bomb'],
    'mappings of aliases': [bomb(12, '{', (alias, index) => `k${index}: ${alias}, `, '}'), 'policy/alias-bomb'],
    'aliases in a field that is known': [
      `${policy}members: &m { accounts: &a [${'x@acme.com, '.repeat(1000)}] }\nid: [${'*a, '.repeat(1000)}]\n`,
      'policy/alias-bomb',
    ],
    'one long text behind many aliases': [
      `${policy}id: &t ${'t'.repeat(1_000_000)}\nmembers: { accounts: [${'*t, '.repeat(many)}] }\n`,
      'policy/alias-bomb',
    ],
    'an alias inside its anchor': [`${policy}members: &m { accounts: [*m] }\n`, 'policy/too-deep'],
    'two aliases inside their anchor': ['a: &a [*a, *a]\n', 'policy/too-deep'],
    'anchors that hold each other': ['a: &a { b: &b { a: *a, b: *b } }\n', 'policy/too-deep'],
    'brackets in brackets': ['['.repeat(10_000), 'policy/too-deep'],
    'braces in braces': ['{a: '.repeat(10_000), 'policy/too-deep'],
    'lists in lists': [`${'- '.repeat(10_000)}x\n`, 'policy/too-deep'],
    'mappings in mappings': [rows(2000, level => `${' '.repeat(level)}a:\n`), 'policy/too-deep'],
    'keys of keys': [`${'? '.repeat(10_000)}x\n`, 'policy/too-deep'],
    'too many marks': [`{${'a,'.repeat(maximumTokens)}`, 'policy/too-many-tokens'],
    'too many lines': ['\n'.repeat(maximumTokens + 1), 'policy/too-many-tokens'],
    'too many comments': ['#\n'.repeat(maximumTokens), 'policy/too-many-tokens'],
    'too many documents': ['---\n'.repeat(maximumTokens), 'policy/too-many-tokens'],
    'an error in every second byte': [`a: "${'\\x'.repeat(1_000_000)}"\n`, 'policy/yaml-syntax'],
    'a bracket that closes nothing, again and again': [']'.repeat(500_000), 'policy/yaml-syntax'],
    'a tag on each of many items': [`${policy}x: [${'!x y, '.repeat(many)}]\n`, 'policy/yaml-tag'],
    'many directives': ['%\n'.repeat(many), 'policy/yaml-syntax'],
  }
  it.each(Object.entries(refused))('%s', async (_, [text, code]) => {
    const { codes, result } = await checkBeside(text)
    expect(codes).toEqual([code])
    expect(result.ok).toBe(false)
  })

  it('points at the alias that goes too far', async () => {
    const { found } = await checkBeside(bomb(12, '[', alias => `${alias}, `, ']'))
    expect(found).toMatchObject([{ line: 6, column: 10 }])
  })

  it('takes a hundred thousand addresses', async () => {
    const { codes } = await checkBeside(
      `${policy}members:\n  accounts:\n${rows(many, index => `    - a${index}@acme.com\n`)}`,
    )
    expect(codes).toEqual([])
  })
})

describe('many problems', () => {
  it('reports 5,000 of one document', async () => {
    const { codes } = await checkBeside(`${policy}${rows(5000, index => `x${index}: 1\n`)}`)
    expect(codes).toEqual(Array.from({ length: 5000 }, () => 'policy/unknown-field'))
  })

  it('reports 5,000 of 5,000 documents', async () => {
    const { found } = await checkBeside(rows(5000, index => `---\nkind: Exception\nname: e${index}\nfoo: 1\n`))
    expect(found.filter(({ code }) => code === 'policy/unknown-field').map(({ line }) => line)).toEqual(
      Array.from({ length: 5000 }, (_, index) => 4 * index + 4),
    )
  })

  it('reports a syntax error in each of 5,000 documents', async () => {
    const { codes } = await checkBeside(rows(5000, () => '---\na: @b\n'))
    expect(codes).toEqual(Array.from({ length: 5000 }, () => 'policy/yaml-syntax'))
  })

  it('stops composing a file that is hardly anything but errors', async () => {
    const { codes } = await checkBeside(rows(maximumErrors + 1000, () => '---\na: @b\n'))
    expect(codes.length).toBeGreaterThanOrEqual(maximumErrors)
    expect(codes.length).toBeLessThanOrEqual(maximumErrors + 1)
  })

  it.each([
    ['keys that stand twice', `${policy}${'x: 1\n'.repeat(50_000)}`, ['policy/duplicate-key', 'policy/unknown-field']],
    ['documents of one name', `${policy}---\n`.repeat(5_000), ['policy/duplicate-name', 'policy/two-defaults']],
    [
      'policies that claim the same',
      rows(
        5_000,
        index =>
          `---\nkind: AuthenticationPolicy\nname: p${index}\ndirectory: local\nmembers: { everyoneElse: true, domains: [acme.com] }\n`,
      ),
      ['policy/double-claim', 'policy/double-claim', 'policy/no-default'],
    ],
    [
      'directories that nobody declares',
      rows(5_000, index => `---\nkind: AuthenticationPolicy\nname: p${index}\ndirectory: d${index}\n`),
      Array.from({ length: 5_000 }, () => 'policy/dangling-reference'),
    ],
    [
      'accounts that are not the organization’s',
      `${policy}members: { accounts: [${rows(20_000, index => `a${index}@b.example, `)}] }\n`,
      Array.from({ length: 20_000 }, () => 'policy/account-not-managed'),
    ],
  ])('finds %s', async (_, text, expected) => {
    const { codes } = await checkBeside(text)
    expect([...codes].sort()).toEqual(expected)
  })
})

describe('names that mean something to JavaScript', () => {
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype', 'valueOf']

  it.each(names)('%s as a field is unknown, wherever it stands', async name => {
    const { found } = await checkBeside(
      `${policy}${name}: { polluted: true }\nsettings: { ${name}: [1] }\nmembers: { except: { ${name}: x } }\n`,
    )
    expect(found.map(({ code, line, column }) => [code, line, column])).toEqual([
      ['policy/unknown-field', 5, 1],
      ['policy/unknown-field', 6, 13],
      ['policy/unknown-field', 7, 22],
    ])
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  it.each(names)('%s as a kind is unknown', async name => {
    expect((await checkBeside(`kind: ${name}\nname: x\n`)).codes).toEqual(['policy/unknown-kind'])
  })

  it.each(names)('%s is a name like any other', async name => {
    const { codes, result } = await check({
      'organization.yaml': organization.replaceAll('okta', name).replaceAll('Acme staff', `${name}/${name}`),
      'policy.yaml': `kind: AuthenticationPolicy\nname: ${name}\ndirectory: ${name}/${name}\ndefault: true\nsettings: { identityProvider: ${name} }\nmembers: { groups: [${name}] }\n`,
      'requirement.yaml': `kind: CoverageRequirement\nname: ${name}\npopulation: { policies: [${name}] }\natLeast: none\n`,
    })
    expect(codes).toEqual([])
    expect(result.ok && result.value.AuthenticationPolicy[0]?.address.name).toBe(name)
  })
})
