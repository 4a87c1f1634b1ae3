import type { SubjectEvent } from '../drift/attribute.ts'
import type { Ledger, Sections } from '../ledger/contract.ts'
import type { JournaledRun } from './journal.ts'
import { openRun } from './open-run.ts'
import { lastAppliedBy } from './record-apply.ts'

/** All that a plan needs of the ledger, read once. */
export interface LedgerState {
  readonly organization: Sections['organization'] | undefined
  readonly facts: Sections['evidence']['facts']
  readonly exports: Sections['exports']
  readonly bindings: Sections['bindings']['policies']
  readonly lastApplied: Sections['last-applied'] | undefined
  readonly suspensions: Sections['suspensions']['accounts']
  readonly declarations: Sections['declarations']['seen']
  readonly checks: Sections['checks'] | undefined
  readonly drift: Sections['drift'] | undefined
  /** The run whose end was not recorded: it is going on, or was cut off. What its journal tells is in `lastApplied` already. */
  readonly open: JournaledRun | undefined
  readonly audit: { readonly through: string | undefined; readonly events: readonly SubjectEvent[] }
}

/** Reads the sections side by side. A ledger that is not there yet is an empty one. */
export async function readLedger(ledger: Ledger): Promise<LedgerState> {
  const [organization, evidence, exports, bindings, applied, suspensions, declarations, checks, drift, audit, open] =
    await Promise.all([
      ledger.read('organization'),
      ledger.read('evidence'),
      ledger.read('exports'),
      ledger.read('bindings'),
      ledger.read('last-applied'),
      ledger.read('suspensions'),
      ledger.read('declarations'),
      ledger.read('checks'),
      ledger.read('drift'),
      ledger.read('audit'),
      openRun(ledger),
    ])
  const lastApplied =
    open?.remember === true && applied?.run !== open.run
      ? lastAppliedBy(open.plan, open, { run: open.run, at: open.at }, applied)
      : applied
  return {
    organization,
    facts: evidence?.facts ?? [],
    exports: exports ?? {},
    bindings: bindings?.policies ?? {},
    lastApplied,
    suspensions: suspensions?.accounts ?? {},
    declarations: declarations?.seen ?? {},
    checks,
    drift,
    open,
    audit: { through: audit?.through, events: (audit?.events ?? []) as unknown as readonly SubjectEvent[] },
  }
}
