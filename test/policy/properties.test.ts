import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { kindNames } from '../../src/kinds/index.ts'
import type { Desired } from '../../src/kinds/resource.ts'
import { nearest } from '../../src/policy/nearest.ts'
import { preciseDocuments } from '../../src/policy/precise-documents.ts'
import { quickYaml } from '../../src/policy/quick-yaml.ts'
import { check } from './check.ts'

const sample = readFileSync(join(import.meta.dirname, '../cases/sample/policies.yaml'), 'utf8')
const documents = sample.split('---\n')

/** Documents with a fault each, to go with those of the sample. */
const faulty = [
  'kind: IpAllowlist\nname: Bad\nranges: [office]\n',
  'kind: Exception\nname: no end\nfoo: 1\n',
  'kind: AuthenticationPolicy\nname: Second\ndirectory: local\ndefault: true\nmembers: { groups: [contractors] }\n',
  'kind: AuthenticationPolicy\nname: Second\ndirectory: Acme stuff\n',
  '- a list\n',
  'a: &a [*a]\n',
]

const specsOf = (desired: Desired) => kindNames.map(kind => desired[kind].map(({ address, spec }) => [address, spec]))

/** Some documents in some order, spread over some files. */
const folders = (texts: readonly string[]) =>
  fc
    .tuple(
      fc.shuffledSubarray([...texts], { minLength: texts.length }),
      fc.array(fc.integer({ min: 0, max: 3 }), { minLength: texts.length, maxLength: texts.length }),
    )
    .map(([order, homes]) => {
      const files = new Map<string, string[]>()
      order.forEach((text, index) => {
        const name = `${homes[index] ?? 0}.yaml`
        files.set(name, [...(files.get(name) ?? []), text])
      })
      return Object.fromEntries([...files].map(([name, inside]) => [name, inside.join('---\n')]))
    })

/** What everyday YAML is made of, and what comes close to it. */
const pieces = fc.constantFrom(
  ...[
    'a',
    'b: ',
    'c:',
    '- ',
    '- - ',
    'b: |\n  ',
    'c: >-\n    ',
    'c: >\n  x\n',
    ' \n',
    '\r\n',
    '\n\n',
    '\n',
    '\n  ',
    '\n    ',
    '\n- ',
    '  ',
    '[',
    '] ',
    '{',
    '}',
    ',',
    ', ',
    ': : ',
    '"x"',
    "'y'",
  ],
  ...[
    '1',
    '01',
    '0x1F',
    '0o7',
    '1e3',
    '1.50',
    '.5',
    '5.',
    '-1',
    '1_000',
    'null',
    '~',
    'true',
    'Yes',
    '2027-03-31',
    'true,',
  ],
  ...[
    '# c',
    '#',
    '---',
    '---\n',
    '...',
    'é',
    'д',
    ':',
    '.',
    '"',
    "'",
    '|',
    '>',
    '!t',
    '&a',
    '*a',
    '%',
    '@',
    '?',
    '-',
    '\t',
    '=',
  ],
  ...['x y', 'a:b', '(', ')', '+', '/', '<<', '“q”', "a'b", 'a"b', '- a: 1\n  b: 2'],
)

const mutations = fc.array(
  fc.oneof(
    fc.record({ at: fc.nat(), remove: fc.nat(8), insert: fc.constant<number[]>([]) }),
    fc.record({ at: fc.nat(), remove: fc.nat(3), insert: fc.array(fc.nat(255), { maxLength: 4 }) }),
    fc.record({
      at: fc.nat(),
      remove: fc.nat(3),
      insert: fc
        .constantFrom(
          '- ',
          ': ',
          '[',
          ']',
          '{',
          '}',
          '&a ',
          '*a',
          '!t ',
          '"',
          "'",
          '\n',
          '\n---\n',
          '#',
          '|',
          '>',
          '\t',
          '<<: ',
          '~',
          ',',
          '%',
          '? ',
        )
        .map(text => [...Buffer.from(text)]),
    }),
  ),
  { minLength: 1, maxLength: 5 },
)

function mutate(
  text: string,
  changes: readonly { at: number; remove: number; insert: readonly number[] }[],
): Uint8Array {
  const bytes = [...Buffer.from(text)]
  for (const { at, remove, insert } of changes) bytes.splice(at % (bytes.length + 1), remove, ...insert)
  return Uint8Array.from(bytes)
}

