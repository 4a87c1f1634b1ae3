import { summaryOf } from '../coverage/summary.ts'
import { accessDifferences, memberDifferences, newAccounts } from '../drift/account-differences.ts'
import { attribute, type AuditLog } from '../drift/attribute.ts'
import { leftOver, objectDifferences } from '../drift/object-differences.ts'
import { silence } from '../drift/silence.ts'
import { sortDifferences } from '../drift/sort-differences.ts'
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, outcome } from '../diagnostics/outcome.ts'
import { isFromTheFuture } from '../evidence/field-state.ts'
import { governed } from '../engine/make-plan.ts'
import type { Desired, Resource } from '../kinds/resource.ts'
import { formatAddress } from '../model/address.ts'
import type { DriftDifference, DriftReport } from '../model/drift.ts'
import type { JsonObject } from '../model/json.ts'
import type { Span } from '../model/span.ts'
import { attempt } from './attempt.ts'
import { claimLedger } from './claim-ledger.ts'
import { compare, type Compared, type CompareOptions } from './compare.ts'
import { reading } from './connection.ts'
import { domainNotices, lifeLeft } from './drift-life.ts'
import { readLedger } from './ledger-state.ts'
import { readAuditLog, type AuditRead } from './read-audit-log.ts'
import type { LedgerState } from './ledger-state.ts'
import { isTaken } from './suspensions.ts'
import { loadFolder, type FolderRun, type LoadedFolder } from './validate.ts'

export interface DriftOptions extends Omit<CompareOptions, 'allow'> {
  readonly folder: string
  /** From when on the audit log is read; where the last reading ended if left out. */
  readonly since?: Date | undefined
}

/** Compares what was last applied, what is declared and what is live, and says who moved. Writes to the ledger that it looked, and nowhere else. */
export async function drift(options: DriftOptions): Promise<FolderRun<DriftReport>> {
  const { folder, now, ledger, connection } = options
  const loaded = await loadFolder(folder, now, 'kept')
  if (!loaded.result.ok) return { loaded, outcome: loaded.result }
  const { value: desired, diagnostics: noticed } = loaded.result
  const read = await attempt(async () => {
    const state = await readLedger(ledger)
    const last = state.drift?.lastCompleteAt
    // Before anything is read or recorded: what a wrong clock records would be believed later.
    if (last !== undefined && isFromTheFuture({ at: last }, now))
      return failed(diagnostic('drift/clock-backwards', { last, now: now.toISOString() }))
    return reading(connection, desired.organization.spec.id, async client => {
      // The audit log first: an edit that comes after it was read is found by the next check.
      const audit = await readAuditLog(client, state, now, options.since)
      return outcome({ audit, last, life: await lifeLeft(client, desired, now), reads: client.counts.reads }, [])
    })
  })
  const begun = read.ok ? read.value : read
  if (!begun.ok) return { loaded, outcome: failed(...noticed, ...begun.diagnostics) }
  const { audit, last, life, reads } = begun.value
  // What the log tells makes evidence stale for everything that is worked out from here on, now and later.
  const kept = await attempt(() => recordAudit(options, desired, audit))
  if (!kept.ok) return { loaded, outcome: failed(...noticed, ...kept.diagnostics) }
  const compared = await compare(desired, loaded, { ...options, allow: [] })
  if (!compared.ok) return { loaded, outcome: failed(...noticed, ...compared.diagnostics) }
  const { state } = compared.value
  const found = differencesOf(desired, loaded, compared.value, audit.log)
  const recorded = await attempt(() => record(options, compared.value, audit))
  if (!recorded.ok) return { loaded, outcome: failed(...noticed, ...compared.diagnostics, ...recorded.diagnostics) }

  const complete = audit.failure === undefined
  const notRead = [
    ...(audit.failure === undefined ? [] : [{ what: 'the audit log', why: audit.failure }]),
    ...life.notRead,
  ]
  const diagnostics: readonly Diagnostic[] = [
    ...noticed,
    ...compared.diagnostics,
    ...found.diagnostics,
    ...(state.lastApplied === undefined ? [diagnostic('drift/no-history', {})] : []),
    ...(complete ? [] : [diagnostic('drift/partial', { what: ['the audit log'] })]),
  ]
  const { rows, requirements } = compared.value.measured
  const { totals, levels } = summaryOf(rows, requirements, 'now', span => loaded.places.source(span))
  const report: DriftReport = {
    formatVersion: '1.0',
    organization: { name: desired.organization.spec.name, id: compared.value.live.organization.id },
    checkedAt: now.toISOString(),
    lastCompleteAt: complete ? now.toISOString() : (last ?? null),
    complete,
    history: state.lastApplied !== undefined,
    notRead,
    differences: found.differences,
    life: life.left,
    domains: domainNotices(compared.value.live),
    coverage: { levels, accounts: totals.accounts },
    requests: { reads: reads + compared.value.reads },
    diagnostics: diagnostics.map(one => loaded.places.document(one)),
  }
  return { loaded, outcome: { ok: true, value: report, diagnostics } }
}

