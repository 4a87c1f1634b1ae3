import { describe, expect, it } from 'vitest'
import { diagnosticsMarkdown } from '../../src/render/diagnostics-markdown.ts'
import { hostile, sorts } from './diagnostics.ts'
import { expectHarmless, shapeOf } from './review/rendered.ts'

describe('diagnostics in Markdown', () => {
  it('are a list with a tally', () => {
    expect(diagnosticsMarkdown(sorts.slice(0, 2), 'policies')).toBe(
      [
        '**2 errors**',
        '',
        '- error `policy/not-a-folder`: cannot read the policy folder `other`: it is not there',
        '- error `policy/unknown-field` `policies/team/staff.yaml:6`: unknown field `apiTokns`',
        '    - did you mean `apiTokens`?',
        '',
      ].join('\n'),
    )
  })

  it('are nothing where nothing was found', () => expect(diagnosticsMarkdown([], 'policies')).toBe(''))

  it('stay one item each, whatever is in them', () => {
    const plain = hostile.map(found => ({ ...found, file: 'a', summary: 'a', ...(found.hint && { hint: 'a' }) }))
    const markdown = diagnosticsMarkdown(hostile, 'policies')
    expect(shapeOf(markdown)).toEqual(shapeOf(diagnosticsMarkdown(plain, 'policies')))
    expectHarmless(markdown, [])
  })
})
