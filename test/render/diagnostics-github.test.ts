import { describe, expect, it } from 'vitest'
import { diagnosticsGithub } from '../../src/render/diagnostics-github.ts'
import { hostile, sorts } from './diagnostics.ts'
import { acting } from './hostile-text.ts'

/** Reads a workflow command back, as a runner does. */
function parse(line: string) {
  const [, command, list = '', message = ''] = /^::(\w+) ([^:]*)::(.*)$/.exec(line) ?? []
  const data = (text: string) => text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')
  const property = (text: string) => data(text.replaceAll('%3A', ':').replaceAll('%2C', ','))
  const properties = list.split(',').map(pair => pair.split('=', 2).map(property))
  return { command, message: data(message), properties: Object.fromEntries(properties) as Record<string, string> }
}

describe('annotations for GitHub', () => {
  it('name the level, the place as seen from the repository, the code and the words', () => {
    expect(diagnosticsGithub(sorts, 'policies').trimEnd().split('\n').map(parse)).toMatchObject([
      { command: 'error', properties: { title: 'policy/not-a-folder' } },
      {
        command: 'error',
        message: 'unknown field `apiTokns`\ndid you mean `apiTokens`?',
        properties: {
          file: 'policies/team/staff.yaml',
          line: '6',
          endLine: '6',
          col: '3',
          endColumn: '11',
          title: 'policy/unknown-field',
        },
      },
      { command: 'error', properties: { title: 'policy/break-glass-under-sso' } },
      { command: 'warning', message: 'its mailbox is not declared independent' },
      { command: 'notice', properties: { line: '3' } },
    ])
  })

  it('are nothing where nothing was found', () => expect(diagnosticsGithub([], 'policies')).toBe(''))

  it.each([
    ['%', '%25'],
    ['50%0A', '50%250A'],
    ['a:b,c', 'a:b,c'],
  ])('encode %s in the words', (text, encoded) => {
    expect(diagnosticsGithub([{ code: 'x/y', severity: 'error', summary: text }], '.')).toBe(
      `::error title=x/y::${encoded}\n`,
    )
  })

  it('encode colons, commas and percent signs in properties', () => {
    const found = { code: 'x/y', severity: 'error', summary: 's', file: 'a:b,c%.yaml', line: 1, column: 1 } as const
    expect(diagnosticsGithub([found], '.')).toBe('::error file=a%3Ab%2Cc%25.yaml,line=1,col=1,title=x/y::s\n')
  })

  it('stay one command a line, and cannot act on the terminal that shows the log', () => {
    const lines = diagnosticsGithub(hostile, 'policies').trimEnd().split('\n')
    expect(lines).toHaveLength(hostile.length)
    for (const [index, line] of lines.entries()) {
      expect(line).not.toMatch(acting)
      expect(line).toMatch(/^::error file=[^:]*::/)
      expect(Object.keys(parse(line).properties)).toEqual(['file', 'line', 'endLine', 'col', 'endColumn', 'title'])
      expect(parse(line).properties['file']).toMatch(new RegExp(`^policies/${index} `))
    }
  })
})
