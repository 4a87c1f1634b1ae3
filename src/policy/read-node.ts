import { isAlias, isMap, isPair, isScalar, isSeq, type Alias, type Document, type Node, type Pair } from 'yaml'
import type { Json } from '../model/json.ts'
import type { Span } from '../model/span.ts'
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { maximumDepth } from './parse-yaml.ts'

/** Values one document may hold once its aliases are expanded; a hundred thousand addresses fit. */
export const maximumValues = 250_000

/** The steps from a document down to a value. */
export type Path = readonly (string | number)[]

/** The value of a document, and where each part of it stands. */
export interface ReadDocument {
  readonly value: Json
  /** The key of a member, or the item of a list; the value of `kind` (else the first key) for the document itself. */
  readonly locate: (path: Path) => Span
}

/** Turns a composed document into JSON, or says why it cannot be one. */
export function readDocument(file: string, document: Document.Parsed): ReadDocument | Diagnostic {
  const anchors = new Map<string, Node>()
  let values = 0
  const refused = (code: 'policy/too-deep' | 'policy/alias-bomb', node: Node) =>
    new Refusal(
      code === 'policy/too-deep'
        ? diagnostic(code, { limit: maximumDepth }, { span: spanOf(file, node) })
        : diagnostic(code, { limit: maximumValues }, { span: spanOf(file, node) }),
    )

  function read(node: Node | null, depth: number): Json {
    if (node === null) return null
    if (depth > maximumDepth) throw refused('policy/too-deep', node)
    if (++values > maximumValues) throw refused('policy/alias-bomb', node)
    if (isAlias(node)) {
      const anchored = anchors.get(node.source)
      if (anchored === undefined) throw new Refusal(unknownAlias(file, node))
      return read(anchored, depth + 1)
    }
    if ('anchor' in node && typeof node.anchor === 'string') anchors.set(node.anchor, node)
    if (isSeq(node)) return node.items.map(item => read(item as Node | null, depth + 1))
    if (isMap(node)) {
      const object: Record<string, Json> = {}
      for (const pair of node.items) define(object, keyOf(pair), read(pair.value as Node | null, depth + 1))
      return object
    }
    return isScalar(node) ? scalar(node.value) : null
  }

  try {
    const value = read(document.contents, 0)
    return { value, locate: path => locate(file, document, anchors, path) }
  } catch (error) {
    if (error instanceof Refusal) return error.diagnostic
    throw error
  }
}

const unknownAlias = (file: string, node: Alias): Diagnostic =>
  diagnostic(
    'policy/yaml-syntax',
    { message: `there is no anchor for the alias *${node.source}` },
    { span: spanOf(file, node) },
  )

class Refusal extends Error {
  readonly diagnostic: Diagnostic
  constructor(refused: Diagnostic) {
    super(refused.code)
    this.diagnostic = refused
  }
}

/** A plain assignment to `__proto__` would set the prototype and hide the key from validation. */
function define(object: Record<string, Json>, key: string, value: Json): void {
  if (key === '__proto__')
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true })
  else object[key] = value
}

const scalar = (value: unknown): Json =>
  value === null || typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number'
    ? value
    : `${value as bigint}`

const keyOf = ({ key }: Pair): string => (isScalar(key) ? String(key.value) : String(key))

function spanOf(file: string, node: unknown): Span {
  const range = (node as Node | null)?.range
  return range ? { file, start: range[0], end: Math.max(range[1], range[0] + 1) } : { file, start: 0, end: 1 }
}

/** Positions are worked out only when something is reported, so that a clean folder pays nothing for them. */
function locate(file: string, document: Document.Parsed, anchors: ReadonlyMap<string, Node>, path: Path): Span {
  const through = (node: unknown): unknown => (isAlias(node) ? anchors.get(node.source) : node)
  let node: unknown = document.contents
  let place: unknown = path.length === 0 ? rootPlace(document) : document.contents
  for (const step of path) {
    const inside = through(node)
    if (isMap(inside)) {
      const pair = inside.items.find(item => isPair(item) && keyOf(item) === String(step))
      if (pair === undefined) break
      place = pair.key
      node = pair.value
    } else if (isSeq(inside)) {
      const item = inside.items[Number(step)]
      if (item === undefined) break
      place = item
      node = item
    } else break
  }
  return spanOf(file, place)
}

function rootPlace({ contents }: Document.Parsed): unknown {
  if (!isMap(contents)) return contents
  const kind = contents.items.find(item => keyOf(item) === 'kind')
  return kind?.value ?? contents.items[0]?.key ?? contents
}
