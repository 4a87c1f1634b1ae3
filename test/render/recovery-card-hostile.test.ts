import { describe, expect, it } from 'vitest'
import type { Recovery } from '../../src/model/recovery.ts'
import { acting, hostileTexts } from './hostile-text.ts'
import { expectMarkdown } from './markdown.ts'
import { markdown, text, url, whole } from './recoveries.ts'

describe('hostile names on a recovery card', () => {
  const filled = (name: string): Recovery => ({
    organization: { name, id: name },
    run: 'run-1',
    digest: name,
    undo: whole.undo.map(one => ({
      ...one,
      name,
      letsIn: [name],
      parts: one.parts.map(() => ({
        url,
        clicks: [name, name],
        policy: name,
        accounts: [{ email: name }],
        settings: [{ label: name, was: [name] }, { label: name, was: [name, name] }, { label: name }],
      })),
    })),
    singleSignOn: [{ policy: name, url, clicks: [name] }],
    admins: [{ email: name }],
    breakGlass: [{ email: name, mailbox: 'independent' }],
  })
  const headings = (card: string): readonly string[] =>
    card.split('\n').flatMap(line => /^#+ (?:\d+\.)?/.exec(line)?.[0] ?? [])
  // A name as long as a line, of pieces that are markup at the beginning of one.
  const breaking = ['#', '-', '>', '1.', '```', '===', '|', '<b>'].map(mark => `a ${mark} `.repeat(30))

  it.each([...hostileTexts, ...breaking])('do not act on a terminal: %j', name => {
    const shown = text(filled(name))
    expect(shown).not.toMatch(acting)
    expect(shown.split('\n').filter(line => /^\d+\. /.test(line))).toHaveLength(whole.undo.length)
  })

  it.each([...hostileTexts, ...breaking])('are no markup, and begin no line: %j', name => {
    const shown = markdown(filled(name))
    expectMarkdown(shown, name)
    expect(headings(shown)).toEqual(headings(markdown(whole)))
    for (const line of shown.split('\n')) expect(line).toMatch(/^(#+ |- | {2}- | {2}\S|\S|$)/)
    for (const line of shown.split('\n').filter(other => /^ {2}(?!- )/.test(other)))
      expect(line, 'a line that goes on begins with code or a word').toMatch(/^ {2}[`<\w(“→]/)
  })
})
