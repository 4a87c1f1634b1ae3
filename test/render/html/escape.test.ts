import { describe, expect, it } from 'vitest'
import { forHtml } from '../../../src/render/html/escape.ts'
import { htmlOf, markup, type Part } from '../../../src/render/html/markup.ts'
import { prose } from '../../../src/render/html/words.ts'
import { forTerminal } from '../../../src/render/harmless.ts'
import { acting } from '../hostile-text.ts'
import { textOf } from './html-tags.ts'
import { hostileNames } from './pages.ts'

describe('text in HTML', () => {
  it.each([
    ['<script>', '&lt;script&gt;'],
    ['"quoted" & \'quoted\'', '&quot;quoted&quot; &amp; &#39;quoted&#39;'],
    ['&lt;', '&amp;lt;'],
    ['\u202egnp.exe', '\\u{202e}gnp.exe'],
    ['a\r\nb', 'a\\u{d}\\u{a}b'],
    ['\ufffe\uffff\u0000', '\\u{fffe}\\u{ffff}\\u{0}'],
    ['\ud83d', '\\u{d83d}'],
    ['ünïcode 東京 😀', 'ünïcode 東京 😀'],
  ])('%j is %s', (text, html) => expect(forHtml(text)).toBe(html))

  it.each(hostileNames)('nothing of %j acts, and all of it can be read', text => {
    const html = forHtml(text)
    expect(html).not.toMatch(acting)
    expect(html).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/)
    expect(textOf(html).replace(/\\u\{fff[ef]\}/g, '')).toBe(forTerminal(text).replace(/[\ufffe\uffff]/g, ''))
  })
})

describe('markup', () => {
  it('escapes what is put into it, and markup not twice', () => {
    const inner = markup`<b title="${'"'}">${'<'}</b>`
    expect(htmlOf(markup`<p>${inner}${undefined}${7}${['&', [inner]]}</p>`)).toBe(
      '<p><b title="&quot;">&lt;</b>7&amp;<b title="&quot;">&lt;</b></p>',
    )
  })

  it('is nothing that a document can pass itself off as', () => {
    const forged = JSON.parse(JSON.stringify(markup`<p>`).replace('{}', '{"markup":"<p>","html":"<p>"}')) as Part
    expect(() => htmlOf(forged)).toThrow()
  })

  it.each([
    ['the field `a` is not `b`', 'the field <code>a</code> is not <code>b</code>'],
    ['one ` alone', 'one ` alone'],
    ['`<b>`', '<code>&lt;b&gt;</code>'],
  ])('shows what stands in backquotes as code: %s', (text, html) => expect(htmlOf(prose(text))).toBe(html))
})
