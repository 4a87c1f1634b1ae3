import { join } from 'node:path'
import { diagnostic, isError, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, type Outcome } from '../diagnostics/outcome.ts'
import type { Desired } from '../kinds/resource.ts'
import { formatAddress } from '../model/address.ts'
import type { DriftDifference } from '../model/drift.ts'
import { editDocuments, unifiedDiff, type DocumentEdit } from '../policy/edit-documents.ts'
import { load } from '../policy/load.ts'
import { membershipEdits } from './membership-edits.ts'
import type { LoadedFolder } from './validate.ts'
import { writeTogether } from './write-together.ts'

/** Live values taken over into the documents: the files that were changed, each with its diff. */
export interface Accepted {
  readonly files: readonly { readonly file: string; readonly diff: string }[]
}

/** Writes what was changed outside into the documents. All files or none: documents that would not be valid are not written. */
export async function acceptDrift(
  folder: string,
  loaded: LoadedFolder,
  differences: readonly DriftDifference[],
  now: Date,
): Promise<Outcome<Accepted>> {
  if (!loaded.result.ok) return loaded.result
  const wanted = differences.filter(
    ({ class: which, exception }) => exception === undefined && (which === 'changed-outside' || which === 'conflict'),
  )
  const { edits, diagnostics: left } = editsFor(wanted, loaded.result.value)
  const { texts, refused } = editDocuments(loaded.texts, edits)
  const diagnostics: Diagnostic[] = [
    ...left,
    ...refused.map(({ edit: { address, path }, why }) =>
      diagnostic('drift/not-accepted', { what: `\`${path.join('.')}\` of ${formatAddress(address)}`, why }),
    ),
  ]
  if (texts.size === 0)
    return { ok: true, value: { files: [] }, diagnostics: [...diagnostics, diagnostic('drift/nothing-to-accept', {})] }
  const after = [...loaded.texts].map(([path, text]) => ({
    path,
    bytes: new TextEncoder().encode(texts.get(path) ?? text),
  }))
  const { result } = await load({ folder, files: after, today: now.toISOString().slice(0, 10), places: 'unneeded' })
  // What is live may contradict what the documents must say: that is for a person to settle.
  if (!result.ok) return failed(...diagnostics, ...result.diagnostics.filter(isError))
  const files = [...texts].sort(([a], [b]) => (a < b ? -1 : 1))
  const written = await writeTogether(
    files.map(([file, text]) => ({
      path: join(folder, file),
      inside: folder,
      shown: file,
      text,
      before: loaded.texts.get(file) ?? '',
    })),
  )
  if (!written.ok) return failed(...diagnostics, ...written.diagnostics)
  return {
    ok: true,
    value: {
      files: files.map(([file, text]) => ({ file, diff: unifiedDiff(loaded.texts.get(file) ?? '', text, file) })),
    },
    diagnostics,
  }
}

/** The edits that make the documents say what is live, and what cannot be taken over. */
function editsFor(
  differences: readonly DriftDifference[],
  desired: Desired,
): { readonly edits: readonly DocumentEdit[]; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = []
  const leave = ({ kind, name, path, account }: DriftDifference, why: string): void => {
    const what = `${path === '' ? '' : `\`${path}\` of `}${kind}/${name}${account === undefined ? '' : ` for ${account.email}`}`
    diagnostics.push(diagnostic('drift/not-accepted', { what, why }))
  }
  const edits: DocumentEdit[] = []
  const moved: DriftDifference[] = []
  for (const difference of differences) {
    const { kind, name, path, live } = difference
    if (path === 'members') moved.push(difference)
    else if (path === '') leave(difference, 'the object is gone: remove its document if that is right')
    else if (path === 'access') leave(difference, 'the access rules decide who has access: change the rules')
    else if (live === undefined || live === null) leave(difference, 'its live value is not known')
    else edits.push({ address: { kind, name }, path: path.split('.'), value: live })
  }
  edits.push(...membershipEdits(moved, desired, leave))
  return { edits, diagnostics }
}
