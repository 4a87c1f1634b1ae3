import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../diagnostics/outcome.ts'
import { Places } from '../diagnostics/to-document.ts'
import type { KindName } from '../kinds/index.ts'
import type { Desired } from '../kinds/resource.ts'
import type { Ledger } from '../ledger/contract.ts'
import { compareText } from '../model/address.ts'
import type { ImportReport } from '../model/import-report.ts'
import { attempt } from './attempt.ts'
import { reading, type Connection } from './connection.ts'
import { chooseOrganization, type VisibleOrganization } from './import/choose-organization.ts'
import { firstImport } from './import/first-import.ts'
import { importReport } from './import/import-report.ts'
import { look, type Looked } from './import/look.ts'
import type { Made, MadeOutcome } from './import/made.ts'
import { recordImport, recordingOf, type Recording } from './import/record-import.ts'
import { homeOf, schemaFile } from './import/schema-file.ts'
import { secondImport } from './import/second-import.ts'
import { withExportedFacts, withExports } from './record-exports.ts'
import { takeExports, type GivenExports, type TakenExport } from './take-exports.ts'
import { loadFolder, type LoadedFolder } from './validate.ts'
import { writeTogether, type NewFile } from './write-together.ts'

export type { GivenExports, KindName, NewFile, VisibleOrganization }

/** What an import needs. */
export interface ImportOptions {
  /** The folder as it is called in messages, and where it is: absolute. It need not be there yet. */
  readonly folder: { readonly shown: string; readonly path: string }
  readonly connection: Connection
  readonly ledger: Ledger
  readonly now: Date
  /** The id of the organization; needed only where neither the folder nor the key tells. */
  readonly organization?: string | undefined
  /** Asks which of several organizations is meant; undefined where nobody answers. Absent where nobody can be asked. */
  readonly choose?: ((organizations: readonly VisibleOrganization[]) => Promise<string | undefined>) | undefined
  /** Console exports. Their facts count as if they were recorded already, and are recorded once the files are written. */
  readonly exports?: GivenExports | undefined
  /** Only documents of these kinds come or change; all where it is empty. */
  readonly only?: readonly KindName[]
  /** Adds to documents that are there what evidence shows and they leave out. */
  readonly complete?: boolean
  /** The JSON Schema of the documents, as text: it goes into a new folder. */
  readonly schema: string
}

/** What an import would write, and what it tells. */
export interface PlannedImport {
  readonly report: ImportReport
  readonly files: readonly NewFile[]
  /** What goes into the ledger once the files are written. */
  readonly recording: Recording
  readonly signal: AbortSignal | undefined
}

/** An outcome with the texts that the places in its diagnostics point into. */
export type ImportOutcome = Outcome<PlannedImport> & { readonly texts: ReadonlyMap<string, string> }

/** Looks at the organization and at the folder, and says what would make the documents say what is live. Writes nothing. */
export async function planImport(options: ImportOptions): Promise<ImportOutcome> {
  const { folder, now, connection, ledger, exports } = options
  const there = await folderThere(options)
  const texts = there?.texts ?? new Map<string, string>()
  if (there?.result.ok === false) {
    const ours = there.texts.size > 0 ? [diagnostic('import/folder-not-ours', { folder: folder.shown })] : []
    return { ...failed(...there.result.diagnostics, ...ours), texts }
  }
  const desired = there?.result.value
  const organization = await organizationOf(options, desired)
  if (!organization.ok) return { ...organization, texts }
  const { id } = organization.value
  const taken = exports === undefined ? nothingTaken : await take(options, exports, id)
  if (!taken.ok) return { ...taken, texts }
  const looked = await look({
    connection,
    ledger,
    now,
    id,
    desired,
    withTaken: stored => ({
      ...stored,
      facts: withExportedFacts(stored.facts, taken.value, now),
      exports: withExports(stored.exports, taken.value, now),
    }),
  })
  const noticed = [...taken.diagnostics, ...looked.diagnostics]
  if (!looked.ok) return { ...failed(...noticed), texts }
  const made = await make(options, desired, texts, looked.value)
  if (!made.ok) return { ...failed(...noticed, ...made.diagnostics), texts: made.texts ?? texts }
  const diagnostics = [...noticed, ...made.value.diagnostics]
  const before = desired === undefined ? textsBeside(folder.path) : texts
  const report = importReport({
    folder: folder.shown,
    made: made.value,
    sighting: looked.value.sighting,
    taken: taken.value,
    before,
    places: there?.places ?? new Places(texts),
    diagnostics,
  })
  const recording = recordingOf({
    ledger,
    now,
    taken: taken.value,
    made: made.value,
    desired,
    state: looked.value.state,
  })
  const files = newFiles(folder, made.value, before)
  return { ok: true, value: { report, files, recording, signal: connection.signal }, diagnostics, texts }
}

