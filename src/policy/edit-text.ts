import type { CST } from 'yaml'
import { repeatedAround, repeatedInside } from './edit-anchors.ts'
import { isArray, type TextChange } from './edit-changes.ts'
import { addToFlow } from './edit-flow.ts'
import { linesBelow } from './edit-lines.ts'
import { growList, shrinkList } from './edit-list.ts'
import { removeMember, replaceValue } from './edit-member.ts'
import { isList, isMapping, itemEnd, itemsOf, memberOf, type Item, type Mapping } from './edit-source.ts'
import type { Refusal, Splice } from './edit-source.ts'
import { inlineMember, memberLines, siblingStyleOf, type FileStyle } from './edit-style.ts'

/** A document in a text, and how the text is written. */
export interface Place {
  readonly text: string
  readonly document: CST.Document
  readonly style: FileStyle
}

/** The splices that carry one change out, touching nothing but the lines concerned; or why it cannot be made without changing something else. */
export function splicesFor(place: Place, change: TextChange): readonly Splice[] | Refusal {
  const way = follow(place.document, change.path.slice(0, -1))
  if ('why' in way) return way
  const target = memberOf(way.mapping, change.path.at(-1) ?? '')
  const refused =
    (target && unfit(target)) ?? repeatedAround(place.document, [...way.members, ...(target ? [target] : [])])
  if (refused) return refused
  const splices =
    target === undefined ? addMember(place, way.mapping, change) : changeMember(place, way, target, change)
  return 'why' in splices ? splices : (repeatedInside(place.document, splices) ?? splices)
}

/** The mapping at the end of a path, and the members that lead there. */
interface Way {
  readonly mapping: Mapping
  readonly members: readonly Item[]
}

function follow({ value }: CST.Document, path: readonly string[]): Way | Refusal {
  const members: Item[] = []
  let inside: CST.Token | null | undefined = value
  for (const key of [...path, undefined]) {
    if (!isMapping(inside)) return noMapping
    if (memberOf(inside, '<<'))
      return { why: 'a merge key (<<) brings values from elsewhere into the mapping it is in' }
    if (key === undefined) return { mapping: inside, members }
    const member = memberOf(inside, key)
    const refused = member === undefined ? noMapping : unfit(member)
    if (refused) return refused
    if (member) members.push(member)
    inside = member?.value
  }
  return noMapping
}

const noMapping: Refusal = { why: 'what it would be in is no mapping' }

/** What is not written as `key: value` is left to people. */
function unfit({ start, value }: Item): Refusal | undefined {
  if (value?.type === 'alias')
    return { why: `it is written as the alias ${value.source} of a value that stands elsewhere` }
  if (start.some(({ type }) => type === 'explicit-key-ind')) return { why: 'its key is written with a question mark' }
  return undefined
}

function changeMember(
  place: Place,
  { mapping, members }: Way,
  target: Item,
  { before, after }: TextChange,
): readonly Splice[] | Refusal {
  if (after === undefined) {
    // A mapping that loses its last member stays, in braces: with nothing behind its key it would be null.
    const parent = members.at(-1)
    if (itemsOf(mapping).length > 1) return removeMember(place, mapping, target)
    return parent === undefined ? noMapping : replaceValue(place, parent, {}, mapping)
  }
  const list = target.value
  if (isList(list) && isArray(before) && isArray(after) && itemsOf(list).length === before.length) {
    if (after.length > before.length) return growList(place, list, after.slice(before.length))
    if (after.length > 0) return shrinkList(place, list, before, after)
  }
  return replaceValue(place, target, after, mapping)
}

function addMember({ text, style }: Place, mapping: Mapping, { path, after = null }: TextChange): readonly Splice[] {
  const key = path.at(-1) ?? ''
  const siblings = siblingStyleOf(mapping)
  if (mapping.type === 'flow-collection') return addToFlow(text, mapping, [inlineMember(key, after, style, siblings)])
  const last = itemsOf(mapping).at(-1)
  const end = last === undefined ? mapping.offset : itemEnd(last)
  return [linesBelow(text, end, memberLines(key, after, mapping.indent, style, siblings))]
}
