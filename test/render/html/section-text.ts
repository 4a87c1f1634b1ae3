import { textOf } from './html-tags.ts'

/** The words of one section of a page, or of all of it without its head, each run of spaces as one. */
export function wordsOf(html: string, id?: string): string {
  const body = html.slice(html.indexOf('<body>'))
  const start = id === undefined ? 0 : body.indexOf(`<section id="${id}"`)
  if (start < 0) return ''
  const part = id === undefined ? body : body.slice(start, body.indexOf('</section>', start))
  // Cells and items stand apart.
  return textOf(part.replace(/<\/(?:td|th|dt|dd|li|p|h\d|caption|summary|text|title)>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim()
}

/** The ids of the sections of a page, in their order. */
export const sectionsOf = (html: string): readonly string[] =>
  [...html.matchAll(/<section id="([\w-]+)"/g)].map(([, id = '']) => id)

/** The rows of a table, cell by cell. */
export function rowsOf(html: string, id: string): readonly (readonly string[])[] {
  const start = html.indexOf(`<table id="${id}"`)
  const table = html.slice(start, html.indexOf('</table>', start))
  return [...table.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<t[dh][^>]*>(.*?)<\/t[dh]>/gs)].map(([, cell = '']) =>
      textOf(cell.replaceAll('<small>', ' ')).replace(/\s+/g, ' ').trim(),
    ),
  )
}
