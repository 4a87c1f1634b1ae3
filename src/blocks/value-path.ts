import { attributeName, memberName } from './attribute-name.ts'
import type { Attributes } from './schema.ts'
import type { PathStep, ValuePath } from './value.ts'

/** A path in a document: members and places in lists. */
export type DocumentPath = readonly (string | number)[]

/** Where a part of a document stands among the attributes made of it: as far as attributes go, and never into a set. */
export function valuePathOf(attributes: Attributes, path: DocumentPath): ValuePath {
  const [member, ...rest] = path
  if (typeof member !== 'string') return []
  const name = attributeName(member)
  const attribute = Object.hasOwn(attributes, name) ? attributes[name] : undefined
  if (attribute === undefined) return []
  const { nested } = attribute
  const step = { attribute: name }
  if (nested === undefined) return [step]
  if (nested.nesting === 'single') return [step, ...valuePathOf(nested.attributes, rest)]
  const [item, ...inner] = rest
  const place = placeIn(nested.nesting, item)
  return place === undefined ? [step] : [step, place, ...valuePathOf(nested.attributes, inner)]
}

function placeIn(nesting: 'list' | 'set' | 'map', item: string | number | undefined): PathStep | undefined {
  if (nesting === 'list' && typeof item === 'number') return { index: item }
  return nesting === 'map' && typeof item === 'string' ? { key: item } : undefined
}

/** The path in the document that a path among its attributes stands for. */
export const documentPathOf = (path: ValuePath): DocumentPath =>
  path.map(step => ('attribute' in step ? memberName(step.attribute) : 'key' in step ? step.key : step.index))
