import { readFile, stat } from 'node:fs/promises'
import { diagnostic, isError, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { fileReason } from '../diagnostics/file-reason.ts'
import { failed, outcome, type Outcome } from '../diagnostics/outcome.ts'
import { exportNames } from '../evidence/columns.ts'
import { factsOfMembers } from '../evidence/export-facts.ts'
import { clockTolerance } from '../evidence/field-state.ts'
import { readExport, type ConsoleExport } from '../evidence/read-export.ts'
import { domainOf, foldEmail } from '../model/account.ts'
import { compareText } from '../model/address.ts'
import type { Fact } from '../model/evidence.ts'
import type { ObservedFile } from '../model/reports.ts'
import { attempt } from './attempt.ts'
import { reading, type Connection } from './connection.ts'

/** Console exports as people hand them over. */
export interface GivenExports {
  /** Each file as it is called in messages, and where it is. */
  readonly files: readonly { readonly shown: string; readonly path: string }[]
  /** The time of the exports, where it was given. */
  readonly exportedAt: string | undefined
  /** Confirms a time taken from a file. Absent where nobody can be asked. */
  readonly confirmTime: ((file: string, at: string) => Promise<boolean>) | undefined
  readonly ci: boolean
}

/** Whose exports they must be. */
export interface ExportOwner {
  readonly id: string
  /** The domains that documents declare, where there are any. */
  readonly domains: readonly string[] | undefined
  /** Where a key is at hand: the organization itself says whether the accounts are its own. */
  readonly connection: Connection | undefined
}

/** An export that was read and may be recorded. */
export interface TakenExport {
  readonly file: string
  readonly at: string
  readonly content: ConsoleExport
  readonly facts: readonly Fact[]
}

/** Reads console exports. All files or none: what is wrong with any of them is told. */
export async function takeExports(
  given: GivenExports,
  owner: ExportOwner,
  now: Date,
): Promise<Outcome<readonly TakenExport[]>> {
  const taken: TakenExport[] = []
  const diagnostics: Diagnostic[] = []
  for (const file of given.files) {
    const read = await take(file, given, owner, now)
    diagnostics.push(...read.diagnostics)
    if (read.ok) taken.push(read.value)
  }
  return diagnostics.some(isError) ? failed(...diagnostics) : outcome(taken, diagnostics)
}

/** What one of them held, for a report. */
export const observedFile = ({ file, at, content, facts }: TakenExport): ObservedFile => ({
  file,
  export: content.kind,
  title: exportNames[content.kind],
  exportedAt: at,
  rows: content.rows.length,
  policies: [...new Set(facts.map(({ address }) => address.name))],
  facts: facts.map(({ address, path, value }) => ({ ...address, path, value })),
  unknownColumns: content.unknown,
})

async function take(
  { shown: file, path }: GivenExports['files'][number],
  given: GivenExports,
  owner: ExportOwner,
  now: Date,
): Promise<Outcome<TakenExport>> {
  let text: string
  let modified: string
  try {
    const [content, { mtime }] = await Promise.all([readFile(path), stat(path)])
    text = new TextDecoder().decode(content)
    modified = mtime.toISOString()
  } catch (error) {
    return failed(diagnostic('evidence/no-file', { file, why: fileReason(error) }))
  }
  const read = readExport(file, text)
  if (!read.ok) return read
  const time = await timeOf(file, modified, given, now)
  if (!time.ok) return failed(...read.diagnostics, ...time.diagnostics)
  const at = time.value
  const foreign = await otherOrganization(file, read.value, owner)
  if (foreign.length > 0) return failed(...read.diagnostics, ...foreign)
  const { facts, diagnostics } =
    read.value.kind === 'members' ? factsOfMembers(file, read.value, at) : { facts: [], diagnostics: [] }
  return outcome({ file, at, content: read.value, facts }, [...read.diagnostics, ...diagnostics])
}

/** The time of the fact. A file's own time is only what the disk says, so somebody has to confirm it. */
async function timeOf(
  file: string,
  modified: string,
  { exportedAt, confirmTime, ci }: GivenExports,
  now: Date,
): Promise<Outcome<string>> {
  if (exportedAt === undefined) {
    if (ci || confirmTime === undefined) return failed(diagnostic('evidence/time-needed', { file, ci, modified }))
    if (!(await confirmTime(file, modified)))
      return failed(diagnostic('evidence/time-needed', { file, ci: false, modified }))
  }
  const given = exportedAt ?? modified
  const time = Date.parse(given)
  if (Number.isNaN(time) || !isDay(given)) return failed(diagnostic('evidence/bad-time', { value: given }))
  const at = new Date(time).toISOString()
  return time > now.getTime() + clockTolerance
    ? failed(diagnostic('evidence/future-time', { file, at, now: now.toISOString() }))
    : outcome(at, [])
}

/** Whether a time begins with a day that there is: `Date` takes 30 February for 2 March. */
function isDay(text: string): boolean {
  const day = /^\d{4}-\d\d-\d\d/.exec(text)?.[0]
  return day !== undefined && new Date(`${day}T00:00:00Z`).toISOString().startsWith(day)
}

/** Managed accounts are on the organization's own domains; of external ones only the organization can tell. */
async function otherOrganization(
  file: string,
  { kind, rows }: ConsoleExport,
  { id, domains, connection }: ExportOwner,
): Promise<readonly Diagnostic[]> {
  if (kind === 'members' && domains !== undefined) {
    const found = [...new Set(rows.map(({ email = '' }) => domainOf(email)))].sort(compareText)
    const own = new Set(domains.map(domain => domain.toLowerCase()))
    // Some may be on domains that no document names; most are on those that one does.
    if (rows.filter(({ email = '' }) => own.has(domainOf(email))).length * 2 < rows.length)
      return [diagnostic('evidence/other-organization', { file, found, declared: domains, by: 'domains' })]
  }
  if (connection === undefined) return []
  const sample = rows.slice(0, 50)
  const byId = kind !== 'members'
  const wanted = sample.map(row => (byId ? row['accountId'] : row['email']) ?? '').filter(value => value !== '')
  // A filter that is ignored returns everybody (ref 7), so each answer is looked at.
  const known = new Set(wanted.map(foldEmail))
  const looked = await attempt(() =>
    reading(connection, id, async client => {
      for await (const page of client.users({ ...(byId ? { accountIds: wanted } : { emails: wanted }), expand: [] }))
        if (page.some(user => known.has(foldEmail((byId ? user.accountId : user.email) ?? '')))) return true
      return false
    }),
  )
  if (!looked.ok) return looked.diagnostics
  return looked.value
    ? []
    : [diagnostic('evidence/other-organization', { file, found: wanted, declared: domains ?? [], by: 'accounts' })]
}
