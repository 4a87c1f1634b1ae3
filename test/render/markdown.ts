import { expect } from 'vitest'
import { acting } from './hostile-text.ts'

/** Fails unless Markdown holds no markup but the renderer's own: no element, mention, link or table that a name brought in. */
export function expectMarkdown(markdown: string, hostile: string): void {
  expect(markdown.replaceAll('\u200d', '')).not.toMatch(acting)
  const parts = markdown.match(/^<\/?details>/gm) ?? []
  expect(parts.filter(tag => tag === '<details>')).toHaveLength(parts.length / 2)
  const fenced = /(?<![`\\])(`+)(?!`)(?:.*?[^`])??\1(?!`)/g
  for (const line of markdown.split('\n')) {
    // Pages of the console are links of the renderer's own.
    const words = line
      .replace(fenced, '')
      .replace(/<https:\/\/admin\.example\/[^\s<>]*>/g, '')
      .replace(/<\/?(?:details|summary)>|<br>|\*\*[^*]*\*\*/g, '')
    expect(words, `from ${JSON.stringify(hostile)}`).not.toMatch(/<[a-z!/]|(?<!\\)[*_[\]~`]|@(?!\u200d)|:\/\/|www\./i)
  }
}
