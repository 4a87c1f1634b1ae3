import type { Json } from '../model/json.ts'
import { preciseDocuments } from './precise-documents.ts'

/** How a text is written: bare, or in quotes. */
export type Quotes = 'plain' | 'single' | 'double'

export type Scalar = null | boolean | number | string

/** Where a value is written: between brackets, commas and brackets end it. */
export type Surroundings = 'block' | 'flow'

export const isScalar = (value: Json): value is Scalar => typeof value !== 'object' || value === null

/** A value as it is written on one line so that it reads back the same: in the wanted quotes, else in the first ones that can hold it. */
export function scalarText(value: Scalar, wanted: Quotes, otherwise: Quotes, where: Surroundings): string {
  if (typeof value !== 'string') return JSON.stringify(value)
  const ways = [wanted, ...(wanted === 'plain' ? [otherwise] : []), 'double'] as const
  const texts = ways.map(quotes => quote[quotes](value))
  return texts.find(text => text !== undefined && readsBack(text, value, where)) ?? quote.double(value)
}

/** A key as it is written: bare where it can be. */
export function keyText(key: string, wanted: Quotes): string {
  const texts = [quote[wanted](key), quote.double(key)]
  const reads = (text: string): boolean => holds(`${text}: x`, { [key]: 'x' }) && holds(`{${text}: x}`, { [key]: 'x' })
  return texts.find(text => text !== undefined && reads(text)) ?? quote.double(key)
}

// Controls, format characters, separators, halves of pairs: what is not allowed as it is, and what hides or turns text that people review.
const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\ufffe\uffff]/u
const escapable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\ufffe\uffff"\\]/gu

const quote = {
  plain: (value: string): string | undefined => (hidden.test(value) ? undefined : value),
  single: (value: string): string | undefined => (hidden.test(value) ? undefined : `'${value.replaceAll("'", "''")}'`),
  double: (value: string): string => `"${value.replace(escapable, escaped)}"`,
} satisfies Record<Quotes, (value: string) => string | undefined>

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code > 0xffff) return `\\U${code.toString(16).padStart(8, '0')}`
  const short = JSON.stringify(character).slice(1, -1)
  return short.startsWith('\\') ? short : `\\u${code.toString(16).padStart(4, '0')}`
}

const readsBack = (text: string, value: string, where: Surroundings): boolean =>
  where === 'flow' ? holds(`[${text},${text}]`, [value, value]) : holds(`k: ${text}`, { k: value })

/** Whether a YAML text is read as one value and nothing else. */
export function holds(text: string, value: Json): boolean {
  const { documents, diagnostics } = preciseDocuments('', text)
  const [first, second] = documents
  return (
    diagnostics.length === 0 &&
    second === undefined &&
    first !== undefined &&
    JSON.stringify(first.value) === JSON.stringify(value)
  )
}

/** A text over several lines as a text block, header and lines apart; undefined where a block cannot hold it. */
export function textBlock(
  value: string,
  folded: boolean,
  indent: string,
  lineBreak: string,
): { readonly header: string; readonly lines: string } | undefined {
  if (hidden.test(value.replaceAll('\n', ''))) return undefined
  const content = value.replace(/\n+$/, '')
  const breaks = value.length - content.length
  // Only a text of one line folds without changing.
  const header = `${folded && !content.includes('\n') ? '>' : '|'}${breaks === 0 ? '-' : breaks === 1 ? '' : '+'}`
  const written = [...content.split('\n'), ...Array<string>(Math.max(0, breaks - 1)).fill('')]
  const lines = written.map(line => (line === '' ? '' : indent + line) + lineBreak).join('')
  return holds(`k: ${header}${lineBreak}${lines}`, { k: value }) ? { header, lines } : undefined
}
