import { isAlias, isMap, isSeq, type Alias, type Document, type Node, type Pair, type YAMLMap } from 'yaml'
import type { Span } from '../model/span.ts'

/** The steps from a document down to a value. */
export type Path = readonly (string | number)[]

/** The place of a part of a document: the key of a member, the item of a list; the value of `kind` (else the first key) for the document itself. */
export type Locate = (path: Path) => Span

/** What reading found out about a document's nodes. */
export interface ReadNodes {
  readonly targets: ReadonlyMap<Alias, Node>
  readonly members: ReadonlyMap<YAMLMap, ReadonlyMap<string, Pair>>
}

/** Places are worked out only when something is reported, so that a clean folder pays nothing for them. Behind an alias the anchored text is pointed at. */
export function locator(file: string, { contents }: Document.Parsed, { targets, members }: ReadNodes): Locate {
  const through = (node: unknown): unknown => (isAlias(node) ? through(targets.get(node)) : node)
  const membersOf = (node: unknown): ReadonlyMap<string, Pair> | undefined =>
    isMap(node) ? members.get(node) : undefined

  function root(): unknown {
    const top = membersOf(contents)
    const [first] = top?.values() ?? []
    return top?.get('kind')?.value ?? first?.key ?? contents
  }

  return path => {
    let node: unknown = contents
    let place: unknown = path.length === 0 ? root() : contents
    for (const step of path) {
      const inside = through(node)
      const pair = membersOf(inside)?.get(String(step))
      if (pair !== undefined) {
        place = pair.key
        node = pair.value
      } else if (isSeq(inside) && inside.items[Number(step)] !== undefined) {
        place = node = inside.items[Number(step)]
      } else break
    }
    return nodeSpan(file, place)
  }
}

/** Where a node stands, at least one character long. */
export function nodeSpan(file: string, node: unknown): Span {
  const range = (node as Node | null | undefined)?.range
  return range ? { file, start: range[0], end: Math.max(range[1], range[0] + 1) } : { file, start: 0, end: 1 }
}
