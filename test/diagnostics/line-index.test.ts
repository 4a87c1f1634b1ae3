import { describe, expect, it } from 'vitest'
import { lineIndex } from '../../src/diagnostics/line-index.ts'

describe('lines of a text', () => {
  const text = 'one\ntwo\r\nthree\rfour\n\n'
  const index = lineIndex(text)

  it.each([
    [0, 1, 1],
    [2, 1, 3],
    [3, 1, 4],
    [4, 2, 1],
    [7, 2, 4],
    [8, 2, 5],
    [9, 3, 1],
    [15, 4, 1],
    [20, 5, 1],
    [21, 6, 1],
    [99, 6, 1],
  ])('offset %d is at %d:%d', (offset, line, column) => {
    expect(index.position(offset)).toEqual({ line, column })
  })

  it.each([
    [1, 'one'],
    [2, 'two'],
    [3, 'three'],
    [4, 'four'],
    [5, ''],
    [6, ''],
    [7, ''],
  ])('line %d is `%s`', (number, line) => expect(index.line(number)).toBe(line))

  it('is one, and empty, where there is no text', () => {
    expect(lineIndex('').position(0)).toEqual({ line: 1, column: 1 })
    expect(lineIndex('').line(1)).toBe('')
  })

  it('finds every offset where it stands', () => {
    for (const offset of text.split('').keys()) {
      const { line, column } = index.position(offset)
      const before = text.slice(0, offset).split(/\r\n|\r(?!\n)|\n/)
      if (text.slice(offset - 1, offset + 1) === '\r\n') continue
      expect([line, column]).toEqual([before.length, (before.at(-1)?.length ?? 0) + 1])
    }
  })
})
