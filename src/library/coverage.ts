import type { CoverageReport } from '../model/coverage.ts'
import { coverage as measure } from '../operations/coverage.ts'
import { compared } from './open.ts'
import type { LiveOptions } from './options.ts'
import type { Outcome } from './outcome.ts'

/** What a measurement needs. */
export interface CoverageOptions extends LiveOptions {
  /** Whether `accounts` lists every counted account beside the gaps. False if left out. */
  readonly all?: boolean | undefined
  /** Whether the numbers join the trend in the ledger: the only thing this writes. False if left out. */
  readonly record?: boolean | undefined
}

/**
 * Measures the second factor that each account really has to pass, now and as the documents declare it. A requirement that is not met is an error among the diagnostics; the report is there all the
 * same.
 */
export async function coverage(options: CoverageOptions): Promise<Outcome<CoverageReport>> {
  return compared(options, opened => measure({ ...opened, all: options.all === true, record: options.record === true }))
}
