import { readFile, stat } from 'node:fs/promises'
import { diagnostic, isError, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../diagnostics/outcome.ts'
import { exportNames, type ExportKind } from '../evidence/columns.ts'
import { factsOfMembers } from '../evidence/export-facts.ts'
import { clockTolerance, isFromTheFuture, mergeFacts } from '../evidence/field-state.ts'
import { readExport, type ConsoleExport } from '../evidence/read-export.ts'
import type { Desired } from '../kinds/resource.ts'
import type { Ledger, StoredExports } from '../ledger/contract.ts'
import { domainOf, foldEmail } from '../model/account.ts'
import { compareText } from '../model/address.ts'
import type { Fact } from '../model/evidence.ts'
import type { ObservedFile } from '../model/reports.ts'
import { attempt } from './attempt.ts'
import { claimLedger } from './claim-ledger.ts'
import { connect, type Connection } from './connection.ts'
import { rememberDeclarations } from './remember-declarations.ts'
import { fileReason } from '../diagnostics/file-reason.ts'

/** What observe needs. */
export interface ObserveOptions {
  /** Each file as it is called in messages, and where it is. */
  readonly files: readonly { readonly shown: string; readonly path: string }[]
  readonly desired: Desired
  readonly ledger: Ledger
  readonly now: Date
  /** The time of the exports, where it was given. */
  readonly exportedAt: string | undefined
  /** Confirms a time taken from a file. Absent where nobody can be asked. */
  readonly confirmTime: ((file: string, at: string) => Promise<boolean>) | undefined
  readonly ci: boolean
  /** Where a key is at hand: the organization itself says whether the accounts are its own. */
  readonly connection?: Connection | undefined
}

interface Taken {
  readonly file: string
  readonly at: string
  readonly content: ConsoleExport
  readonly facts: readonly Fact[]
}

/** Takes console exports in as evidence. All files or none: the first problem leaves the ledger untouched. */
export async function observe(options: ObserveOptions): Promise<Outcome<readonly ObservedFile[]>> {
  const taken: Taken[] = []
  const diagnostics: Diagnostic[] = []
  for (const file of options.files) {
    const read = await take(file, options)
    diagnostics.push(...read.diagnostics)
    if (read.ok) taken.push(read.value)
  }
  if (diagnostics.some(isError)) return failed(...diagnostics)
  const written = await attempt(() => record(options, taken))
  if (!written.ok) return failed(...diagnostics, ...written.diagnostics)
  return outcome(taken.map(report), diagnostics)
}

async function take(
  { shown: file, path }: ObserveOptions['files'][number],
  options: ObserveOptions,
): Promise<Outcome<Taken>> {
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
  const time = await timeOf(file, modified, options)
  if (!time.ok) return failed(...read.diagnostics, ...time.diagnostics)
  const at = time.value
  const foreign = await otherOrganization(file, read.value, options)
  if (foreign.length > 0) return failed(...read.diagnostics, ...foreign)
  const { facts, diagnostics } =
    read.value.kind === 'members' ? factsOfMembers(file, read.value, at) : { facts: [], diagnostics: [] }
  return outcome({ file, at, content: read.value, facts }, [
    ...read.diagnostics,
    ...diagnostics,
    ...undeclared(file, facts, options.desired),
  ])
}

/** The time of the fact. A file's own time is only what the disk says, so somebody has to confirm it. */
async function timeOf(
  file: string,
  modified: string,
  { exportedAt, confirmTime, ci, now }: ObserveOptions,
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
  { desired, connection }: ObserveOptions,
): Promise<readonly Diagnostic[]> {
  const { domains: declared, id } = desired.organization.spec
  if (kind === 'members' && declared !== undefined) {
    const found = [...new Set(rows.map(({ email = '' }) => domainOf(email)))].sort(compareText)
    const own = new Set(declared.map(domain => domain.toLowerCase()))
    // Some may be on domains that no document names; most are on those that one does.
    if (rows.filter(({ email = '' }) => own.has(domainOf(email))).length * 2 < rows.length)
      return [diagnostic('evidence/other-organization', { file, found, declared, by: 'domains' })]
  }
  if (connection === undefined) return []
  const sample = rows.slice(0, 50)
  const byId = kind !== 'members'
  const wanted = sample.map(row => (byId ? row['accountId'] : row['email']) ?? '').filter(value => value !== '')
  // A filter that is ignored returns everybody (ref 7), so each answer is looked at.
  const known = new Set(wanted.map(foldEmail))
  const looked = await attempt(async () => {
    const client = await connect(connection, id, 'read')
    try {
      for await (const page of client.users({ ...(byId ? { accountIds: wanted } : { emails: wanted }), expand: [] }))
        if (page.some(user => known.has(foldEmail((byId ? user.accountId : user.email) ?? '')))) return true
      return false
    } finally {
      await client.close()
    }
  })
  if (!looked.ok) return looked.diagnostics
  return looked.value
    ? []
    : [diagnostic('evidence/other-organization', { file, found: wanted, declared: declared ?? [], by: 'accounts' })]
}

function undeclared(file: string, facts: readonly Fact[], { AuthenticationPolicy }: Desired): readonly Diagnostic[] {
  const declared = new Set(AuthenticationPolicy.map(({ spec }) => spec.name))
  const policies = [...new Set(facts.map(({ address }) => address.name))]
    .filter(name => !declared.has(name))
    .sort(compareText)
  return policies.length === 0 ? [] : [diagnostic('evidence/undeclared-policies', { file, policies })]
}

async function record({ ledger, desired, now }: ObserveOptions, taken: readonly Taken[]): Promise<void> {
  const { name, id } = desired.organization.spec
  await claimLedger(ledger, { name, id })
  await rememberDeclarations(ledger, desired.organization.spec, now)
  await ledger.update('evidence', before => ({
    facts: mergeFacts(
      before?.facts ?? [],
      taken.flatMap(({ facts }) => facts),
      now,
    ),
  }))
  await ledger.update('exports', before => taken.reduce((stored, file) => withExport(stored, file, now), before ?? {}))
}

/** Of each export the newest is kept. */
function withExport(stored: StoredExports, { at, content: { kind, rows } }: Taken, now: Date): StoredExports {
  const key = {
    members: 'members',
    accounts: 'accounts',
    'external-users': 'externalUsers',
  } as const satisfies Readonly<Record<ExportKind, string>>
  const before = stored[key[kind]]
  if (before !== undefined && !isFromTheFuture(before, now) && Date.parse(before.at) > Date.parse(at)) return stored
  if (kind === 'accounts')
    return {
      ...stored,
      accounts: {
        at,
        rows: rows.map(({ accountId = '', singleSignOn = '', policyType = '' }) => ({
          accountId,
          singleSignOn,
          policyType,
        })),
      },
    }
  if (kind === 'external-users') {
    return {
      ...stored,
      externalUsers: {
        at,
        rows: rows.map(({ accountId = '', email = '', lastActive = '' }) => ({ accountId, email, lastActive })),
      },
    }
  }
  const policies: Record<string, string[]> = {}
  for (const { policyName = '', email = '' } of rows)
    if (policyName !== '' && email !== '') (policies[policyName] ??= []).push(email)
  return { ...stored, members: { at, policies } }
}

const report = ({ file, at, content, facts }: Taken): ObservedFile => ({
  file,
  export: content.kind,
  title: exportNames[content.kind],
  exportedAt: at,
  rows: content.rows.length,
  policies: [...new Set(facts.map(({ address }) => address.name))],
  facts: facts.map(({ address, path, value }) => ({ ...address, path, value })),
  unknownColumns: content.unknown,
})
