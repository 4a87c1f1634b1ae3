import type { CST } from 'yaml'
import { isKindName, kindNamed } from '../kinds/index.ts'
import { foldItems } from '../kinds/compare.ts'
import type { Address } from '../model/address.ts'
import { isObject, type Json, type JsonObject } from '../model/json.ts'
import { edited, sortedText, textChanges, type ItemKey } from './edit-changes.ts'
import { spliced } from './edit-lines.ts'
import { syntaxOf, type Refusal } from './edit-source.ts'
import { fileStyleOf } from './edit-style.ts'
import { splicesFor } from './edit-text.ts'
import { preciseDocuments } from './precise-documents.ts'

export { unifiedDiff } from './unified-diff.ts'

/** One member of one document that shall have another value. */
export interface DocumentEdit {
  readonly address: Address
  /** The keys from the document down to the member: `['settings', 'apiTokens']`. */
  readonly path: readonly string[]
  /** Undefined: the member goes. */
  readonly value: Json | undefined
}

export interface EditResult {
  /** The texts that changed, by file. */
  readonly texts: ReadonlyMap<string, string>
  readonly refused: readonly { readonly edit: DocumentEdit; readonly why: string }[]
}

/**
 * Writes values into YAML texts. Only the lines concerned change: comments, order, indentation, line breaks, quotes and anchors elsewhere stay as they
 * are. A list is a set written down: its items that stay keep their line and its new ones come last, whatever the order of the value. An edit that
 * would change another place is refused, and so is one after which the texts would not read as they did with that edit alone.
 */
export function editDocuments(texts: ReadonlyMap<string, string>, edits: readonly DocumentEdit[]): EditResult {
  const files = new Map([...texts].map(([file, text]) => [file, read(file, text)] as const))
  const changed = new Map(files)
  const refused: { readonly edit: DocumentEdit; readonly why: string }[] = []
  for (const edit of edits) {
    // By the names that the texts came with: an edit may change one.
    const found = find(files, edit.address)
    const file = 'why' in found ? undefined : changed.get(found.file)
    const result = 'why' in found || file === undefined ? (found as Refusal) : withEdit(file, found.index, edit)
    if ('why' in result) refused.push({ edit, why: result.why })
    else changed.set(result.file, result)
  }
  const different = [...changed].filter(([file, { text }]) => text !== texts.get(file))
  return { texts: new Map(different.map(([file, { text }]) => [file, text])), refused }
}

/** A file as the loader reads it. */
interface ReadFile {
  readonly file: string
  readonly text: string
  readonly values: readonly Json[]
  /** Whether something is wrong with it. */
  readonly faulty: boolean
}

function read(file: string, text: string): ReadFile {
  const { documents, diagnostics } = preciseDocuments(file, text)
  return { file, text, values: documents.map(({ value }) => value), faulty: diagnostics.length > 0 }
}

function find(
  files: ReadonlyMap<string, ReadFile>,
  { kind, name }: Address,
): { readonly file: string; readonly index: number } | Refusal {
  const found = [...files.values()].flatMap(({ file, values }) =>
    values.flatMap((value, index) =>
      isObject(value) && value['kind'] === kind && value['name'] === name ? [{ file, index }] : [],
    ),
  )
  const [only, another] = found
  if (only === undefined) return { why: 'no document has this kind and name' }
  return another === undefined ? only : { why: 'more than one document has this kind and name' }
}

/** The file with one edit made, all of it or nothing. */
function withEdit(file: ReadFile, index: number, { address, path, value }: DocumentEdit): ReadFile | Refusal {
  const document = file.values[index]
  if (file.faulty) return { why: 'something else is wrong with its file' }
  if (!isObject(document) || path.length === 0) return { why: 'a document as a whole is not for this' }
  const wanted = edited(document, path, value, itemKeyOf(address, path))
  if (wanted === undefined) return { why: 'what it would be in is no mapping' }
  const text = rewritten(file, index, document, wanted)
  if (typeof text !== 'string') return text
  const after = read(file.file, text)
  const values = file.values.map((other, position) => (position === index ? wanted : other))
  return !after.faulty && sortedText(after.values) === sortedText(values)
    ? after
    : { why: 'the way it is written does not allow for it without changing something else' }
}

function rewritten(file: ReadFile, index: number, before: JsonObject, after: JsonObject): string | Refusal {
  let { text } = file
  for (const change of textChanges(before, after)) {
    const documents = syntaxOf(text)
    const document = documents.filter(isFilled)[index]
    if (document === undefined) return { why: 'its document is not where it should be' }
    const splices = splicesFor({ text, document, style: fileStyleOf(documents) }, change)
    if ('why' in splices) return splices
    text = spliced(text, splices)
  }
  return text
}

/** Documents that hold nothing are not read, and have no place among the values. */
const isFilled = ({ value }: CST.Document): boolean =>
  value !== undefined && !(value.type === 'scalar' && /^(?:~|null|Null|NULL)?$/.test(value.source))

/** Which items of a list are the same, as its field compares: in another case, or as another spelling of a range, an item stays as it is. */
function itemKeyOf({ kind }: Address, path: readonly string[]): ItemKey {
  const field = isKindName(kind) ? kindNamed(kind).fields[path.join('.')] : undefined
  if (field?.compare !== 'unordered') return sortedText
  return item => (typeof item === 'string' ? [...foldItems([item])].join() : sortedText(item))
}
