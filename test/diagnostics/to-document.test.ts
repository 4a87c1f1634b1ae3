import { describe, expect, it } from 'vitest'
import { diagnostic } from '../../src/diagnostics/diagnostic.ts'
import { Places, wordsOf } from '../../src/diagnostics/to-document.ts'

const texts = new Map([
  ['a.yaml', 'kind: X\nname: y\n'],
  ['b.yaml', '- one\n- two\n'],
])

describe('a diagnostic as a document', () => {
  it('has its place whole, with the end exclusive', () => {
    const found = diagnostic('policy/null-value', { field: 'name' }, { span: { file: 'a.yaml', start: 8, end: 12 } })
    expect(new Places(texts).document(found)).toEqual({
      code: 'policy/null-value',
      severity: 'error',
      summary: '`name` has no value',
      hint: 'write a value, or remove the field to leave it unmanaged',
      file: 'a.yaml',
      line: 2,
      column: 1,
      endLine: 2,
      endColumn: 5,
    })
  })

  it('has no place where there is none', () => {
    const document = new Places(texts).document(diagnostic('policy/no-documents', { folder: 'x' }))
    expect(Object.keys(document)).toEqual(['code', 'severity', 'summary', 'hint'])
  })

  it('names related places', () => {
    const found = diagnostic(
      'policy/duplicate-key',
      { key: 'k' },
      {
        span: { file: 'b.yaml', start: 8, end: 11 },
        related: [{ span: { file: 'b.yaml', start: 2, end: 5 }, summary: 'the same key stands here' }],
      },
    )
    expect(new Places(texts).document(found).related).toEqual([
      { file: 'b.yaml', line: 1, column: 3, summary: 'the same key stands here' },
    ])
  })

  it('stays in a file whose text is not known', () => {
    const found = diagnostic('policy/symlink-loop', {}, { span: { file: 'c.yaml', start: 0, end: 1 } })
    expect(new Places(texts).document(found)).toMatchObject({ file: 'c.yaml', line: 1, column: 1 })
  })
})

describe('words', () => {
  it('are bounded, whatever they quote', () => {
    const field = 'x'.repeat(100_000)
    const { summary } = wordsOf(diagnostic('policy/unknown-field', { field, known: [] }))
    expect(summary.length).toBeLessThan(300)
    expect(summary).toContain('unknown field `xxx')
    const name = 'a b '.repeat(100_000)
    expect(wordsOf(diagnostic('policy/duplicate-name', { kind: 'X', name })).summary.length).toBeLessThan(4100)
  })

  it('are left as they are where they are short', () => {
    const { summary } = wordsOf(diagnostic('policy/unknown-kind', { kind: 'Polcy', known: [] }))
    expect(summary).toBe('unknown kind `Polcy`')
  })
})
