import type { CST } from 'yaml'
import { tokensIn, type Item, type Refusal, type Splice } from './edit-source.ts'

/** The anchor among the tokens before a value. */
const anchorIn = (tokens: readonly CST.SourceToken[] | undefined): CST.SourceToken | undefined =>
  tokens?.find(({ type }) => type === 'anchor')

const nameOf = (token: CST.Token): string => ('source' in token ? token.source.slice(1) : '')

const refusal = (name: string): Refusal => ({
  why: `it is repeated elsewhere in the document through the anchor &${name}, which would change as well`,
})

/** Why nothing inside a document, or behind these members of it, may change: an alias somewhere repeats it. */
export function repeatedAround(document: CST.Document, members: readonly Item[]): Refusal | undefined {
  const repeated = new Set([...tokensIn(document)].flatMap(token => (token.type === 'alias' ? nameOf(token) : [])))
  const anchors = [anchorIn(document.start), ...members.map(({ sep }) => anchorIn(sep))]
  const anchor = anchors.find(token => token !== undefined && repeated.has(nameOf(token)))
  return anchor === undefined ? undefined : refusal(nameOf(anchor))
}

/** Why runs of text may not be taken out: what is anchored in them is repeated outside of them. */
export function repeatedInside(document: CST.Document, splices: readonly Splice[]): Refusal | undefined {
  const gone = ({ offset }: CST.Token): boolean => splices.some(({ start, end }) => start <= offset && offset < end)
  const tokens = [...tokensIn(document)]
  const kept = new Set(tokens.flatMap(token => (token.type === 'alias' && !gone(token) ? nameOf(token) : [])))
  const anchor = tokens.find(token => token.type === 'anchor' && gone(token) && kept.has(nameOf(token)))
  return anchor === undefined ? undefined : refusal(nameOf(anchor))
}
