import { accessDifferences, memberDifferences, newAccounts } from '../drift/account-differences.ts'
import { attribute, type AuditLog } from '../drift/attribute.ts'
import { leftOver, objectDifferences } from '../drift/object-differences.ts'
import { silence } from '../drift/silence.ts'
import { sortDifferences } from '../drift/sort-differences.ts'
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../diagnostics/outcome.ts'
import { isFromTheFuture } from '../evidence/field-state.ts'
import { governed } from '../engine/make-plan.ts'
import type { Desired, Resource } from '../kinds/resource.ts'
import { formatAddress } from '../model/address.ts'
import type { DriftDifference, DriftReading, DriftReport } from '../model/drift.ts'
import type { JsonObject } from '../model/json.ts'
import type { Span } from '../model/span.ts'
import { attempt } from './attempt.ts'
import { claimLedger } from './claim-ledger.ts'
import { compare, type Compared, type CompareOptions } from './compare.ts'
import { reading, type CountingReader } from './connection.ts'
import { domainNotices, lifeLeft } from './drift-life.ts'
import { chooseReading, keptSince, type ChosenReading } from './incremental/choose-reading.ts'
import { readLedger } from './ledger-state.ts'
import { readAuditLog, type AuditRead } from './read-audit-log.ts'
import type { LedgerState } from './ledger-state.ts'
import { isTaken } from './suspensions.ts'
import { loadFolder, type FolderRun, type LoadedFolder } from './validate.ts'

export interface DriftOptions extends Omit<CompareOptions, 'allow'> {
  readonly folder: string
  /** From when on the audit log is read; where the last reading ended if left out. */
  readonly since?: Date | undefined
  /** Whether everything is read, whatever an earlier check kept. */
  readonly full?: boolean | undefined
}

/** What a check comes to: what was compared, and what was read besides. */
interface Checked {
  readonly compared: Compared
  readonly found: ReturnType<typeof differencesOf>
  readonly audit: AuditRead
  readonly life: Awaited<ReturnType<typeof lifeLeft>>
  readonly reading: DriftReading
  readonly last: string | undefined
  readonly reads: number
  readonly noticed: readonly Diagnostic[]
}

/** Compares what was last applied, what is declared and what is live, and says who moved. Writes to the ledger that it looked, and what it read, and nowhere else. */
export async function drift(options: DriftOptions): Promise<FolderRun<DriftReport>> {
  const { folder, now, ledger, connection } = options
  const loaded = await loadFolder(folder, now, 'kept')
  if (!loaded.result.ok) return { loaded, outcome: loaded.result }
  const { value: desired, diagnostics: noticed } = loaded.result
  const checked = await attempt(async () => {
    const state = await readLedger(ledger)
    const last = state.drift?.lastCompleteAt
    // Before anything is read or recorded: what a wrong clock records would be believed later.
    if (last !== undefined && isFromTheFuture({ at: last }, now))
      return failed(diagnostic('drift/clock-backwards', { last, now: now.toISOString() }))
    return reading(connection, desired.organization.spec.id, client => check(options, desired, loaded, state, client))
  })
  const done = checked.ok ? checked.value : checked
  if (!done.ok) return { loaded, outcome: failed(...noticed, ...done.diagnostics) }
  return { loaded, outcome: reportOf(done.value, desired, loaded, now, noticed) }
}

/** Reads the organization once, by one client, and compares. */
async function check(
  options: DriftOptions,
  desired: Desired,
  loaded: LoadedFolder,
  state: LedgerState,
  client: CountingReader,
): Promise<Outcome<Checked>> {
  const { now, ledger, since, full = false } = options
  // The audit log first: an edit that comes after it was read is found by the next check.
  const audit = await readAuditLog(client, state, now, {
    since,
    changesSince: full ? undefined : keptSince(state.drift?.reading),
  })
  const life = await lifeLeft(client, desired, now)
  // What the log tells makes evidence stale for everything that is worked out from here on, now and later.
  await recordAudit(options, desired, audit)
  const organization = desired.organization.spec.id
  const chosen = await chooseReading({ client, ledger, state, organization, now, isFull: full, audit })
  const compared = await compare(
    desired,
    loaded,
    { ...options, connection: { ...options.connection, answers: chosen.reader }, allow: [] },
    { policiesReadAt: chosen.policiesReadAt },
  )
  if (!compared.ok) return compared
  const found = differencesOf(desired, loaded, compared.value, audit.log)
  const recorded = await attempt(() => record(options, compared.value, audit, chosen))
  if (!recorded.ok) return failed(...compared.diagnostics, ...recorded.diagnostics)
  return outcome(
    {
      compared: compared.value,
      found,
      audit,
      life,
      reading: chosen.report,
      last: state.drift?.lastCompleteAt,
      reads: client.counts.reads,
      noticed: compared.diagnostics,
    },
    [],
  )
}

function reportOf(
  { compared, found, audit, life, reading: read, last, reads, noticed: whileComparing }: Checked,
  desired: Desired,
  loaded: LoadedFolder,
  now: Date,
  noticed: readonly Diagnostic[],
): Outcome<DriftReport> {
  const { state, live } = compared
  const complete = audit.failure === undefined
  const diagnostics: readonly Diagnostic[] = [
    ...noticed,
    ...whileComparing,
    ...found.diagnostics,
    ...(state.lastApplied === undefined ? [diagnostic('drift/no-history', {})] : []),
    ...(complete ? [] : [diagnostic('drift/partial', { what: ['the audit log'] })]),
  ]
  const { totals, levels } = compared.coverage.before
  const report: DriftReport = {
    formatVersion: '1.0',
    organization: { name: desired.organization.spec.name, id: live.organization.id },
    checkedAt: now.toISOString(),
    lastCompleteAt: complete ? now.toISOString() : (last ?? null),
    complete,
    reading: read,
    history: state.lastApplied !== undefined,
    notRead: [...(audit.failure === undefined ? [] : [{ what: 'the audit log', why: audit.failure }]), ...life.notRead],
    differences: found.differences,
    life: life.left,
    domains: domainNotices(live),
    coverage: { levels, accounts: totals.accounts },
    requests: { reads },
    diagnostics: diagnostics.map(one => loaded.places.document(one)),
  }
  return { ok: true, value: report, diagnostics }
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

/** Remembers when a check was complete, whom it saw, and what it read. */
async function record(
  { ledger, now }: DriftOptions,
  { live, state }: Compared,
  { failure }: AuditRead,
  chosen: ChosenReading,
): Promise<void> {
  if (failure !== undefined) {
    // Everything was read and nothing of it is kept: the next check must not go by what was kept before, and take back what this one found.
    const { drift: last } = state
    if (last?.reading !== undefined)
      await ledger.update('drift', (before = last) => ({ lastCompleteAt: before.lastCompleteAt, seen: before.seen }))
    return
  }
  const seen = [...live.accounts, ...live.externals].map(({ accountId }) => accountId).sort()
  const kept = await chosen.keep()
  await ledger.update('drift', () => ({
    lastCompleteAt: now.toISOString(),
    seen,
    ...(kept !== undefined && { reading: kept }),
  }))
}
