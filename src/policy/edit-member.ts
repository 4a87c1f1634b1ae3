import type { CST } from 'yaml'
import type { Json } from '../model/json.ts'
import { removeFromFlow } from './edit-flow.ts'
import { indentationOf, lineBreakOf, withoutLines } from './edit-lines.ts'
import { sharesLine } from './edit-list.ts'
import { textBlock } from './edit-scalar.ts'
import type { Item, Mapping, Refusal, Splice } from './edit-source.ts'
import { bodyStart, contentEnd, itemEnd, itemsOf, itemStart, valuePlace } from './edit-source.ts'
import { inline, quotesOf, siblingStyleOf, type FileStyle } from './edit-style.ts'

interface Place {
  readonly text: string
  readonly style: FileStyle
}

/** Takes a member out of a mapping that has others. */
export function removeMember({ text }: Place, mapping: Mapping, member: Item): readonly Splice[] | Refusal {
  if (mapping.type === 'flow-collection')
    return removeFromFlow(text, mapping, new Set([itemsOf(mapping).indexOf(member)]))
  const start = itemStart(member)
  return indentationOf(text, start) === undefined ? sharesLine : [withoutLines(text, start, itemEnd(member))]
}

/** Puts a value in the place of another: in its quotes where it had some, else in those of its siblings. */
export function replaceValue(
  { text, style }: Place,
  member: Item,
  value: Json,
  mapping: Mapping,
): readonly Splice[] | Refusal {
  const token = member.value
  const where = mapping.type === 'flow-collection' ? 'flow' : 'block'
  const written = inline(value, style, quotesOf(token) ?? siblingStyleOf(mapping).values, where)
  const place = valuePlace(member)
  if (token === undefined) {
    // In braces a key may stand without a colon.
    return place === undefined ? [insertion(itemEnd(member), `: ${written}`)] : [insertion(place, ` ${written}`)]
  }
  if (token.type === 'block-scalar') return replaceBlock(text, token, value, written)
  if (token.type !== 'block-map' && token.type !== 'block-seq')
    return [{ start: token.offset, end: contentEnd(token), text: written }]
  if (place === undefined || indentationOf(text, token.offset) === undefined) return sharesLine
  return [insertion(place, ` ${written}`), withoutLines(text, token.offset, contentEnd(token))]
}

const insertion = (place: number, text: string): Splice => ({ start: place, end: place, text })

/** A text block stays one where it can; the comment behind its header stays in any case. */
function replaceBlock(text: string, token: CST.BlockScalar, value: Json, otherwise: string): readonly Splice[] {
  const header = token.props.find(({ type }) => type === 'block-scalar-header')
  if (header === undefined || !('source' in header)) return []
  const [start, end] = [bodyStart(token), contentEnd(token)]
  const indent = /^ +(?=\S)/m.exec(token.source)?.[0] ?? ' '.repeat(token.indent + 2)
  const block =
    typeof value === 'string' ? textBlock(value, header.source.startsWith('>'), indent, lineBreakOf(text)) : undefined
  return [
    { start: header.offset, end: header.offset + header.source.length, text: block?.header ?? otherwise },
    { start, end, text: block?.lines ?? '' },
  ]
}
