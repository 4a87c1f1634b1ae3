import type { Log } from 'sarif'
import { describe, expect, it } from 'vitest'
import { diagnosticsGithub } from '../../src/render/diagnostics-github.ts'
import { diagnosticsMarkdown } from '../../src/render/diagnostics-markdown.ts'
import { diagnosticsSarif } from '../../src/render/diagnostics-sarif.ts'
import { diagnosticsText } from '../../src/render/diagnostics-text.ts'
import { explainedAt, explainedIn } from '../../src/render/explained-at.ts'
import { diagnosticsSection } from '../../src/render/html/diagnostics-html.ts'
import { htmlOf } from '../../src/render/html/markup.ts'
import { plainStyle } from '../../src/render/style.ts'
import { sorts, texts } from './diagnostics.ts'

const web = 'https://postern.example/troubleshooting.html'
const found = sorts.slice(1, 2)
const address = `${web}#policy/unknown-field`

describe('where a code is explained', () => {
  it.each([
    ['docs/troubleshooting.md', undefined, 'explained in Postern’s docs/troubleshooting.md#policy/unknown-field'],
    [web, address, `explained at ${address}`],
  ])('%s', (page, link, words) => {
    expect(explainedAt('policy/unknown-field', page)).toBe(link)
    expect(explainedIn('policy/unknown-field', page)).toBe(words)
  })

  it('is told in text where it is asked for, after the hint', () => {
    const shown = (explained: boolean) =>
      diagnosticsText(found, { style: plainStyle(60), folder: 'policies', texts, explained })
    expect(shown(true)).toBe(
      `${shown(false).trimEnd()}\n  = explained in Postern’s docs/troubleshooting.md#policy/unknown-field\n`,
    )
  })

  it.each([
    [
      'Markdown',
      (page?: string) => diagnosticsMarkdown(found, 'policies', page),
      `[\`policy/unknown-field\`](<${address}>)`,
    ],
    ['annotations for GitHub', (page?: string) => diagnosticsGithub(found, 'policies', page), `%0A${address}\n`],
    [
      'HTML',
      (page?: string) =>
        diagnosticsSection(found, 'policies', page)
          .map(({ body }) => htmlOf(body))
          .join(''),
      `<a href="${address}"><code>policy/unknown-field</code></a>`,
    ],
  ])('is a link in %s, where the page is on the web', (_, render, link) => {
    expect(render(web)).toContain(link)
    expect(render()).not.toMatch(/https:|troubleshooting/)
  })

  it('is the address of the rule in SARIF, where it is absolute, and words in any case', () => {
    const rules = (page?: string) =>
      (JSON.parse(diagnosticsSarif(found, 'policies', '1.0.0', page)) as Log).runs[0]?.tool.driver.rules
    expect(rules(web)).toEqual([
      { id: 'policy/unknown-field', helpUri: address, help: { text: `explained at ${address}` } },
    ])
    expect(rules()).toEqual([
      {
        id: 'policy/unknown-field',
        help: { text: 'explained in Postern’s docs/troubleshooting.md#policy/unknown-field' },
      },
    ])
  })
})
