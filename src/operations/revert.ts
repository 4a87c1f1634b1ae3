import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../diagnostics/outcome.ts'
import { madeBy, removedBy, revertOf } from '../engine/revert.ts'
import type { Desired } from '../kinds/resource.ts'
import type { Ledger } from '../ledger/contract.ts'
import type { JournalEntry } from '../model/journal.ts'
import type { JsonObject } from '../model/json.ts'
import type { SavedPlan } from '../model/plan.ts'
import type { RunRecord } from '../model/run-record.ts'
import { attempt } from './attempt.ts'
import { compareRead, readBoth, type BothRead, type CompareOptions } from './compare.ts'
import { desiredFrom, resourcesOf } from './desired-of.ts'
import { nowhere, placelessPlan, withoutPlace } from './placeless-plan.ts'
import { unknownGuards } from './plan.ts'
import { readRecord } from './read-record.ts'

export interface RevertOptions extends CompareOptions {
  /** The run to undo. */
  readonly run: string
  readonly commit?: string | undefined
}

/**
 * Plans to undo a run: the documents of the last apply with what the run changed set back, compared with the live organization. The plan is one like every other, with guards, approvals and console
 * steps. It is about what the run changed and nothing else. Only reads.
 */
export async function revert(options: RevertOptions): Promise<Outcome<SavedPlan>> {
  const { ledger, run } = options
  const unknown = unknownGuards(options.allow)
  if (unknown.length > 0) return failed(...unknown)
  const asked = await attempt(() => recorded(ledger, run))
  if (!asked.ok) return asked
  if (!asked.value.ok) return asked.value
  const { record, sent, documents, policyOf } = asked.value.value
  const steps = record.plan.steps.filter(({ id, channel }) => channel === 'console' || sent(id))
  const made = madeBy(steps)
  const current = desiredIn({ ...removedBy({ steps, before: record.before }), ...made, ...documents })
  if (current === undefined) return failed(noDocuments(run))
  const read = await readBoth(current, options)
  if (!read.ok) return read
  const { live, bindings } = read.value
  const reverted = revertOf({ run, steps, before: record.before, documents, policyOf, live, ids: bindings.ids })
  const noticed: readonly Diagnostic[] = reverted.notReverted.map(facts =>
    diagnostic('revert/not-reverted', { ...facts }),
  )
  const desired = desiredIn(reverted.documents)
  if (desired === undefined) return failed(noDocuments(run))
  const compared = compareRead(desired, nowhere, governing(read.value, made), options, false, reverted.part)
  // What is noticed of documents has no place: no file holds them as they are here.
  const told = [...noticed, ...compared.diagnostics].map(withoutPlace)
  if (!compared.ok) return failed(...told)
  const { draft } = compared.value
  const diagnostics = draft.plan.steps.length === 0 ? [...told, diagnostic('revert/nothing', { run })] : told
  return outcome(placelessPlan(compared.value, desired, diagnostics, options), diagnostics)
}

/** What was read, with what a run made counted among what was applied: only that is ever removed. */
const governing = (read: BothRead, made: Readonly<Record<string, JsonObject>>): BothRead => {
  const { lastApplied } = read.state
  return lastApplied === undefined
    ? read
    : {
        ...read,
        state: { ...read.state, lastApplied: { ...lastApplied, documents: { ...made, ...lastApplied.documents } } },
      }
}

/**
 * Whether a run sent anything for a step. One that failed may have done a part of its work: what is live decides then. One that was so already, or that was refused, is not of this run. A ledger
 * without the journal leaves how the step ended.
 */
function sendings({ steps }: RunRecord, journal: readonly JournalEntry[]): (id: string) => boolean {
  const sent = journal.flatMap(entry => (entry.type === 'sending' ? [entry.step] : []))
  const begun = steps.filter(({ status }) => status === 'done' || status === 'failed').map(({ id }) => id)
  const ids = new Set(journal.length === 0 ? begun : sent)
  return id => ids.has(id)
}

const noDocuments = (run: string) =>
  diagnostic('revert/unreadable', { run, why: 'the ledger does not hold the documents of the last apply' })

async function recorded(
  ledger: Ledger,
  run: string,
): Promise<
  Outcome<{
    readonly record: RunRecord
    readonly sent: (id: string) => boolean
    readonly documents: Readonly<Record<string, JsonObject>>
    readonly policyOf: Readonly<Record<string, string>>
  }>
> {
  const runs = await ledger.records.list('run')
  if (!runs.includes(run)) return failed(diagnostic('revert/unknown-run', { run, runs: [...runs].reverse() }))
  const record = await readRecord(ledger, run)
  if (typeof record === 'string') return failed(diagnostic('revert/unreadable', { run, why: record }))
  const { documents = {}, policyOf = {} } = (await ledger.read('last-applied')) ?? {}
  const sent = sendings(record, await ledger.journal.read(run))
  return outcome({ record, sent, documents, policyOf }, [])
}

const desiredIn = (documents: Readonly<Record<string, JsonObject>>): Desired | undefined =>
  desiredFrom(resourcesOf(documents))
