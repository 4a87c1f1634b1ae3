import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Outcome } from '../diagnostics/outcome.ts'
import type { Ledger } from '../ledger/contract.ts'
import type { AuditedRun, AuditReport, RecordLink, RunRecord } from '../model/run-record.ts'
import { attempt } from './attempt.ts'
import { readRecord } from './read-record.ts'
import { recordDigest } from './write-record.ts'

/** The chain of evidence bundles as it was found. */
export type Audited = Omit<AuditReport, 'formatVersion' | 'diagnostics'>

/**
 * Follows the chain from its head back to its beginning, and computes each digest anew. It shows what was changed, removed or put in between by somebody who did not make everything after it anew;
 * against that only a head that was noted elsewhere helps: `anchor` is such a head, or any digest that must be in the chain.
 */
export async function audit(ledger: Ledger, anchor: string | undefined): Promise<Outcome<Audited>> {
  const read = await attempt(async () => ({
    head: (await ledger.read('runs'))?.head,
    names: await ledger.records.list('run'),
  }))
  if (!read.ok) return read
  const { head, names } = read.value
  const diagnostics: Diagnostic[] = []
  const runs: AuditedRun[] = []
  let link: RecordLink | null = head ?? null
  const seen = new Set<string>()
  while (link !== null) {
    const { run, digest }: RecordLink = link
    const found: RunRecord | string = seen.has(run)
      ? 'it names itself as an earlier one'
      : await whole(ledger, { run, digest })
    seen.add(run)
    if (typeof found === 'string') {
      runs.push({ run, digest, ...nothingKnown, problem: found })
      diagnostics.push(diagnostic('audit/broken', { run, problem: found }))
      break
    }
    runs.push(audited(found, digest))
    link = found.previous
  }
  const intact = diagnostics.length === 0
  if (head === undefined) diagnostics.push(diagnostic('audit/no-runs', { place: ledger.place }))
  if (intact)
    diagnostics.push(...names.filter(name => !seen.has(name)).map(run => diagnostic('audit/not-in-chain', { run })))
  const anchored = anchor === undefined || runs.some(({ digest }) => digest === anchor)
  if (!anchored) diagnostics.push(diagnostic('audit/other-head', { wanted: anchor, head: head?.digest ?? 'none' }))
  return { ok: true, value: { head: head ?? null, intact: intact && anchored, runs }, diagnostics }
}

/** A record that is what the one after it says, or what is wrong with it. */
async function whole(ledger: Ledger, { run, digest }: RecordLink): Promise<RunRecord | string> {
  const record = await readRecord(ledger, run)
  if (typeof record === 'string') return record
  if (recordDigest(record) !== digest) return 'it was changed after it was written: its digest is another'
  return record.run === run ? record : `it is the record of the run ${record.run}`
}

const nothingKnown = { at: '', by: '', complete: false, done: 0, failed: 0, approvedBy: [] } as const

const audited = ({ run, endedAt, origin, complete, steps, approvals }: RunRecord, digest: string): AuditedRun => ({
  run,
  digest,
  at: endedAt,
  by: origin.by,
  complete,
  done: steps.filter(({ status }) => status === 'done').length,
  failed: steps.filter(({ status }) => status === 'failed').length,
  approvedBy: approvals.map(({ approver }) => approver),
})
