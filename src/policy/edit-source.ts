import { CST, Parser } from 'yaml'

/** A run of text, and what takes its place. */
export interface Splice {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** Why an edit is not made, in plain words. */
export interface Refusal {
  readonly why: string
}

export type Mapping = CST.BlockMap | CST.FlowCollection
export type List = CST.BlockSequence | CST.FlowCollection
export type Item = CST.CollectionItem

/** The tokens of a text that reads without a problem, by document. Their offsets point into the text, which they cover without a gap. */
export const syntaxOf = (text: string): readonly CST.Document[] =>
  [...new Parser().parse(text)].filter(token => token.type === 'document')

/** Whether a value is a mapping, in lines or in braces. */
export const isMapping = (token: CST.Token | null | undefined): token is Mapping =>
  token?.type === 'block-map' || (token?.type === 'flow-collection' && token.start.type === 'flow-map-start')

/** Whether a value is a list, in lines or in brackets. */
export const isList = (token: CST.Token | null | undefined): token is List =>
  token?.type === 'block-seq' || (token?.type === 'flow-collection' && token.start.type === 'flow-seq-start')

/** The members of a mapping or items of a list, without the comments after the last one, which the tokens show as one more. */
export function itemsOf(collection: Mapping | List): readonly Item[] {
  const items: readonly Item[] = collection.items
  return items.filter(({ start, key, sep, value }) =>
    Boolean(key ?? sep ?? value ?? start.some(({ type }) => type === 'seq-item-ind')),
  )
}

/** The key of a member as the reader takes it. */
export const keyOf = ({ key }: Item): string => CST.resolveAsScalar(key)?.value ?? ''

/** The member of a mapping that counts for a key. */
export const memberOf = (mapping: Mapping, key: string): Item | undefined =>
  itemsOf(mapping).find(item => keyOf(item) === key)

const isBlank = ({ type }: CST.Token): boolean => type === 'space' || type === 'newline' || type === 'comment'

/** Where a member or an item starts: at its dash, anchor or key, not at the comments before it. */
export function itemStart({ start, key, sep, value }: Item): number {
  const first = start.find(token => !isBlank(token) && token.type !== 'comma') ?? key ?? sep?.[0]
  return first?.offset ?? (value === undefined ? 0 : value.offset)
}

/** Where a member or an item ends: behind its value, before a comment. Behind the line break of a text block, which is part of it. */
export function itemEnd({ start, key, sep, value }: Item): number {
  if (value !== undefined) return contentEnd(value)
  return lastOf(sep) ?? (key ? contentEnd(key) : (lastOf(start) ?? 0))
}

/** Behind the colon of a member and the anchor of its value: where a value goes that is not there yet. */
export const valuePlace = ({ sep }: Item): number | undefined => lastOf(sep)

function lastOf(tokens: readonly CST.SourceToken[] | undefined): number | undefined {
  const last = tokens?.findLast(token => !isBlank(token))
  return last === undefined ? undefined : last.offset + last.source.length
}

/** Where a value ends, before a comment: behind its last item, its closing bracket, or the line break of a text block. */
export function contentEnd(token: CST.Token): number {
  switch (token.type) {
    case 'block-map':
    case 'block-seq': {
      const last = itemsOf(token).at(-1)
      return last === undefined ? token.offset : itemEnd(last)
    }
    case 'flow-collection':
      return (token.end[0]?.offset ?? token.offset) + 1
    case 'block-scalar':
      return bodyStart(token) + token.source.length
    default:
      return token.offset + ('source' in token ? token.source.length : 0)
  }
}

/** Where the lines of a text block start, behind its header. */
export const bodyStart = ({ offset, props }: CST.BlockScalar): number =>
  offset + props.reduce((length, token) => length + ('source' in token ? token.source.length : 0), 0)

/** All tokens inside a token, itself included. */
export function* tokensIn(token: CST.Token | null | undefined): Generator<CST.Token> {
  if (!token) return
  yield token
  if ('start' in token && Array.isArray(token.start)) yield* token.start
  if ('items' in token) {
    for (const item of token.items as readonly Item[]) {
      yield* item.start
      yield* tokensIn(item.key)
      yield* item.sep ?? []
      yield* tokensIn(item.value)
    }
  }
  if ('value' in token) yield* tokensIn(token.value)
}
