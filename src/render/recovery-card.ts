import stringWidth from 'fast-string-width'
import type { Recovery } from '../model/recovery.ts'
import { forTerminal, markdownCode } from './harmless.ts'
import { recoveryBlocks, type Block, type Piece } from './recovery-blocks.ts'
import { paragraph, type Style } from './style.ts'

/** How the card is written: whole and 80 columns wide to be kept and printed, or for a terminal, where long lists are cut. */
export type CardFormat = { readonly format: 'markdown' } | { readonly format: 'text'; readonly style: Style }

/** How to undo by hand what a run tightens. */
export const recoveryCard = (recovery: Recovery, how: CardFormat): string =>
  how.format === 'markdown' ? markdownCard(recoveryBlocks(recovery)) : textCard(recoveryBlocks(recovery), how.style)

/** Names of one list that a terminal shows. */
const namesShown = 50

function textCard(blocks: readonly Block[], style: Style): string {
  const lines = blocks.flatMap((block): readonly string[] => {
    if (block.is === 'names') {
      const shown = block.names.slice(0, namesShown).map(forTerminal)
      const rest = block.names.length - shown.length
      const more = rest === 0 ? '' : ` and ${rest} more: the saved card has them all`
      return paragraph(`${shown.join(', ')}${more}`, style.width, '      ')
    }
    const text = joined(block.pieces.map(textPiece))
    switch (block.is) {
      case 'title':
        // A line that goes on is indented: no name begins one as a heading would.
        return paragraph(text, style.width, '', '  ').map(style.bold)
      case 'heading':
        return ['', ...paragraph(text, style.width, '', '  ').map(style.bold)]
      case 'step':
        return ['', ...paragraph(text, style.width, `${block.number}. `).map(style.bold)]
      case 'text':
        return paragraph(text, style.width, '  ')
      case 'item':
        return paragraph(text, style.width, '  - ')
    }
  })
  return `${lines.join('\n')}\n`
}

function textPiece(piece: Piece): string {
  if (typeof piece === 'string') return piece
  if ('name' in piece) return `“${forTerminal(piece.name)}”`
  if ('clicks' in piece) return piece.clicks.map(forTerminal).join(' → ')
  return forTerminal('url' in piece ? piece.url : piece.code)
}

/** Columns of a printed page. */
const columns = 80

function markdownCard(blocks: readonly Block[]): string {
  const lines: string[] = []
  let inList = false
  for (const block of blocks) {
    const isList = block.is === 'item' || block.is === 'names'
    if (lines.length > 0 && !(inList && isList)) lines.push('')
    lines.push(...markdownLines(block))
    inList = isList
  }
  return `${lines.join('\n')}\n`
}

function markdownLines(block: Block): readonly string[] {
  if (block.is === 'names') return block.names.map(name => `  - ${markdownCode(name)}`)
  const words = block.pieces.flatMap(markdownWords)
  switch (block.is) {
    case 'title':
      return [`# ${joined(words)}`]
    case 'heading':
      return [`## ${joined(words)}`]
    case 'step':
      return [`### ${block.number}. ${joined(words)}`]
    case 'text':
      return filled(words, '')
    case 'item':
      return filled(words, '- ')
  }
}

/** The words between which a line may be broken. Code is one word: broken, what a name holds could begin a line and act as markup there. */
function markdownWords(piece: Piece): readonly string[] {
  if (typeof piece === 'string') return piece.split(' ')
  if ('name' in piece) return [markdownCode(piece.name)]
  if ('code' in piece) return [markdownCode(piece.code)]
  if ('url' in piece) return [/^https?:\/\/[!-;=?-~]+$/.test(piece.url) ? `<${piece.url}>` : markdownCode(piece.url)]
  return piece.clicks.flatMap((click, index) => [...(index === 0 ? [] : ['→']), markdownCode(click)])
}

const punctuation = /^[:,.]/

/** Words put together; punctuation stands at the word before it. */
const joined = (words: readonly string[]): string =>
  words.reduce((text, word) => (text === '' ? word : punctuation.test(word) ? text + word : `${text} ${word}`), '')

function filled(words: readonly string[], first: string): readonly string[] {
  const indent = ' '.repeat(first.length)
  const lines: string[] = []
  let line = first
  for (const [index, word] of words.entries()) {
    const longer = index === 0 ? line + word : joined([line, word])
    const fits = index === 0 || punctuation.test(word) || stringWidth(longer) <= columns
    if (!fits) lines.push(line)
    line = fits ? longer : indent + word
  }
  return [...lines, line]
}
