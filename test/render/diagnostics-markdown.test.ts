import { describe, expect, it } from 'vitest'
import { diagnosticsMarkdown } from '../../src/render/diagnostics-markdown.ts'
import { hostile, sorts } from './diagnostics.ts'

describe('diagnostics in Markdown', () => {
  it('are a list with a tally', () => {
    expect(diagnosticsMarkdown(sorts.slice(0, 2), 'policies')).toBe(
      [
        '**2 errors**',
        '',
        '- error `policy/not-a-folder`: cannot read the policy folder \\`other\\`: it is not there',
        '- error `policy/unknown-field` `policies/team/staff.yaml:6:3`: unknown field \\`apiTokns\\`<br>did you mean \\`apiTokens\\`?',
        '',
      ].join('\n'),
    )
  })

  it('are nothing where nothing was found', () => expect(diagnosticsMarkdown([], 'policies')).toBe(''))

  it('stay one item each, whatever is in them', () => {
    const lines = diagnosticsMarkdown(hostile, 'policies').trimEnd().split('\n')
    expect(lines).toHaveLength(hostile.length + 2)
    for (const line of lines.slice(2)) {
      expect(line).toMatch(/^- error `policy\/unknown-field` `/)
      // The one tag is ours.
      const words = line.replace(/(`+)(?!`).+?(?<!`)\1(?!`)/g, '').replace('<br>', '')
      expect(words).not.toMatch(/<|(?<!\\)[|*_[\]~]|@(?!\u200d)|:\/\/|www\./)
    }
  })
})
