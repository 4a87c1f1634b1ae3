import { forMarkdown, markdownCode } from '../harmless.ts'
import { fileFrom } from '../place.ts'
import { shortEmails } from './short-email.ts'
import type { ReviewView } from './view.ts'

/** Writes what came from the organization, from documents or from messages, so that it is text and nothing else. */
export interface Pen {
  /** A text as it may be shown, with so many characters at most: to be made harmless yet. Addresses are shortened before anything is cut. */
  readonly plain: (text: string, most: number) => string
  /** A name or a few words. */
  readonly text: (text: string) => string
  /** A message, with `code` in backquotes as messages have it. */
  readonly prose: (text: string) => string
  /** A name or a value, in backquotes. */
  readonly code: (text: string) => string
  /** A line of a document, as a link where there is a page of it. */
  readonly place: (source: { readonly file: string; readonly line?: number }) => string
  /** A page of the console, as a link unless its address is none or names somebody. */
  readonly page: (url: string) => string
  /** A part that can be folded away, where the forge can. */
  readonly folding: boolean
}

/** Characters of one name, value or message. Nothing that is longer is read. */
const longest = { name: 200, message: 1000, address: 500 } as const

export function penFor(view: Pick<ReviewView, 'folder' | 'emails' | 'lineUrl' | 'folding'>): Pen {
  const { folder, lineUrl, emails = 'short', folding = true } = view
  const plain = (text: string, most: number): string => cut(emails === 'full' ? text : shortEmails(text), most)
  const text = (words: string): string => forMarkdown(plain(words, longest.name))
  const code = (name: string): string => markdownCode(plain(name, longest.name))
  return {
    plain,
    text,
    code,
    folding,
    // Wherever a name puts backquotes of its own, each piece is made harmless one way or the other.
    prose(words) {
      const pieces = plain(words, longest.message).split('`')
      return pieces
        .map((piece, index) => {
          if (index % 2 === 0) return forMarkdown(piece)
          if (index === pieces.length - 1) return forMarkdown(`\`${piece}`)
          return piece === '' ? '' : markdownCode(piece)
        })
        .join('')
    },
    place({ file, line }) {
      const path = fileFrom(folder, file)
      const shown = code(`${path}${line === undefined ? '' : `:${line}`}`)
      const url = line === undefined ? undefined : lineUrl?.(path, line)
      return url === undefined || !isLink(url) ? shown : `[${shown}](<${url}>)`
    },
    page: url => (isLink(url) && plain(url, longest.address) === url ? `<${url}>` : code(url)),
  }
}

/** A page that a link may lead to: nothing in its address could end the link. */
const isLink = (url: string): boolean => /^https?:\/\/[!-;=?-[\]-{}~]+$/.test(url)

/** Cuts before a pair would be halved. */
const cut = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…` : text
