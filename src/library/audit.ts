import type { AuditReport } from '../model/run-record.ts'
import { audit as followChain } from '../operations/audit.ts'
import { ledgerAt } from './open.ts'
import type { LiveOptions } from './options.ts'
import type { Outcome } from './outcome.ts'
import { told } from './told.ts'

/** Which chain of runs to follow. */
export interface AuditOptions extends Pick<LiveOptions, 'ledger'> {
  /** A digest that must be in the chain, noted elsewhere when its run ended: against that not even whoever can write the whole ledger helps themselves. */
  readonly anchor?: string | undefined
}

/** Follows the records of the runs from the last one back, and computes each digest anew. With a broken chain the outcome is still `ok`: `intact` is false then, and the diagnostics say why. */
export async function audit(options: AuditOptions): Promise<Outcome<AuditReport>> {
  const ledger = ledgerAt(options.ledger)
  if (!ledger.ok) return told(ledger)
  const audited = told(await followChain(ledger.value, options.anchor))
  if (!audited.ok) return audited
  const { value, diagnostics } = audited
  return { ...audited, value: { formatVersion: '1.0', ...value, diagnostics } }
}
