import stringWidth from 'fast-string-width'
import { describe, expect, it } from 'vitest'
import { lineIndex } from '../../src/diagnostics/line-index.ts'
import { sourceExcerpt } from '../../src/render/source-excerpt.ts'
import { acting } from './hostile-text.ts'

/** The excerpt for a marked text: `‹` and `›` stand around the place. */
function excerpt(marked: string, room = 60): readonly string[] {
  const text = marked.replace(/[‹›]/g, '')
  const index = lineIndex(text)
  const start = index.position(marked.indexOf('‹'))
  const end = index.position(marked.indexOf('›') - 1)
  const place = { line: start.line, column: start.column, endLine: end.line, endColumn: end.column }
  return sourceExcerpt(index, { code: 'x/y', severity: 'error', summary: '', ...place }, room)
}

describe('the line that is pointed at', () => {
  it.each([
    ['‹a›: b', ['a: b', '^']],
    ['a: 1\n  ‹bcd›: 2\ne: 3', ['  bcd: 2', '  ^^^']],
    ['a: ‹one›', ['a: one', '   ^^^']],
    ['a: ‹›b', ['a: b', '   ^']],
    ['a: ‹|\n  text\n›', ['a: |', '   ^']],
    ['a: 1\r\n‹b›: 2\r\n', ['b: 2', '^']],
    ['a: 1\r‹b›: 2\r', ['b: 2', '^']],
    ['東京: ‹大阪›', ['東京: 大阪', '      ^^^^']],
    ['😀: ‹😀›!', ['😀: 😀!', '    ^^']],
    ['é: ‹e\u0301›x', ['é: e\u0301x', '   ^']],
    ['\t‹a›: b', ['\\u{9}a: b', '     ^']],
    ['\u202ea: ‹\u200b›', ['\\u{202e}a: \\u{200b}', '           ^^^^^^^^']],
    ['a\n‹›\nb', []],
    ['a\n  ‹ ›\nb', []],
  ])('%j', (marked, shown) => expect(excerpt(marked)).toEqual(shown))

  it('is shown from shortly before the place where it is long', () => {
    const [line = '', carets = ''] = excerpt(`${'a, '.repeat(1000)}‹here›${', b'.repeat(1000)}`)
    expect(line).toBe(`…${'a, '.repeat(1000).slice(-20)}here${', b'.repeat(1000)}`.slice(0, 60))
    expect(carets).toBe(`${' '.repeat(21)}^^^^`)
  })

  it('is marked no further than it is shown', () => {
    const [line = '', carets = ''] = excerpt(`a: ‹${'x'.repeat(5000)}›`)
    expect(line).toHaveLength(60)
    expect(carets).toBe(`   ${'^'.repeat(57)}`)
  })

  it.each(['東'.repeat(200), '😀'.repeat(200), '\u001b'.repeat(200), 'e\u0301'.repeat(200), '\ud83d'.repeat(200)])(
    'fits the room, whatever it is made of: %#',
    filling => {
      for (const marked of [`‹a›${filling}`, `${filling}‹a›`, `${filling}‹${filling}›`, `x${filling}‹a›b`]) {
        const [line = '', carets = ''] = excerpt(marked)
        expect(line).not.toMatch(acting)
        expect(stringWidth(line)).toBeLessThanOrEqual(60)
        expect(carets.length).toBeLessThanOrEqual(60)
        expect(carets).toMatch(/^ *\^+$/)
      }
    },
  )

  it('is not there where nothing is pointed at', () => {
    const found = { code: 'x/y', severity: 'error', summary: '' } as const
    expect(sourceExcerpt(lineIndex('a'), found, 60)).toEqual([])
    expect(sourceExcerpt(undefined, { ...found, file: 'a', line: 1, column: 1 }, 60)).toEqual([])
    expect(sourceExcerpt(lineIndex('a'), { ...found, line: 9, column: 1 }, 60)).toEqual([])
  })
})