/** What a run that was cut off, or goes on, was just changing may stand between both ends: nobody else did that. */
function underWay(one: DriftDifference, { open }: LedgerState): DriftDifference {
  const step = open?.plan.steps.find(({ id }) => id === open.underWay)
  if (open === undefined || step?.kind !== one.kind || step.name !== one.name) return one
  if (one.class !== 'changed-outside' && one.class !== 'conflict') return one
  return { ...one, class: 'settling', why: `the run ${open.run} was changing it, and its end is not recorded` }
}

/** Whether an apply surely took the access of an account: one whose end is not recorded only meant to. */
const wasTaken = ({ suspensions, open }: LedgerState, accountId: string): boolean =>
  isTaken(suspensions[accountId]) && suspensions[accountId]?.run !== open?.run

function differencesOf(
  desired: Desired,
  loaded: LoadedFolder,
  { live, state, draft }: Compared,
  log: AuditLog,
): { readonly differences: readonly DriftDifference[]; readonly diagnostics: readonly Diagnostic[] } {
  const source = (span: Span) => loaded.places.source(span)
  const applied = state.lastApplied?.documents
  const resources = governed.flatMap((kind): readonly Resource[] => desired[kind])
  const objects = new Map(live.objects.map(object => [formatAddress(object.address), object]))
  const input = {
    desired,
    live,
    claimed: draft.claimed,
    waiting: draft.waiting,
    applied: state.lastApplied?.policyOf,
    steps: draft.plan.steps,
    suspended: new Set(Object.keys(state.suspensions).filter(accountId => wasTaken(state, accountId))),
    seen: state.drift === undefined ? undefined : new Set(state.drift.seen),
    source,
  }
  const found = [
    ...resources.flatMap(resource =>
      objectDifferences(resource, objects.get(formatAddress(resource.address)), applied, source),
    ),
    ...leftOver(new Set(resources.map(({ address }) => formatAddress(address))), live.objects, applied),
    ...memberDifferences(input),
    ...accessDifferences(input),
    ...newAccounts(input),
  ]
  const attributed = found
    .map(one => underWay(one, state))
    .map(one => attribute(one, log, objects.get(formatAddress(one))?.id))
  const { differences, diagnostics } = silence(attributed, desired.Exception)
  return { differences: sortDifferences(differences), diagnostics }
}

/** Remembers what the audit log told, and until when it was read. */
async function recordAudit({ ledger }: DriftOptions, desired: Desired, { log, through }: AuditRead): Promise<void> {
  const { name, id } = desired.organization.spec
  await claimLedger(ledger, { name, id })
  if (through === undefined) return
  await ledger.update('audit', () => ({ through, events: log.events as unknown as readonly JsonObject[] }))
}

/** Remembers when everything was read, and whom the check saw. */
async function record({ ledger, now }: DriftOptions, { live }: Compared, { failure }: AuditRead): Promise<void> {
  if (failure !== undefined) return
  const seen = [...live.accounts, ...live.externals].map(({ accountId }) => accountId).sort()
  await ledger.update('drift', () => ({ lastCompleteAt: now.toISOString(), seen }))
}
