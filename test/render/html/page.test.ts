import { Script } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { coverageLevels } from '../../../src/model/coverage.ts'
import { coverageHtml } from '../../../src/render/html/coverage-html.ts'
import { pageScript } from '../../../src/render/html/page-script.ts'
import { pageStyle } from '../../../src/render/html/page-style.ts'
import { planHtml } from '../../../src/render/html/plan-html.ts'
import { onlyText, tagsOf } from './html-tags.ts'
import { acme, acmePlan, filledWith, hostileNames, reportOf, view } from './pages.ts'

const pages: readonly (readonly [string, (text?: string) => Promise<string>])[] = [
  ['coverage', text => coverageHtml(text === undefined ? acme : filledWith(acme, text), view)],
  ['plan', text => planHtml(text === undefined ? acmePlan : filledWith(acmePlan, text), view)],
]

describe.each(pages)('the page of a %s', (_, page) => {
  it('lets nothing in and nothing out', async () => {
    const html = await page()
    const policy = tagsOf(html).find(({ attributes }) => attributes['http-equiv'] === 'Content-Security-Policy')
    const [script, style] = [onlyText(html, 'script'), onlyText(html, 'style')].map(view.sha256Base64)
    expect(policy?.attributes['content']?.split('; ')).toEqual([
      "default-src 'none'",
      `script-src 'sha256-${script}'`,
      `style-src 'sha256-${style}'`,
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
    ])
    // What stands before it is not bound by it.
    expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<title>'))
  })

  it('has no style or handler outside of the two, and loads nothing', async () => {
    for (const { name, attributes } of tagsOf(await page())) {
      expect(
        Object.keys(attributes).filter(attribute => /^(on.*|style|src|srcset|action|xlink:href|ping)$/.test(attribute)),
      ).toEqual([])
      // A link is not followed by itself.
      if (name !== 'a') expect(attributes['href'] ?? 'data:').toMatch(/^data:/)
      else expect(attributes['href']).toMatch(/^(#[\w-]+|https:\/\/admin\.atlassian\.com\/.*)$/)
    }
    expect(onlyText(await page(), 'style')).not.toMatch(/url\(|@import/)
  })

  it('has one title, landmarks, and headings without a step left out', async () => {
    const tags = tagsOf(await page())
    // Parts of a chart have titles too.
    const names = tags.map(({ name }) => name)
    expect(names.slice(0, names.indexOf('body')).filter(name => name === 'title')).toHaveLength(1)
    for (const name of ['h1', 'header', 'nav', 'main', 'footer'])
      expect(
        names.filter(other => other === name),
        name,
      ).toHaveLength(1)
    const levels = names.flatMap(name => (/^h\d$/.test(name) ? [Number(name[1])] : []))
    expect(levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)).toEqual([])
    expect(levels.length).toBeGreaterThan(8)
  })

  it('gives each id once, and names nothing that is not there', async () => {
    const tags = tagsOf(await page())
    const ids = tags.flatMap(({ attributes }) => attributes['id'] ?? [])
    expect(new Set(ids).size).toBe(ids.length)
    const used = tags.flatMap(
      ({ attributes: { href = '', 'aria-labelledby': label, for: field, 'aria-controls': of } }) =>
        [href.startsWith('#') ? href.slice(1) : undefined, label, field, of].filter(id => id !== undefined),
    )
    expect(used.filter(id => !ids.includes(id))).toEqual([])
    expect(used.length).toBeGreaterThan(10)
  })

  it('is the same each time', async () => expect(await page()).toBe(await page()))

  it.each(hostileNames)('is what it is, whatever is in it: %j', async text => {
    const shape = (html: string): readonly string[] =>
      tagsOf(html)
        .map(({ name, attributes }) => [name, ...Object.keys(attributes)].join(' '))
        // What stands in backquotes is code.
        .filter(tag => tag !== 'code')
    const html = await page(text)
    expect(html.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u)
    expect(shape(html)).toEqual(shape(await page('a name')))
    expect(onlyText(html, 'script')).toBe(pageScript)
    expect(onlyText(html, 'style')).toBe(pageStyle)
  })
})

describe('what comes with each page', () => {
  it('is a script that can be read, ends nowhere early, and makes no elements in the page but those that came with it', () => {
    expect(() => new Script(pageScript)).not.toThrow()
    expect(pageScript).not.toMatch(/<\/?script|<!--/i)
    expect(pageStyle).not.toMatch(/<\/?/)
    expect(pageScript).not.toMatch(/innerHTML|outerHTML =|insertAdjacentHTML|document\.write|eval|Function\(/)
  })

  it.each(['light', 'dark'])('has colours that can be told apart: %s', scheme => {
    const block = [...pageStyle.matchAll(/:root \{([^}]*--card[^}]*)\}/g)][scheme === 'light' ? 0 : 1]?.[1] ?? ''
    const colours = new Map(
      [...block.matchAll(/--([\w-]+): (#\w+)/g)].map(([, name = '', value = '']) => [name, value]),
    )
    const contrast = (a: string, b: string): number => {
      const [dark = 0, bright = 0] = [a, b].map(name => luminance(colours.get(name) ?? '')).sort((x, y) => x - y)
      return (bright + 0.05) / (dark + 0.05)
    }
    for (const text of ['ink', 'soft', 'link', 'good', 'bad', 'warn'])
      for (const ground of ['card', 'page', 'shade'])
        expect(contrast(text, ground), `${text} on ${ground}`).toBeGreaterThan(4.5)
    for (const level of coverageLevels) {
      expect(contrast(level, 'card'), level).toBeGreaterThan(3)
      expect(contrast(`on-${level}`, level), level).toBeGreaterThan(4.5)
    }
    expect(contrast('edge', 'card')).toBeGreaterThan(3)
  })

  it('holds twenty thousand accounts in some ten megabytes', async () => {
    const html = await coverageHtml(reportOf(20_000), view)
    expect(html.match(/<th scope="row">/g)?.length).toBeGreaterThan(20_000)
    expect(html.length).toBeLessThan(12_000_000)
  })
})

/** Relative luminance as WCAG defines it. */
function luminance(colour: string): number {
  const hex = colour.slice(1).replace(/^(.)(.)(.)$/, '$1$1$2$2$3$3')
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map(start => {
    const part = parseInt(hex.slice(start, start + 2), 16) / 255
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
