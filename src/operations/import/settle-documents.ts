import type { Draft, LeftOut } from '../../adoption/draft.ts'
import { without } from '../../adoption/without.ts'
import { diagnostic, isError, type Diagnostic } from '../../diagnostics/diagnostic.ts'
import { failed, outcome } from '../../diagnostics/outcome.ts'
import { wordsOf } from '../../diagnostics/to-document.ts'
import type { Desired } from '../../kinds/resource.ts'
import { formatAddress, type Address } from '../../model/address.ts'
import { isMembers, type DocumentMember } from '../../model/document-member.ts'
import { isObject, textOf, type Json } from '../../model/json.ts'
import { editDocuments, type DocumentEdit } from '../../policy/edit-documents.ts'
import type { Path } from '../../policy/locate.ts'
import { preciseDocuments } from '../../policy/precise-documents.ts'
import { documentText } from '../../policy/write-document.ts'
import { loadTexts } from './load-texts.ts'
import type { MadeOutcome } from './made.ts'

/** What is to become of the texts of a folder. */
export interface Wanted {
  readonly folder: string
  readonly now: Date
  readonly texts: ReadonlyMap<string, string>
  /** Edits that must be made. */
  readonly edits: readonly DocumentEdit[]
  /** Edits that are left out where the documents refuse the value. */
  readonly settings: readonly DocumentEdit[]
  readonly drafts: readonly Draft[]
  /** The schema that the text of a new file names, if any. */
  readonly schemaOf: (file: string) => string | undefined
  /** Documents that are called otherwise after the edits: the new name by the address. */
  readonly names: ReadonlyMap<string, string>
}

/** Valid documents, and what it took. */
export interface Settled {
  /** All texts of the folder as they are to be. */
  readonly texts: ReadonlyMap<string, string>
  readonly desired: Desired
  readonly leftOut: readonly LeftOut[]
  readonly diagnostics: readonly Diagnostic[]
}

/** Something that can be left out: a setting of a document. */
interface Removable {
  /** Of the document as it is to be called. */
  readonly address: Address
  readonly path: readonly string[]
  readonly edit?: DocumentEdit
  readonly draft?: Draft
}

/** Each round takes at least one setting out, and refusals that come in turns are few. */
const mostRounds = 12

/** Makes edits and adds documents so that all of them are valid: a setting that evidence shows and the documents refuse is left out, with the reason. */
export async function settleDocuments(wanted: Wanted): Promise<MadeOutcome<Settled>> {
  let { settings, drafts } = wanted
  const leftOut: LeftOut[] = []
  for (let round = 0; ; round++) {
    const { texts, diagnostics } = written({ ...wanted, settings, drafts })
    const loaded = await loadTexts(wanted.folder, texts, wanted.now)
    if (loaded.ok) return outcome({ texts, desired: loaded.value, leftOut, diagnostics }, [])
    const errors = loaded.diagnostics.filter(isError)
    const refused = round < mostRounds ? refusedOf(errors, texts, removables(wanted, settings, drafts)) : []
    if (refused.length === 0) return { ...failed(...errors, diagnostic('import/not-valid', {})), texts }
    for (const { removable, why } of refused) {
      const { address, path, edit, draft } = removable
      leftOut.push({ address, path: path.join('.'), why })
      if (edit !== undefined) settings = settings.filter(other => other !== edit)
      // The draft may have lost a setting in this round already.
      else if (draft !== undefined)
        drafts = drafts.map(other => (other.file === draft.file ? without(other, path) : other))
    }
  }
}

function written({ texts, edits, settings, drafts, schemaOf }: Wanted): Pick<Settled, 'texts' | 'diagnostics'> {
  const result = editDocuments(texts, [...edits, ...settings])
  return {
    texts: new Map([
      ...texts,
      ...result.texts,
      ...drafts.map(draft => [draft.file, documentText(draft, schemaOf(draft.file))] as const),
    ]),
    diagnostics: notEdited(result.refused),
  }
}

/** What could not be written into the documents. */
export const notEdited = (refused: ReturnType<typeof editDocuments>['refused']): readonly Diagnostic[] =>
  refused.map(({ edit: { address, path }, why }) =>
    diagnostic('import/not-edited', { what: `\`${path.join('.')}\` of ${formatAddress(address)}`, why }),
  )

function removables({ names }: Wanted, settings: readonly DocumentEdit[], drafts: readonly Draft[]) {
  return [
    ...settings.map((edit): Removable => {
      const { kind, name } = edit.address
      return { address: { kind, name: names.get(formatAddress(edit.address)) ?? name }, path: edit.path, edit }
    }),
    ...drafts.flatMap(draft =>
      leaves(draft.members)
        .filter(([key = '']) => !essential.has(key))
        .map((path): Removable => ({ address: draft.address, path, draft })),
    ),
  ]
}

const essential: ReadonlySet<string> = new Set(['kind', 'name', 'id', 'directory', 'ranges', 'accounts', 'members'])

const leaves = (members: readonly DocumentMember[]): readonly (readonly string[])[] =>
  members.flatMap(({ key, value }) => (isMembers(value) ? leaves(value).map(path => [key, ...path]) : [[key]]))

interface Refused {
  readonly removable: Removable
  readonly why: string
}

/** What the errors are about: the setting that each points at; where it is none, every setting of its document. */
function refusedOf(
  errors: readonly Diagnostic[],
  texts: ReadonlyMap<string, string>,
  candidates: readonly Removable[],
): readonly Refused[] {
  const refused = new Map<Removable, string>()
  for (const error of errors) {
    const document = documentAt(error, texts)
    const own = candidates.filter(({ address }) => formatAddress(address) === document?.address)
    const exact = own.filter(({ path }) => document?.isAt(path))
    for (const removable of exact.length > 0 ? exact : own)
      if (!refused.has(removable)) refused.set(removable, `the documents refuse it: ${wordsOf(error).summary}`)
  }
  return [...refused].map(([removable, why]) => ({ removable, why }))
}

/** The document that an error points into, and whether it points at one of its members or an item of that. */
function documentAt({ span }: Diagnostic, texts: ReadonlyMap<string, string>) {
  if (span === undefined) return undefined
  const { documents } = preciseDocuments(span.file, texts.get(span.file) ?? '')
  const document = documents.findLast(({ locate, value }) => startOf(locate, value) <= span.start) ?? documents[0]
  const { value } = document ?? {}
  if (document === undefined || !isObject(value)) return undefined
  return {
    address: formatAddress({ kind: textOf(value['kind'] ?? null), name: textOf(value['name'] ?? null) }),
    isAt: (path: Path): boolean =>
      document.locate(path).start === span.start || itemsAt(document, path).includes(span.start),
  }
}

/** Where a document begins: at its first key. */
function startOf(locate: (path: Path) => { readonly start: number }, value: Json): number {
  const keys = isObject(value) ? Object.keys(value) : []
  return Math.min(...keys.map(key => locate([key]).start), Number.POSITIVE_INFINITY)
}

function itemsAt(
  { value, locate }: { readonly value: unknown; readonly locate: (path: Path) => { readonly start: number } },
  path: Path,
): readonly number[] {
  let inside: unknown = value
  for (const step of path) inside = (inside as Readonly<Record<string | number, unknown>> | undefined)?.[step]
  return Array.isArray(inside) ? inside.map((_, index) => locate([...path, index]).start) : []
}
