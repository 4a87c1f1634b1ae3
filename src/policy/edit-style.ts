import { CST } from 'yaml'
import type { Json, JsonObject } from '../model/json.ts'
import { isScalar, keyText, scalarText, type Quotes } from './edit-scalar.ts'
import { isList, itemsOf, tokensIn, type Item, type List, type Mapping } from './edit-source.ts'

/** How a file is written, as far as new text has to follow it. */
export interface FileStyle {
  /** Spaces by which a mapping inside another is indented. */
  readonly step: number
  /** Spaces by which the dashes of a list are. */
  readonly listStep: number
  /** How lists are written that are not there yet. */
  readonly lists: 'block' | 'flow'
  /** The quotes for what cannot stand without. */
  readonly quotes: Quotes
}

/** The quotes for keys and texts beside their siblings. */
export interface SiblingStyle {
  readonly keys: Quotes
  readonly values: Quotes
}

/** How a file is written: as its first nested mapping, list and quotes are; two spaces and single quotes where it has none. */
export function fileStyleOf(documents: readonly CST.Document[]): FileStyle {
  let step: number | undefined
  let listStep: number | undefined
  let quotes: Quotes | undefined
  const lists = new Set<'block' | 'flow'>()
  for (const token of documents.flatMap(document => [...tokensIn(document)])) {
    quotes ??= quotesOf(token)
    if (isList(token)) lists.add(token.type === 'block-seq' ? 'block' : 'flow')
    if (token.type !== 'block-map') continue
    for (const { value } of itemsOf(token)) {
      if (value?.type === 'block-map') step ??= value.indent - token.indent
      if (value?.type === 'block-seq') listStep ??= value.indent - token.indent
    }
  }
  return {
    step: step ?? (listStep === undefined || listStep === 0 ? 2 : listStep),
    listStep: listStep ?? step ?? 2,
    lists: lists.has('block') && !lists.has('flow') ? 'block' : 'flow',
    quotes: quotes ?? 'single',
  }
}

/** The quotes of a text; undefined for one without, and for anything else. */
export function quotesOf(token: CST.Token | null | undefined): Quotes | undefined {
  if (token?.type === 'single-quoted-scalar') return 'single'
  return token?.type === 'double-quoted-scalar' ? 'double' : undefined
}

/** What is quoted throughout a collection stays quoted in what is added to it. */
export function siblingStyleOf(collection: Mapping | List): SiblingStyle {
  const items = itemsOf(collection)
  return {
    keys: common(items.map(({ key }) => key)),
    values: common(items.flatMap(({ value }: Item) => (isText(value) ? [value] : []))),
  }
}

function common(tokens: readonly (CST.Token | null | undefined)[]): Quotes {
  const quotes = tokens.map(quotesOf)
  return quotes.includes(undefined) ? 'plain' : (quotes.at(-1) ?? 'plain')
}

/** Numbers and switches beside quoted texts are never quoted, and say nothing of how texts are written. */
const isText = (token: CST.Token | undefined): boolean =>
  CST.isScalar(token) &&
  (quotesOf(token) !== undefined || !/^(?:true|false|null|~|[-+.\d]+)?$/i.test(plainSource(token)))

const plainSource = (token: CST.FlowScalar | CST.BlockScalar): string => token.source

/** A value in one line. */
export function inline(value: Json, style: FileStyle, values: Quotes, where: 'block' | 'flow'): string {
  if (isScalar(value)) return scalarText(value, values, style.quotes, where)
  if (Array.isArray(value)) {
    return `[${(value as readonly Json[]).map(item => inline(item, style, values, 'flow')).join(', ')}]`
  }
  const members = Object.entries(value as JsonObject).map(([key, member]) =>
    inlineMember(key, member, style, { keys: 'plain', values }),
  )
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
}

/** A member of a mapping in braces. */
export const inlineMember = (key: string, value: Json, style: FileStyle, { keys, values }: SiblingStyle): string =>
  `${keyText(key, keys)}: ${inline(value, style, values, 'flow')}`

/** A member of a mapping in lines, with what is inside it. */
export function memberLines(
  key: string,
  value: Json,
  indent: number,
  style: FileStyle,
  { keys, values }: SiblingStyle,
): readonly string[] {
  const head = `${' '.repeat(indent)}${keyText(key, keys)}:`
  const inner: SiblingStyle = { keys: 'plain', values: 'plain' }
  if (!isScalar(value) && !Array.isArray(value) && Object.keys(value).length > 0) {
    const members = Object.entries(value as JsonObject)
    return [head, ...members.flatMap(([name, member]) => memberLines(name, member, indent + style.step, style, inner))]
  }
  if (Array.isArray(value) && value.length > 0 && style.lists === 'block') {
    const items = value as readonly Json[]
    return [head, ...items.map(item => itemLine(item, ' '.repeat(indent + style.listStep), ' ', style, 'plain'))]
  }
  return [`${head} ${inline(value, style, isScalar(value) ? values : 'plain', 'block')}`]
}

/** An item of a list in a line of its own. */
export const itemLine = (item: Json, indent: string, gap: string, style: FileStyle, values: Quotes): string =>
  `${indent}-${gap}${inline(item, style, values, 'block')}`