/** Writes what was planned: all files or none, those of `alongside` with them; then the exports are recorded as evidence. */
export async function writeImport(
  { report, files, recording, signal }: PlannedImport,
  alongside: readonly NewFile[] = [],
): Promise<Outcome<ImportReport>> {
  const written = await writeTogether([...files, ...alongside], { signal })
  if (!written.ok) return written
  const recorded = await attempt(() => recordImport(recording))
  if (!recorded.ok)
    return failed(...recorded.diagnostics, diagnostic('import/not-recorded', { exports: recording.taken.length }))
  return outcome({ ...report, written: true }, [])
}

/** The folder, unless there is nothing in it that could be a document. */
async function folderThere({ folder, now }: ImportOptions): Promise<LoadedFolder | undefined> {
  if (!existsSync(folder.path)) return undefined
  const loaded = await loadFolder(folder.path, now, 'kept')
  const isEmpty =
    loaded.texts.size === 0 && loaded.result.diagnostics.every(({ code }) => code === 'policy/no-documents')
  return isEmpty ? undefined : loaded
}

/** Which organization: that of the documents, else the one that is chosen. */
async function organizationOf(
  { folder, connection, organization: given, choose }: ImportOptions,
  desired: Desired | undefined,
): Promise<Outcome<{ readonly id: string }>> {
  if (desired === undefined) return chooseOrganization({ connection, given, choose })
  const { id } = desired.organization.spec
  return given === undefined || given.toLowerCase() === id.toLowerCase()
    ? outcome({ id }, [])
    : failed(diagnostic('import/other-organization', { folder: folder.shown, documents: id, given }))
}

const nothingTaken = outcome<readonly TakenExport[]>([], [])

/** Reads the exports. Which domains are the organization’s, verified or not, it is asked itself: documents may lag behind. */
async function take(
  { connection, now }: ImportOptions,
  exports: GivenExports,
  id: string,
): Promise<Outcome<readonly TakenExport[]>> {
  const listed = await attempt(() => reading(connection, id, client => client.domains()))
  return listed.ok
    ? takeExports(exports, { id, domains: listed.value.map(({ name }) => name), connection }, now)
    : listed
}

/** All documents where there are none, with their schema; else what differs. */
async function make(
  { folder, now, only = [], complete = false, schema }: ImportOptions,
  desired: Desired | undefined,
  texts: ReadonlyMap<string, string>,
  { sighting, state, groupsOf }: Looked,
): Promise<MadeOutcome> {
  const input = { sighting, state, folder: folder.shown, now, only }
  if (desired === undefined) {
    const made = await firstImport(input)
    const isThere = textsBeside(folder.path).get(schemaFile) === schema
    return made.ok && !isThere
      ? { ...made, value: { ...made.value, texts: new Map([...made.value.texts, [schemaFile, schema]]) } }
      : made
  }
  const hasSchema = existsSync(join(folder.path, homeOf(desired), schemaFile))
  return secondImport({ ...input, desired, texts, groupsOf, complete, hasSchema })
}

/** What a new schema takes the place of. */
function textsBeside(folder: string): ReadonlyMap<string, string> {
  const path = join(folder, schemaFile)
  return existsSync(path) ? new Map([[schemaFile, readFileSync(path, 'utf8')]]) : new Map()
}

const newFiles = (
  { shown, path }: ImportOptions['folder'],
  { texts }: Pick<Made, 'texts'>,
  before: ReadonlyMap<string, string>,
): readonly NewFile[] =>
  [...texts]
    .sort(([a], [b]) => compareText(a, b))
    .map(([file, text]) => {
      const old = before.get(file)
      return {
        path: join(path, file),
        inside: path,
        shown: `${shown}/${file}`,
        text,
        ...(old !== undefined && { before: old }),
      }
    })
