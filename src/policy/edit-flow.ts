import type { CST } from 'yaml'
import { grouped } from '../model/grouped.ts'
import { indentationOf, lineBreakOf, lineEnd, lineStart, withoutLines } from './edit-lines.ts'
import { contentEnd, itemEnd, itemsOf, itemStart, type Item, type Splice } from './edit-source.ts'

/** Adds entries at the end of what stands in brackets: in lines of their own where the last one has its own. */
export function addToFlow(text: string, flow: CST.FlowCollection, entries: readonly string[]): readonly Splice[] {
  const items = itemsOf(flow)
  const last = items.at(-1)
  const close = contentEnd(flow) - 1
  if (last === undefined) return [intoEmpty(text, flow, entries)]
  const end = itemEnd(last)
  const comma = trailingComma(flow, items)
  const indent = indentationOf(text, itemStart(last))
  if (indent === undefined) {
    const before = commaOf(last)?.offset
    const gap = before !== undefined && /^,\S/.test(text.slice(before, before + 2)) ? ',' : ', '
    return [insertion(end, entries.map(entry => gap + entry).join(''))]
  }
  const line = lineBreakOf(text) + indent
  const lines = lineEnd(text, comma === undefined ? end : comma + 1)
  // The bracket stands on the last item's line: there is nothing behind the item to keep in its place.
  if (close <= lines) return [insertion(end, entries.map(entry => `,${line}${entry}`).join(''))]
  const added = entries.map(entry => line + entry).join(',')
  return comma === undefined ? [insertion(end, ','), insertion(lines, added)] : [insertion(lines, `${added},`)]
}

const insertion = (place: number, text: string): Splice => ({ start: place, end: place, text })

function intoEmpty(text: string, flow: CST.FlowCollection, entries: readonly string[]): Splice {
  const close = contentEnd(flow) - 1
  const padding = flow.start.type === 'flow-map-start' ? ' ' : ''
  const inside = text.slice(flow.offset + 1, close)
  if (inside.trim() !== '') return insertion(close, `${entries.join(', ')} `)
  return { start: flow.offset + 1, end: close, text: padding + entries.join(', ') + padding }
}

function trailingComma(flow: CST.FlowCollection, items: readonly Item[]): number | undefined {
  const last = flow.items.at(-1)
  return last === undefined || items.includes(last) ? undefined : commaOf(last)?.offset
}

/** The comma before an item. */
const commaOf = ({ start }: Item): CST.SourceToken | undefined => start.find(({ type }) => type === 'comma')

/** Takes items out of what stands in brackets, with their commas. At least one has to stay. */
export function removeFromFlow(text: string, flow: CST.FlowCollection, gone: ReadonlySet<number>): readonly Splice[] {
  const items = itemsOf(flow)
  const lines = grouped(items.keys(), index => lineStart(text, startOf(items[index])))
  return [...lines.values()].flatMap(indexes => {
    const [first, last] = [items[indexes[0] ?? 0], items[indexes.at(-1) ?? 0]]
    const all = indexes.every(index => gone.has(index))
    if (first && last && all && ownLines(text, first, last))
      return [withoutLines(text, itemStart(first), itemEnd(last))]
    // Before the first one of a line that stays, the comma in front is that of the line above, which may have a comment.
    const firstKept = indexes.find(index => !gone.has(index)) ?? items.length
    return indexes.filter(index => gone.has(index)).map(index => removeOne(text, items, index, index > firstKept))
  })
}

const startOf = (item: Item | undefined): number => (item === undefined ? 0 : itemStart(item))

/** Whether nothing but a comma and a comment stands beside some items on their lines. */
const ownLines = (text: string, first: Item, last: Item): boolean =>
  indentationOf(text, itemStart(first)) !== undefined &&
  /^[ \t]*,?[ \t]*(?:#.*)?$/.test(text.slice(itemEnd(last), lineEnd(text, itemEnd(last))))

function removeOne(text: string, items: readonly Item[], index: number, afterKept: boolean): Splice {
  const [item, next] = [items[index], items[index + 1]]
  if (item === undefined) return insertion(0, '')
  const [start, end] = [itemStart(item), itemEnd(item)]
  const comma = commaOf(item)?.offset
  if (afterKept && comma !== undefined) return { start: comma, end, text: '' }
  if (next === undefined) return { start, end, text: '' }
  const behind = (commaOf(next)?.offset ?? end) + 1
  return { start, end: text.slice(end, itemStart(next)).includes('\n') ? behind : itemStart(next), text: '' }
}
