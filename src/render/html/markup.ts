import { forHtml } from './escape.ts'

// A symbol is nothing that a JSON document can hold: no value that came from outside can pass itself off as markup.
const written = Symbol('markup')

/** HTML that was written here. Whatever else stood in it has been escaped. */
export interface Markup {
  readonly [written]: string
}

/** What may stand in markup. Text is escaped, nothing is left out, lists follow each other. */
export type Part = string | number | Markup | undefined | readonly Part[]

/**
 * HTML as it stands in the template, with everything that is put into it escaped, be it in text or in an attribute in double quotes. So a name from
 * the organization cannot become an element because somebody forgot to escape it.
 */
export function markup(texts: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let html = texts[0] ?? ''
  for (const [index, part] of parts.entries()) html += htmlOf(part) + (texts[index + 1] ?? '')
  return { [written]: html }
}

/** HTML that a library has drawn and escaped, or that is constant. */
export const trusted = (html: string): Markup => ({ [written]: html })

/** Markup that is not there. */
export const nothing: Markup = trusted('')

/** The HTML of a part. */
export function htmlOf(part: Part): string {
  if (part === undefined) return ''
  if (typeof part === 'string') return forHtml(part)
  if (typeof part === 'number') return String(part)
  return written in part ? part[written] : part.map(htmlOf).join('')
}

/** Parts with something between them. */
export const joined = (parts: readonly Part[], between: Part = ', '): Part =>
  parts.map((part, index) => (index === 0 ? part : [between, part]))
