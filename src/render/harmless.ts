/**
 * Names, addresses and messages come from the organization and from pull requests, and each output has its own way to be fooled. One function for each.
 */

// Controls, format characters, line and paragraph separators, halves of pairs: what moves the cursor, hides text or turns its direction.
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu

/** Text that a terminal shows as it is: what could act on it is shown as a code point. Line breaks do not survive. */
export const forTerminal = (text: string): string => text.replace(unsafe, codePoint)

const codePoint = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`

/** Text inside a Markdown paragraph or table cell: no markup, no HTML, no mention, no break-out of the table. */
export const forMarkdown = (text: string): string =>
  forTerminal(text)
    .replace(/[\\`*_{}[\]()#+!|~>-]/g, character => `\\${character}`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    // A zero-width joiner keeps `@here` from being a mention and still reads the same.
    .replaceAll('@', '@\u200d')
    // Nor do names refer to issues, merge requests, labels, milestones: `#1`, `GH-1`, `!1`, `~label`, `%"1.0"`, `$1`, `^alert#1`. What a forge looks for is the text
    // once it is rendered, so that a backslash is no help.
    .replace(/[#!~%$^](?=[\w"])|\bGH\\-(?=\d)/gi, match => `${match}\u200d`)
    .replace(/&amp;(?=\d)/g, '&amp;\u200d')
    // Nor are addresses links: GitHub makes one of `www.` as well.
    .replaceAll('://', ':\u200d//')
    .replace(/\bwww\./gi, match => `${match.slice(0, -1)}\u200d.`)

/** Text in backquotes in Markdown, whatever backquotes it holds. */
export function markdownCode(text: string): string {
  const plain = withoutBars(forTerminal(text))
  const runs = plain.includes('`') ? [...plain.matchAll(/`+/g)].map(([run]) => run.length) : []
  const fence = '`'.repeat(Math.max(0, ...runs) + 1)
  return plain === '' ? '(empty)' : `${fence}${/^`|`$/.test(plain) ? ` ${plain} ` : plain}${fence}`
}

/** In a table a backslash keeps a bar from ending the cell, but two in a row are one of their own: that bar is shown as a code point. */
const withoutBars = (text: string): string =>
  text.includes('|') ? text.replace(/(\\?)\|/g, (_, before: string) => (before === '' ? '\\|' : '\\\\u{7c}')) : text

/** Text in XML, in attributes too. Characters that XML 1.0 cannot hold, and those that fool who reads it, are shown as code points. */
export const forXml = (text: string): string =>
  text
    .replace(unsafe, character => (character === '\n' ? character : codePoint(character)))
    .replace(/[\ufffe\uffff]/g, codePoint)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
