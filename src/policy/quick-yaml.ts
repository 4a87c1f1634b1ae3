import type { Json } from '../model/json.ts'
import { quickBlock } from './quick-block.ts'
import { quickFlow, setOnce } from './quick-flow.ts'
import { keyPattern, notEveryday, phrasePattern, quotedPattern, textValue } from './quick-scalar.ts'

/** In a text of this length the other parser cannot find more tokens than it takes: what is refused must not depend on who reads it. */
const longestText = 400_000

/** Deeper documents are for the other parser, which has a limit. */
const deepest = 12

/** The end of a line, with a comment or without. */
const end = '(?: *(?:(?<=^|[ \\n])#.*)?(?:\\r?\\n|$))'

// There is one way to read each line, and none is read twice: what a hostile one costs grows with its length.
/** `- `, a key, or both, and a text that ends on the line. The last group takes part where the line is all there is. */
const linePattern = new RegExp(
  `( *)(- )?(?:(${keyPattern}):(?= |\\r?\\n|$))? *(?:(${phrasePattern})|(${quotedPattern}))?(?:${end}())?`,
  'y',
)

const endPattern = new RegExp(end, 'y')

/** A list or a mapping that the next line may go on with. */
interface Block {
  readonly indent: number
  /** Of a list. */
  readonly items?: Json[]
  readonly members: Record<string, Json>
  /** The key whose value may stand on the lines below. */
  waiting?: string | undefined
}

/**
 * The values of the documents in a text of plain, everyday YAML, without their places: many times faster than a parser that keeps them, which is
 * loaded only where something has to be pointed at. Undefined for every other text: two parsers must never read one text differently, so this one
 * takes only what leaves nothing to interpret. Each line is a comment, `---`, or an indented key, item, or item with a key, each with at most one
 * value that ends on the line.
 */
export function quickYaml(text: string): readonly Json[] | undefined {
  if (text.length > longestText) return notEveryday
  const documents: Json[] = []
  let blocks: Block[] = []
  let at: number | undefined = 0
  while (at !== undefined && at < text.length) {
    if (text.startsWith('---', at)) {
      blocks = []
      at = text[at + 3] === '#' ? notEveryday : endOfLine(text, at + 3)
    } else at = readLine(text, at, blocks, documents)
  }
  return at === undefined ? notEveryday : documents
}

/** Where the next line starts, if nothing is left on this one. */
function endOfLine(text: string, at: number): number | undefined {
  endPattern.lastIndex = at
  return endPattern.test(text) ? endPattern.lastIndex : undefined
}

/** Adds what a line says to the blocks that are open, and says where the next one starts. */
function readLine(text: string, at: number, blocks: Block[], documents: Json[]): number | undefined {
  linePattern.lastIndex = at
  const found = linePattern.exec(text)
  if (found === null) return notEveryday
  const [, indent = '', dash, key, phrase, quoted, ended] = found
  let next: number | undefined = linePattern.lastIndex
  let value = textValue(phrase, quoted)
  let isBare = false
  if (ended === undefined) {
    if (phrase !== undefined || quoted !== undefined) return notEveryday
    const longer = longerValue(text, next, key, indent.length + (dash?.length ?? 0))
    if (longer === undefined) return notEveryday
    value = longer.value
    next = endOfLine(text, longer.end)
  } else if (phrase === undefined && quoted === undefined) {
    if (key === undefined) return dash === undefined ? next : notEveryday
    isBare = true
    value = null
  }
  if (next === undefined || value === undefined) return notEveryday
  const line = { indent: indent.length, key, value, isBare }
  return (dash === undefined ? addMember(line, blocks, documents) : addItem(line, blocks, documents))
    ? next
    : notEveryday
}

/** A value that brackets hold, or the lines below a key. */
function longerValue(text: string, start: number, key: string | undefined, indent: number) {
  const opening = text[start]
  if (opening === '[' || opening === '{') return quickFlow(text, start)
  return key !== undefined && (opening === '|' || opening === '>') ? quickBlock(text, start, indent) : undefined
}

interface Line {
  readonly indent: number
  readonly key: string | undefined
  readonly value: Json
  /** Whether no value stands on the line. */
  readonly isBare: boolean
}

function addMember({ indent, key, value, isBare }: Line, blocks: Block[], documents: Json[]): boolean {
  let block = upTo(indent, blocks)
  // A list may stand as deep as the key that it belongs to.
  if (block?.items !== undefined && block.indent === indent) {
    blocks.pop()
    block = blocks.at(-1)
    if (block?.indent !== indent) return false
  }
  if (block?.indent !== indent) {
    const members = {}
    block = { indent, members }
    if (!open(block, members, blocks, documents)) return false
  }
  if (key === undefined || !setOnce(block.members, key, value)) return false
  block.waiting = isBare ? key : undefined
  return true
}

function addItem({ indent, key, value, isBare }: Line, blocks: Block[], documents: Json[]): boolean {
  let block = upTo(indent, blocks)
  if (block?.items === undefined || block.indent !== indent) {
    const items: Json[] = []
    block = { indent, items, members: {} }
    if (!open(block, items, blocks, documents)) return false
  }
  if (key === undefined) {
    block.items?.push(value)
    return true
  }
  const members: Record<string, Json> = {}
  block.items?.push(members)
  blocks.push({ indent: indent + 2, members, waiting: isBare ? key : undefined })
  return setOnce(members, key, value)
}

/** The innermost block that a line of this indentation can belong to; deeper ones have ended. */
function upTo(indent: number, blocks: Block[]): Block | undefined {
  let block = blocks.at(-1)
  while (block !== undefined && block.indent > indent) {
    blocks.pop()
    block = blocks.at(-1)
  }
  return block
}

/** Begins a block in the place of the value that is waited for, or as a document. */
function open(block: Block, value: Json, blocks: Block[], documents: Json[]): boolean {
  const above = blocks.at(-1)
  if (above === undefined) {
    if (block.indent !== 0) return false
    documents.push(value)
  } else {
    const deepEnough = block.indent > above.indent || (block.indent === above.indent && block.items !== undefined)
    if (above.waiting === undefined || !deepEnough || blocks.length >= deepest) return false
    above.members[above.waiting] = value
    above.waiting = undefined
  }
  blocks.push(block)
  return true
}