describe('whatever the order', () => {
  it('of files and documents, the desired state is the same', async () => {
    const [first] = await Promise.all([check({ 'a.yaml': sample })])
    await fc.assert(
      fc.asyncProperty(folders(documents), async files => {
        const { result } = await check(files)
        expect(result.ok && first.result.ok && specsOf(result.value)).toEqual(
          first.result.ok ? specsOf(first.result.value) : undefined,
        )
      }),
      { numRuns: 100 },
    )
  })

  it('of files and documents, the problems are the same', async () => {
    const texts = [...documents, ...faulty]
    const { codes } = await check({ 'a.yaml': texts.join('---\n') })
    expect(codes.length).toBeGreaterThan(faulty.length)
    await fc.assert(
      fc.asyncProperty(folders(texts), async files => {
        expect([...(await check(files)).codes].sort()).toEqual([...codes].sort())
      }),
      { numRuns: 100 },
    )
  })
})

describe('whether places are kept or not', () => {
  it('the same is said of documents with faults, in the same order and of the same places', async () => {
    await fc.assert(
      fc.asyncProperty(
        folders([...documents, ...faulty]),
        mutations,
        fc.boolean(),
        async (files, changes, isBroken) => {
          const [name = '', text = ''] = Object.entries(files)[0] ?? []
          const given = isBroken ? { ...files, [name]: mutate(text, changes) } : files
          const [quick, careful] = [await check(given), await check(given, 'kept')]
          expect(quick.documents).toEqual(careful.documents)
          expect(quick.result.ok).toBe(careful.result.ok)
        },
      ),
      { numRuns: 150 },
    )
  })
})

describe('whatever the text', () => {
  it('validating ends in a state or in an error, and every place is inside its file', async () => {
    await fc.assert(
      fc.asyncProperty(mutations, async changes => {
        const checked = await check({ 'a.yaml': mutate(sample, changes) })
        expect(checked.result.ok).toBe(checked.documents.every(({ severity }) => severity !== 'error'))
        for (const { file, line, column, endLine, endColumn, related = [] } of checked.documents) {
          for (const place of [{ file, line, column }, { file, line: endLine, column: endColumn }, ...related]) {
            if (place.file === undefined) continue
            const lines = (checked.texts.get(place.file) ?? '').split(/\r\n?|\n/)
            expect(place.line).toBeGreaterThanOrEqual(1)
            expect(place.line).toBeLessThanOrEqual(lines.length)
            expect(place.column).toBeGreaterThanOrEqual(1)
            expect(place.column).toBeLessThanOrEqual((lines[(place.line ?? 0) - 1]?.length ?? 0) + 2)
          }
        }
      }),
      { numRuns: 400 },
    )
  })

  it('the quick reader reads nothing that the precise one reads differently or refuses', () => {
    let read = 0
    fc.assert(
      fc.property(mutations, changes => {
        const text = Buffer.from(mutate(sample, changes)).toString('utf8')
        const quick = quickYaml(text)
        if (quick === undefined) return
        read++
        const precise = preciseDocuments('a.yaml', text)
        expect(precise.diagnostics).toEqual([])
        expect(quick).toEqual(precise.documents.map(({ value }) => value))
      }),
      { numRuns: 1500 },
    )
    expect(read).toBeGreaterThan(100)
  })

  it('the quick reader agrees with the precise one on what it reads of pieces of YAML', () => {
    let read = 0
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 14 }), parts => {
        const text = parts.join('')
        const quick = quickYaml(text)
        if (quick === undefined) return
        read++
        const precise = preciseDocuments('a.yaml', text)
        expect([quick, precise.diagnostics]).toEqual([precise.documents.map(({ value }) => value), []])
      }),
      { numRuns: 5000 },
    )
    expect(read).toBeGreaterThan(200)
  })

  it('a suggestion is one of the known names, and the same for the same name', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (name, known) => {
        const suggestion = nearest(name, known)
        if (suggestion !== undefined) expect(known).toContain(suggestion)
        if (known.includes(name)) expect(suggestion?.toLowerCase()).toBe(name.toLowerCase())
      }),
    )
  })
})
