import type { RequestBudget, Step } from '../model/plan.ts'

/** Seconds that one write takes until it is seen to be carried out. **Inferred**: no limit or time of these calls is published (ref 4). */
const secondsPerWrite = 1

/** What a plan cost so far, and what carrying it out will cost at least. */
export function budget(reads: number, lastActive: number, steps: readonly Step[]): RequestBudget {
  const writes = steps.reduce((sum, { requests = [] }) => sum + requests.length, 0)
  return { reads, lastActive, writes, seconds: writes * secondsPerWrite }
}
