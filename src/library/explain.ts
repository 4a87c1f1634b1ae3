import type { ExplainReport } from '../model/coverage.ts'
import { explain as explainOne } from '../operations/explain.ts'
import { compared } from './open.ts'
import type { LiveOptions } from './options.ts'
import type { Outcome } from './outcome.ts'

/** Whom to explain. */
export interface ExplainOptions extends LiveOptions {
  /** The address of one account, in any case. */
  readonly email: string
}

/** Says which policy holds for one account, why, what that asks of it, and what the plan changes. Only reads, and that account only. */
export async function explain(options: ExplainOptions): Promise<Outcome<ExplainReport>> {
  return compared(options, opened => explainOne({ ...opened, email: options.email }))
}
