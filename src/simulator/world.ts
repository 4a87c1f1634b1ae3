import type { FaultBook } from './faults.ts'
import type { RateLimiter } from './rate-limits.ts'
import type { RecordedRequest } from './recorded-request.ts'
import { seededId } from './seeded-id.ts'
import type { State } from './state.ts'
import type { Switches } from './switches.ts'

/** Which console edits leave an event: all; all but those of the external policies; none, with the audit routes off. */
export type AuditMode = 'full' | 'documented' | 'none'

/** A running simulation: what its routes share. */
export interface World {
  /** Where the simulator answers: no path, no slash at the end. */
  url: string
  state: State
  readonly seed: number
  readonly audit: AuditMode
  readonly switches: Switches
  readonly now: () => number
  readonly sleep: (milliseconds: number) => Promise<void>
  readonly faults: FaultBook
  readonly limiter: RateLimiter
  readonly requests: RecordedRequest[]
  /** Starts over: the state of the scenario, no faults, no recorded requests. */
  readonly reset: () => void
}

/** The next id of a kind of thing: the same for the same seed and history. */
export function nextId({ state, seed }: World, kind: string): string {
  state.sequence += 1
  return seededId(seed, `${kind}/${state.sequence}`)
}
