import type { Adopted, Draft, LeftOut } from '../adoption/draft.ts'
import { without } from '../adoption/without.ts'
import { isError, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { wordsOf } from '../diagnostics/to-document.ts'
import { isMembers, type DocumentMember } from '../model/document-member.ts'
import type { Span } from '../model/span.ts'
import { load } from '../policy/load.ts'
import { preciseDocuments } from '../policy/precise-documents.ts'
import { documentText } from '../policy/write-document.ts'

/** Each round takes at least one member out, and refusals that come in turns are few. */
const mostRounds = 12

/** Drafts without what the documents refuse, each with the reason, and what is refused all the same: no member could be taken out for it. */
export interface ValidDrafts extends Adopted {
  readonly diagnostics: readonly Diagnostic[]
}

/** Takes out of drafts what the rules of documents refuse: evidence may show what none may call for, such as single sign-on outside an identity provider’s directory. */
export async function validDrafts(adopted: Adopted, today: string): Promise<ValidDrafts> {
  let { drafts } = adopted
  const leftOut: LeftOut[] = []
  for (let round = 0; ; round++) {
    const texts = new Map(drafts.map(draft => [draft.file, documentText(draft, undefined)]))
    const files = [...texts].map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) }))
    const { result } = await load({ folder: '', files, today, places: 'unneeded' })
    const errors = result.diagnostics.filter(isError)
    const refused = round < mostRounds ? errors.flatMap(error => refusedMember(drafts, texts, error) ?? []) : []
    if (refused.length === 0)
      return { ...adopted, drafts, leftOut: [...adopted.leftOut, ...leftOut], diagnostics: errors }
    const done = new Set<string>()
    for (const { draft, path, why } of refused) {
      const key = JSON.stringify([draft.file, path])
      if (done.has(key)) continue
      done.add(key)
      leftOut.push({ address: draft.address, ...(path.length > 0 && { path: path.join('.') }), why })
      drafts = drafts.flatMap(other =>
        other.file !== draft.file ? [other] : path.length === 0 ? [] : [without(other, path)],
      )
    }
  }
}

interface Refused {
  readonly draft: Draft
  /** Empty where the document cannot be without it. */
  readonly path: readonly string[]
  readonly why: string
}

/** The member that an error is about: the one whose key, or one of whose values, stands where it points. */
function refusedMember(
  drafts: readonly Draft[],
  texts: ReadonlyMap<string, string>,
  error: Diagnostic,
): Refused | undefined {
  const { span } = error
  const draft = drafts.find(({ file }) => file === span?.file)
  if (draft === undefined || span === undefined) return undefined
  const [document] = preciseDocuments(draft.file, texts.get(draft.file) ?? '').documents
  const path = leaves(draft.members).findLast(leaf => startOf(document?.locate(leaf)) <= span.start) ?? []
  const isEssential = path.length === 1 && essential.has(path[0] ?? '')
  // An organization that is refused leaves nothing to import.
  if (isEssential && draft.address.kind === 'Organization') return undefined
  return { draft, path: isEssential ? [] : path, why: `documents refuse it: ${wordsOf(error).summary}` }
}

const essential: ReadonlySet<string> = new Set(['kind', 'name', 'id', 'directory', 'ranges', 'accounts'])

const startOf = (span: Span | undefined): number => span?.start ?? Number.POSITIVE_INFINITY

/** The paths of all values, in the order in which they stand. */
const leaves = (members: readonly DocumentMember[]): readonly (readonly string[])[] =>
  members.flatMap(({ key, value }) => (isMembers(value) ? leaves(value).map(path => [key, ...path]) : [[key]]))
