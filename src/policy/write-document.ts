import { isMembers, type DocumentMember } from '../model/document-member.ts'
import { isObject, type Json } from '../model/json.ts'
import { commentLine } from './comment-line.ts'
import { keyText } from './edit-scalar.ts'
import { inline, type FileStyle } from './edit-style.ts'

/** A document to write, with the comment lines above and below it. */
export interface NewDocument {
  readonly head: readonly string[]
  readonly members: readonly DocumentMember[]
  readonly foot: readonly string[]
}

/** A short list stands on one line up to so many columns. */
const columns = 100

const style: FileStyle = { step: 2, listStep: 2, lists: 'block', quotes: 'single' }

/**
 * A document as readable YAML: the line that names its schema first, comments, the members in their order. Whatever a value holds, reading the text back gives exactly
 * that value, and whatever a comment holds, it stays a comment.
 */
export function documentText({ head, members, foot }: NewDocument, schemaLine: string | undefined): string {
  return [
    ...(schemaLine === undefined ? [] : [`# yaml-language-server: $schema=${commentLine(schemaLine).slice(2)}`]),
    ...head.map(commentLine),
    ...members.flatMap(member => memberLines(member, 0)),
    ...(foot.length > 0 ? ['', ...foot.map(commentLine)] : []),
  ]
    .map(line => `${line}\n`)
    .join('')
}

function memberLines({ key, value, comment }: DocumentMember, indent: number): readonly string[] {
  const head = `${' '.repeat(indent)}${keyOf(key)}:`
  const behind = comment === undefined ? '' : ` ${commentLine(comment)}`
  if (isMembers(value))
    return [`${head}${behind}`, ...value.flatMap(member => memberLines(member, indent + style.step))]
  const plain = value
  if (isObject(plain) && Object.keys(plain).length > 0) {
    const inner = Object.entries(plain).map(([name, own]) => ({ key: name, value: own }))
    return [`${head}${behind}`, ...inner.flatMap(member => memberLines(member, indent + style.step))]
  }
  if (!Array.isArray(plain) || plain.length === 0) return [`${head} ${inline(plain, style, 'plain', 'block')}${behind}`]
  const items = plain as readonly Json[]
  const line = items.every(item => typeof item !== 'object') ? `${head} [${flow(items, columns)}]` : undefined
  if (line !== undefined && line.length <= columns) return [`${line}${behind}`]
  const dash = `${' '.repeat(indent + style.listStep)}- `
  return [`${head}${behind}`, ...items.map(item => dash + itemText(item, 'block'))]
}

/** The items of a list for one line; no more of them than are needed to see that the line is too long. */
function flow(items: readonly Json[], longest: number): string {
  let text = ''
  for (const item of items) {
    text += `${text === '' ? '' : ', '}${itemText(item, 'flow')}`
    if (text.length > longest) break
  }
  return text
}

/** Addresses and the like, which no reader takes for anything else: there may be a hundred thousand, and whether they need quotes has not to be tried. */
const everyday = /^[a-z][\w.+-]*@[a-z0-9][a-z0-9.-]*$/i

function itemText(item: Json, where: 'block' | 'flow'): string {
  if (typeof item !== 'string') return inline(item, style, 'plain', where)
  // Between brackets a colon makes people, and other readers, think of a key.
  return everyday.test(item)
    ? item
    : inline(item, style, where === 'flow' && item.includes(':') ? 'single' : 'plain', where)
}

const keyOf = (key: string): string => (/^[a-z]+$/i.test(key) && !reserved.test(key) ? key : keyText(key, 'plain'))

const reserved = /^(?:null|true|false)$/i
