import { isAlias, isMap, isScalar, isSeq, type Alias, type Document, type Node, type Pair, type YAMLMap } from 'yaml'
import type { Json } from '../model/json.ts'
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { grouped } from '../model/grouped.ts'
import { locator, nodeSpan, type Locate } from './locate.ts'
import { maximumDepth } from './parse-yaml.ts'
import { conflict } from './rules/rule.ts'

/** Values one document may hold once its aliases are expanded; a hundred thousand addresses fit. */
export const maximumValues = 250_000

/** Characters in those values. One long text behind many aliases is few values, and still much to look at. */
export const maximumCharacters = 16 * 1024 * 1024

/** The value of a document, and where each part of it stands. */
export interface ReadDocument {
  readonly value: Json
  readonly locate: Locate
}

/** A document, where it could be read, and what was wrong with it. */
export interface ReadResult {
  readonly document?: ReadDocument
  readonly diagnostics: readonly Diagnostic[]
}

/** Turns a composed document into JSON, or says why it cannot be one. Of keys that stand twice the first counts. */
export function readDocument(file: string, document: Document.Parsed): ReadResult {
  const anchors = new Map<string, Node>()
  const targets = new Map<Alias, Node>()
  const members = new Map<YAMLMap, ReadonlyMap<string, Pair>>()
  const diagnostics: Diagnostic[] = []
  let values = 0
  let characters = 0
  /** The alias as written that is being followed: what goes wrong behind it is its doing. */
  let followed: Alias | undefined

  function read(node: Node | null, depth: number): Json {
    if (node === null) return null
    const place = { span: nodeSpan(file, followed ?? node) }
    if (depth > maximumDepth) throw new Refusal(diagnostic('policy/too-deep', { limit: maximumDepth }, place))
    if (++values > maximumValues || characters > maximumCharacters)
      throw new Refusal(diagnostic('policy/alias-bomb', { limit: maximumValues }, place))
    if (isAlias(node)) {
      const outer = followed
      followed ??= node
      const value = read(target(node), depth + 1)
      followed = outer
      return value
    }
    if (typeof node.anchor === 'string') anchors.set(node.anchor, node)
    if (isSeq(node)) return node.items.map(item => read(item as Node | null, depth + 1))
    if (isMap(node)) {
      const object: Record<string, Json> = {}
      for (const [key, { value }] of membersOf(node)) define(object, key, read(value as Node | null, depth + 1))
      return object
    }
    return isScalar(node) ? scalar(node.value, node.source) : null
  }

  /** An anchor may be set again further down: an alias stands for the last one before it. */
  function target(alias: Alias): Node {
    const found = targets.get(alias) ?? anchors.get(alias.source)
    if (found === undefined) {
      const message = `there is no anchor before the alias *${alias.source}`
      throw new Refusal(diagnostic('policy/yaml-syntax', { message }, { span: nodeSpan(file, alias) }))
    }
    targets.set(alias, found)
    return found
  }

  function membersOf(map: YAMLMap): ReadonlyMap<string, Pair> {
    const known = members.get(map)
    if (known !== undefined) return known
    const pairs = new Map<string, Pair>()
    for (const [key, same] of grouped(map.items, keyOf)) {
      const [first] = same
      if (first !== undefined) pairs.set(key, first)
      if (same.length < 2) continue
      const places = same.map(pair => ({ span: nodeSpan(file, pair.key), summary: 'the same key stands here' }))
      diagnostics.push(conflict('policy/duplicate-key', { key }, places))
    }
    members.set(map, pairs)
    return pairs
  }

  function scalar(value: unknown, source: string | undefined): Json {
    if (typeof value === 'string') characters += value.length
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
    // JSON has no infinity: what was written stays text and is refused as that.
    return typeof value === 'number' && Number.isFinite(value) ? value : (source ?? null)
  }

  try {
    const value = read(document.contents, 0)
    return { document: { value, locate: locator(file, document, { targets, members }) }, diagnostics }
  } catch (error) {
    if (error instanceof Refusal) return { diagnostics: [...diagnostics, error.diagnostic] }
    throw error
  }
}

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

const keyOf = ({ key }: Pair): string => (isScalar(key) ? String(key.value) : String(key))
