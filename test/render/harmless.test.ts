import { describe, expect, it } from 'vitest'
import { forMarkdown, forTerminal, forXml, markdownCode } from '../../src/render/harmless.ts'
import { acting, hostileTexts } from './hostile-text.ts'
import { parseXml } from './xml.ts'

describe('text for a terminal', () => {
  it.each([
    ['plain text: 1 < 2', 'plain text: 1 < 2'],
    ['ünïcode 東京 😀', 'ünïcode 東京 😀'],
    ['\u001b[31m', '\\u{1b}[31m'],
    ['a\nb\tc', 'a\\u{a}b\\u{9}c'],
    ['\u202eevil', '\\u{202e}evil'],
    ['soft\u00adhyphen', 'soft\\u{ad}hyphen'],
    ['\u{e0041}', '\\u{e0041}'],
    ['\ud800', '\\u{d800}'],
  ])('%j', (text, shown) => expect(forTerminal(text)).toBe(shown))

  it.each(hostileTexts)('cannot act: %j', text => {
    expect(forTerminal(text)).not.toMatch(acting)
    expect(forTerminal(text)).not.toContain('\n')
  })
})

describe('text for Markdown', () => {
  it.each([
    ['a_b*c', 'a\\_b\\*c'],
    ['# x', '\\# x'],
    ['a | b', 'a \\| b'],
    ['`x`', '\\`x\\`'],
    ['<b>&amp;', '&lt;b\\>&amp;amp;'],
    ['[x](y)', '\\[x\\]\\(y\\)'],
    ['#12 GH-12 !7 &4', '\\#\u200d12 GH\\-\u200d12 \\!\u200d7 &amp;\u200d4'],
    ['~bug %"1.0" $9 ^alert', '\\~\u200dbug %\u200d"1.0" $\u200d9 ^\u200dalert'],
    ['@here', '@\u200dhere'],
    ['ann@acme.com', 'ann@\u200dacme.com'],
    ['https://x.example', 'https:\u200d//x.example'],
    ['see www.x.example', 'see www\u200d.x.example'],
    ['a\nb', 'a\\\\u\\{a\\}b'],
  ])('%j', (text, shown) => expect(forMarkdown(text)).toBe(shown))

  it.each(hostileTexts)('is text and nothing else: %j', text => {
    const shown = forMarkdown(text)
    expect(shown).not.toMatch(/<|(?<!\\)[`|*_~[\]]|@(?!\u200d)|:\/\/|www\.|\n/)
    expect(shown.replaceAll('\u200d', '')).not.toMatch(acting)
  })
})

describe('code for Markdown', () => {
  it.each([
    ['x', '`x`'],
    ['a`b', '``a`b``'],
    ['`', '`` ` ``'],
    ['a|b', '`a\\|b`'],
    // Two backslashes would be one of their own, and the bar would end the cell.
    ['a\\|b', '`a\\\\u{7c}b`'],
    ['a```b``', '```` a```b`` ````'],
    ['', '(empty)'],
    ['a|b', '`a\\|b`'],
  ])('%j', (text, shown) => expect(markdownCode(text)).toBe(shown))

  it.each(hostileTexts)('does not end before its fence: %j', text => {
    const [, fence = '', inside = ''] = /^(`+)([\s\S]*)\1$/.exec(markdownCode(text)) ?? []
    expect(fence).not.toBe('')
    expect(inside.match(/`+/g) ?? []).not.toContain(fence)
    expect(inside).not.toContain('\n')
  })
})

describe('text for XML', () => {
  it.each(hostileTexts)('reads back: %j', text => {
    const { attributes, text: inside } = parseXml(`<x y="${forXml(text)}">${forXml(text)}</x>`)
    expect(inside).not.toMatch(acting)
    expect(attributes['y']).toBe(inside)
    if (!acting.test(text) && !/[\ufffe\uffff]/.test(text)) expect(inside).toBe(text)
  })
})
