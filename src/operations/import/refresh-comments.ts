import { observedFields } from '../../adoption/observed-fields.ts'
import type { SeenExternalPolicy, SeenPolicy } from '../../adoption/sighting.ts'
import { consoleFieldsOf } from '../../kinds/console-fields.ts'
import { valueAt } from '../../kinds/path.ts'
import { isMembers, type DocumentMember } from '../../model/document-member.ts'
import type { LiveField } from '../../model/evidence.ts'
import { isObject, type Json } from '../../model/json.ts'
import { commentLine } from '../../policy/comment-line.ts'
import { preciseDocuments } from '../../policy/precise-documents.ts'

/** A document that settings by evidence were written into. */
export interface Refreshed {
  readonly kind: string
  /** Its name now. */
  readonly name: string
  readonly file: string
  readonly fields: (SeenPolicy | SeenExternalPolicy)['fields']
  /** Dotted paths of settings that have another value now. */
  readonly changed: ReadonlySet<string>
  /** Dotted paths of those that were not there before. */
  readonly added: ReadonlySet<string>
}

type Document = ReturnType<typeof preciseDocuments>['documents'][number]

/**
 * Brings up to date the comments that import itself wrote: where a value comes from, and what was not observed yet. Every other comment, and every value, stays. A text
 * whose values would not be the same is left as it is.
 */
export function refreshComments(text: string, { kind, name, file, fields, changed, added }: Refreshed): string {
  const find = (from: string): Document | undefined =>
    preciseDocuments(file, from).documents.find(
      ({ value }) => isObject(value) && value['kind'] === kind && value['name'] === name,
    )
  const document = find(text)
  if (document === undefined) return text
  const seen = observedFields({ kind, name }, withWritten(kind, name, fields, document.value), () => undefined)
  let after = text
  for (const [path, comment] of commentsOf(seen.members)) {
    if (!changed.has(path) && !added.has(path)) continue
    const place = find(after)?.locate(path.split('.')).start
    if (place !== undefined) after = withSource(after, place, comment, added.has(path))
  }
  const first = find(after)
  if (first !== undefined) after = withFoot(after, first.locate([]).start, seen.foot)
  return valuesOf(after, file) === valuesOf(text, file) ? after : text
}

const valuesOf = (text: string, file: string): string =>
  JSON.stringify(preciseDocuments(file, text).documents.map(({ value }) => value))

/** What the document says is there, whether evidence shows it or not. */
function withWritten(kind: string, name: string, fields: Refreshed['fields'], value: Json): Refreshed['fields'] {
  const written = consoleFieldsOf({ kind, name }).flatMap(([path]): readonly (readonly [string, LiveField])[] => {
    const own = valueAt(value, path)
    if (own === undefined || fields[path]?.state === 'known') return []
    return [[path, { state: 'known', value: own, evidence: { path, from: 'declaration', at: '' } }]]
  })
  return { ...fields, ...Object.fromEntries(written) }
}

/** The comment behind each value, by its dotted path. */
const commentsOf = (members: readonly DocumentMember[], above = ''): readonly (readonly [string, string])[] =>
  members.flatMap(({ key, value, comment }) =>
    isMembers(value)
      ? commentsOf(value, `${above}${key}.`)
      : comment === undefined
        ? []
        : [[above + key, comment] as const],
  )

/** The line of a member that has one value and, behind it, nothing or what import wrote there. */
const ownLine = /^(\s*[\w-]+: +[^\s#[\]{},&*!|>'"]+)( +# (?:export|attested(?: by .+)?), \d{4}-\d\d-\d\d)?$/

function withSource(text: string, place: number, comment: string, isNew: boolean): string {
  const start = text.lastIndexOf('\n', place) + 1
  const [line = ''] = text.slice(start).split(/\r?\n/, 1)
  const [, value, source] = ownLine.exec(line) ?? []
  if (value === undefined || (source === undefined && !isNew)) return text
  return `${text.slice(0, start)}${value} ${commentLine(comment)}${text.slice(start + line.length)}`
}

/** The comment about what was not observed: its first line, and those that are indented behind the sign. An empty line may stand above it. */
const foot = /(\r?\n)?^# Not observed yet, so left out and not managed:(\r?\n)(?:# {3}.*(?:\r?\n|$(?![\s\S])))+/m

/** The text with another comment in that place, within the document that holds the place given. */
function withFoot(text: string, place: number, lines: readonly string[]): string {
  const [start, end] = documentAround(text, place)
  const found = foot.exec(text.slice(start, end))
  if (found === null) return text
  const [block, gap = '', lineBreak = ''] = found
  const written = lines.map(line => commentLine(line) + lineBreak).join('')
  return (
    text.slice(0, start + found.index) +
    (written === '' ? '' : gap) +
    written +
    text.slice(start + found.index + block.length)
  )
}

/** From where to where the document at a place reaches: no value has a line that looks like the mark between documents. */
function documentAround(text: string, place: number): readonly [start: number, end: number] {
  const marks = [...text.matchAll(/^---(?=\s|$)/gm)].map(({ index }) => index)
  return [marks.findLast(mark => mark <= place) ?? 0, marks.find(mark => mark > place) ?? text.length]
}
