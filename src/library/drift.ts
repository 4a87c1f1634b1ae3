import type { DriftReport } from '../model/drift.ts'
import { drift as findDrift } from '../operations/drift.ts'
import { compared } from './open.ts'
import type { LiveOptions } from './options.ts'
import type { Outcome } from './outcome.ts'

/** What a check for drift needs. */
export interface DriftOptions extends LiveOptions {
  /** From when on the audit log is read; where the last reading ended if left out. */
  readonly since?: Date | undefined
  /** Whether everything is read, also what the audit log tells of no change since an earlier check. Everything is read once a day in any case. */
  readonly full?: boolean | undefined
  /** How many accounts are asked, at most, when they were last active: 200 a minute are allowed. 150 if left out. */
  readonly lastActive?: number | undefined
}

/**
 * Compares what was last applied, what is declared and what is live, and says who moved. Reads the organization, and remembers in the ledger that it looked and what it read. Look at `complete` before the differences:
 * a partial read is never in sync.
 */
export async function drift(options: DriftOptions): Promise<Outcome<DriftReport>> {
  const { since, lastActive, full } = options
  return compared(options, opened => findDrift({ ...opened, since, lastActive, full }))
}
