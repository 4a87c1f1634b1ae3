import { nobodyTells } from '../../adoption/document-names.ts'
import { observedFields } from '../../adoption/observed-fields.ts'
import type { SeenExternalPolicy, SeenPolicy } from '../../adoption/sighting.ts'
import { consoleFieldsOf } from '../../kinds/console-fields.ts'
import { valueAt } from '../../kinds/path.ts'
import type { Resource } from '../../kinds/resource.ts'
import { isMembers, type DocumentMember } from '../../model/document-member.ts'
import type { LiveField } from '../../model/evidence.ts'
import { formatAddress } from '../../model/address.ts'
import { isObject, type Json } from '../../model/json.ts'
import { commentLine } from '../../policy/comment-line.ts'
import { preciseDocuments } from '../../policy/precise-documents.ts'
import type { Tried } from './second-import.ts'
import type { Settled } from './settle-documents.ts'

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
  /** Whether it was called otherwise before. */
  readonly renamed?: boolean
  /** Whether what was not observed is written down anew; true where it is left out. */
  readonly complete?: boolean
}

/** The texts with the comments that import wrote brought up to date: of values that changed, and in documents that evidence completes also of what is not observed yet. */
export function refreshed(
  { texts, desired }: Pick<Settled, 'texts' | 'desired'>,
  { matches, edits }: Pick<Tried, 'matches' | 'edits'>,
  complete: boolean,
): Settled['texts'] {
  const result = new Map(texts)
  const objects = [
    ...matches.policies.map(({ document, seen: { fields }, name }) => ({ document, fields, name })),
    ...matches.unseen.map(({ document, fields }) => ({ document, fields, name: document.spec.name })),
    ...matches.external.map(({ document, seen: { fields } }) => ({ document, fields, name: document.spec.name })),
  ]
  for (const { document, fields, name } of objects) {
    const { kind } = document
    const own = edits.settings.filter(({ address }) => formatAddress(address) === formatAddress(document.address))
    const renamed = name !== document.spec.name
    if (own.length === 0 && !renamed && !complete) continue
    const [changed, added] = [true, false].map(
      wasThere =>
        new Set(
          own
            .map(({ path }) => path.join('.'))
            .filter(path => (valueAt(document.spec, path) !== undefined) === wasThere),
        ),
    )
    const now = (desired[kind] as readonly Resource[]).find(({ address }) => address.name === name)
    const file = now?.locate([]).file
    const text = result.get(file ?? '')
    if (file !== undefined && text !== undefined && changed !== undefined && added !== undefined)
      result.set(file, refreshComments(text, { kind, name, file, fields, changed, added, renamed, complete }))
  }
  return result
}

type Document = ReturnType<typeof preciseDocuments>['documents'][number]

/**
 * Brings up to date the comments that import itself wrote: where a value comes from, and what was not observed yet. Every other comment, and every value, stays. A text
 * whose values would not be the same is left as it is.
 */
export function refreshComments(
  text: string,
  { kind, name, file, fields, changed, added, renamed = false, complete = true }: Refreshed,
): string {
  const find = (from: string): Document | undefined =>
    preciseDocuments(file, from).documents.find(
      ({ value }) => isObject(value) && value['kind'] === kind && value['name'] === name,
    )
  const document = find(text)
  if (document === undefined) return text
  const seen = observedFields({ kind, name }, withWritten(kind, name, fields, document.value), () => undefined)
  let after = renamed ? withNameTold(text, document.locate(['name']).start) : text
  for (const [path, comment] of commentsOf(seen.members)) {
    // What documents refuse was not written.
    const isWritten = JSON.stringify(valueAt(document.value, path)) === JSON.stringify(valueOf(fields[path]))
    if (!isWritten || (!changed.has(path) && !added.has(path))) continue
    const place = find(after)?.locate(path.split('.')).start
    if (place !== undefined) after = withSource(after, place, comment, added.has(path))
  }
  const first = find(after)
  if (first !== undefined && complete) after = withFoot(after, first.locate([]).start, seen.foot)
  return valuesOf(after, file) === valuesOf(text, file) ? after : text
}

const valueOf = (field: LiveField | undefined): Json | undefined =>
  field === undefined || field.state === 'unknown' ? undefined : field.value

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

/** The text without the comment that the name in that place is not known. */
function withNameTold(text: string, place: number): string {
  const start = text.lastIndexOf('\n', place) + 1
  const [line = ''] = text.slice(start).split(/\r?\n/, 1)
  const comment = commentLine(nobodyTells)
  return line.endsWith(comment)
    ? text.slice(0, start) + line.slice(0, -comment.length).trimEnd() + text.slice(start + line.length)
    : text
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
