import { diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../diagnostics/outcome.ts'
import { clockTolerance } from '../evidence/field-state.ts'
import type { Ledger } from '../ledger/contract.ts'
import { parseDuration } from '../model/duration.ts'
import { attempt } from './attempt.ts'

/** The time of the last complete check, unless it is older than that: a check that never ran must be seen by somebody. Reads the ledger only. */
export async function checkAge(ledger: Ledger, maxAge: string, now: Date): Promise<Outcome<string>> {
  const minutes = parseDuration(maxAge)
  if (minutes === undefined) return failed(diagnostic('drift/bad-duration', { flag: '--max-age', value: maxAge }))
  const read = await attempt(() => ledger.read('drift'))
  if (!read.ok) return read
  const last = read.value?.lastCompleteAt
  // A time from the future is no proof that a check ran.
  const age = last === undefined ? Number.NaN : now.getTime() - Date.parse(last)
  return last !== undefined && age <= minutes * 60_000 && age >= -clockTolerance
    ? outcome(last, [])
    : failed(diagnostic('drift/check-too-old', { last: last ?? null, maxAge }))
}
