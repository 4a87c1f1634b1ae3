import { describe, expect, it } from 'vitest'
import { decodeText } from '../../src/policy/decode-text.ts'
import { check, checkBeside, organization, policy } from './check.ts'

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
const latin1 = (text: string): Uint8Array => Uint8Array.from(text, character => character.charCodeAt(0))
const utf16 = (text: string): Uint8Array =>
  Uint8Array.from(text, character => character.charCodeAt(0)).reduce<Uint8Array>(
    (bytes, byte, index) => (bytes.set([byte, 0], 2 * index), bytes),
    new Uint8Array(2 * text.length),
  )

describe('bytes that are no text', () => {
  it.each([
    ['Latin-1 at the end', latin1('name: café'), 9, 0xe9, '1:10'],
    ['Latin-1 before another letter', latin1('name: café au lait'), 9, 0xe9, '1:10'],
    ['Latin-1 on a later line', latin1('kind: x\r\nname: é\n'), 15, 0xe9, '2:7'],
    ['Windows-1252 quotes', latin1('name: \x93x\x94'), 6, 0x93, '1:7'],
    ['after letters of several bytes', new Uint8Array([...encode('é€😀'), 0xff]), 9, 0xff, '1:5'],
    ['after a byte order mark', new Uint8Array([0xef, 0xbb, 0xbf, 0x61, 0xff]), 4, 0xff, '1:2'],
    ['a sequence that is cut short', new Uint8Array([0x61, 0xe2, 0x82]), 1, 0xe2, '1:2'],
    ['a surrogate', new Uint8Array([0x61, 0xed, 0xa0, 0x80]), 1, 0xed, '1:2'],
    ['an overlong slash', new Uint8Array([0xc0, 0xaf]), 0, 0xc0, '1:1'],
    ['UTF-16 with its mark', new Uint8Array([0xff, 0xfe, ...utf16('kind: x')]), 0, 0xff, '1:1'],
  ])('%s', async (_, bytes, byte, value, place) => {
    const { result, found } = await checkBeside(bytes)
    expect(result.diagnostics.map(({ code, facts }) => [code, facts])).toEqual([['policy/not-utf8', { byte, value }]])
    expect(found.map(({ line, column }) => `${line}:${column}`)).toEqual([place])
  })

  it('are found at every place of a long text', () => {
    const text = encode('kind: Ä€😀\n'.repeat(20))
    for (const byte of text.keys()) {
      // Where a character begins.
      if (((text[byte] ?? 0) & 0xc0) === 0x80) continue
      const { diagnostics } = decodeText('f', new Uint8Array([...text.subarray(0, byte), 0xff, ...text.subarray(byte)]))
      expect(diagnostics.map(({ facts }) => facts)).toEqual([{ byte, value: 0xff }])
    }
  })
})

describe('characters that YAML does not have', () => {
  it.each([
    ['NUL', `${policy}id: a\u0000b\n`, '5:6', 0],
    ['an escape', `${policy}# \u001b[31mred\n`, '5:3', 0x1b],
    ['DEL', `${policy}id: \u007f\n`, '5:5', 0x7f],
    ['C1', `${policy}id: \u009b31m\n`, '5:5', 0x9b],
    ['a noncharacter', `${policy}id: \uffff\n`, '5:5', 0xffff],
    ['a form feed', `${policy}\fid: x\n`, '5:1', 0x0c],
  ])('%s', async (_, text, place, code) => {
    const { result, found } = await checkBeside(text)
    expect(result.diagnostics.map(diagnostic => [diagnostic.code, diagnostic.facts])).toEqual([
      ['policy/control-character', { code }],
    ])
    expect(found.map(({ line, column }) => `${line}:${column}`)).toEqual([place])
  })

  it('UTF-16 without a mark is named as what it probably is', async () => {
    const { documents } = await checkBeside(utf16(policy))
    expect(documents.map(({ code, line, column }) => [code, line, column])).toEqual([
      ['policy/control-character', 1, 2],
    ])
    expect(documents[0]?.hint).toContain('UTF-16')
  })
})

describe('lines and columns', () => {
  const faulty = `${policy}settings:\n  apiTokens: blocked\n`
  const marked = { code: 'policy/not-one-of', severity: 'error', file: 'document.yaml', line: 6, column: 3 }

  it.each([
    ['line feeds', faulty],
    ['carriage returns and line feeds', faulty.replaceAll('\n', '\r\n')],
    ['carriage returns alone', faulty.replaceAll('\n', '\r')],
    ['all three', faulty.replace('\n', '\r\n').replace(/\n(?=default)/, '\r')],
    ['no end of the last line', faulty.trimEnd()],
  ])('count with %s', async (_, text) => {
    expect((await checkBeside(text)).found).toEqual([marked])
  })

  it('do not count a byte order mark', async () => {
    const bytes = new Uint8Array([0xef, 0xbb, 0xbf, ...encode(`kynd: x\n${policy}`)])
    const { found, texts } = await checkBeside(bytes)
    expect(found).toMatchObject([{ code: 'policy/unknown-field', line: 1, column: 1 }])
    expect(texts.get('document.yaml')).toBe(`kynd: x\n${policy}`)
  })

  it('a byte order mark between documents is one, too', async () => {
    const { codes } = await check({ 'a.yaml': `${organization}...\n\ufeff---\n${policy}` })
    expect(codes).toEqual([])
  })

  it('count UTF-16 code units, as editors and SARIF do', async () => {
    const { found } = await checkBeside(`${policy}members: { groups: [é, 東京, 😀, 5] }\n`)
    expect(found).toMatchObject([{ code: 'policy/wrong-type', line: 5, column: 32 }])
  })

  it('hold in a line of a hundred thousand characters', async () => {
    const { found } = await checkBeside(`${policy}members: { groups: [${'g, '.repeat(33_333)}5] }\n`)
    expect(found).toMatchObject([{ code: 'policy/wrong-type', line: 5, column: 100_020 }])
  })
})
