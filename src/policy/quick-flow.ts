import type { Json } from '../model/json.ts'
import { keyPattern, notEveryday, quotedPattern, textValue, wordPattern } from './quick-scalar.ts'

/** Brackets in brackets; no kind needs more. */
const deepest = 6

// There is one way to read each piece, and none is read twice: what a hostile line costs grows with its length.
const token = new RegExp(` *(?:([[\\]{},])|(${keyPattern}):(?= )|(${quotedPattern})|(${wordPattern}))`, 'y')

/** A list or a mapping in brackets that ends on its line, and where it ends. Undefined where it is not everyday YAML. */
export function quickFlow(text: string, start: number): { readonly value: Json; readonly end: number } | undefined {
  token.lastIndex = start
  const bracket = token.exec(text)?.[1]
  const value = bracket === undefined ? notEveryday : bracketed(text, bracket, 0)
  return value === undefined ? notEveryday : { value, end: token.lastIndex }
}

function bracketed(text: string, bracket: string, depth: number): Json | undefined {
  if (depth > deepest) return notEveryday
  return bracket === '[' ? list(text, depth) : bracket === '{' ? mapping(text, depth) : notEveryday
}

function list(text: string, depth: number): Json | undefined {
  const items: Json[] = []
  for (;;) {
    const next = token.exec(text)
    if (next === null) return notEveryday
    if (next[1] === ']') return items.length === 0 ? items : notEveryday
    const item = valueOf(text, next, depth)
    if (item === undefined) return notEveryday
    items.push(item)
    const after = token.exec(text)?.[1]
    if (after === ']') return items
    if (after !== ',') return notEveryday
  }
}

function mapping(text: string, depth: number): Json | undefined {
  const members: Record<string, Json> = {}
  for (;;) {
    const next = token.exec(text)
    if (next === null) return notEveryday
    const key = next[2]
    if (key === undefined) return next[1] === '}' && Object.keys(members).length === 0 ? members : notEveryday
    const found = token.exec(text)
    const value = found === null ? notEveryday : valueOf(text, found, depth)
    if (value === undefined || !setOnce(members, key, value)) return notEveryday
    const after = token.exec(text)?.[1]
    if (after === '}') return members
    if (after !== ',') return notEveryday
  }
}

/** What stands for itself, or what brackets hold. A key in the place of a value is for the other parser. */
function valueOf(text: string, [, bracket, , quoted, word]: RegExpExecArray, depth: number): Json | undefined {
  return bracket === undefined ? textValue(word, quoted) : bracketed(text, bracket, depth + 1)
}

/** Adds a member, unless it is there already or the key is a prototype: what is to be said of that says the other parser. */
export function setOnce(members: Record<string, Json>, key: string, value: Json): boolean {
  if (key === '__proto__' || Object.hasOwn(members, key)) return false
  members[key] = value
  return true
}
