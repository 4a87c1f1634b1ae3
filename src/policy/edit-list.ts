import type { Json } from '../model/json.ts'
import { sortedText } from './edit-changes.ts'
import { addToFlow, removeFromFlow } from './edit-flow.ts'
import { indentationOf, linesBelow, withoutLines } from './edit-lines.ts'
import { itemEnd, itemsOf, itemStart, type List, type Refusal, type Splice } from './edit-source.ts'
import { inline, itemLine, siblingStyleOf, type FileStyle } from './edit-style.ts'

interface Place {
  readonly text: string
  readonly style: FileStyle
}

/** Adds items at the end of a list, in its style. */
export function growList({ text, style }: Place, list: List, added: readonly Json[]): readonly Splice[] | Refusal {
  const { values } = siblingStyleOf(list)
  if (list.type === 'flow-collection')
    return addToFlow(
      text,
      list,
      added.map(item => inline(item, style, values, 'flow')),
    )
  const last = itemsOf(list).at(-1)
  if (last === undefined) return sharesLine
  const indent = indentationOf(text, itemStart(last))
  if (indent === undefined) return sharesLine
  const gap = /^-( +)\S/.exec(text.slice(itemStart(last), itemEnd(last)))?.[1] ?? ' '
  const lines = added.map(item => itemLine(item, indent, gap, style, values))
  return [linesBelow(text, itemEnd(last), lines)]
}

/** Takes items out of a list, some of which stay. What stays is a part of it, in its order. */
export function shrinkList(
  { text }: Place,
  list: List,
  before: readonly Json[],
  after: readonly Json[],
): readonly Splice[] | Refusal {
  const gone = new Set<number>()
  before.forEach((item, index) => {
    const next = after[index - gone.size]
    if (next === undefined || sortedText(item) !== sortedText(next)) gone.add(index)
  })
  if (list.type === 'flow-collection') return removeFromFlow(text, list, gone)
  const items = itemsOf(list).filter((_, index) => gone.has(index))
  if (items.some(item => indentationOf(text, itemStart(item)) === undefined)) return sharesLine
  return items.map(item => withoutLines(text, itemStart(item), itemEnd(item)))
}

/** An item or member that has no line of its own cannot go without a part of another one. */
export const sharesLine: Refusal = { why: 'it shares its line with something else' }
