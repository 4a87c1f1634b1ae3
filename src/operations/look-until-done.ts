import type { AccountMove } from '../model/change.ts'

/** Waits; may end early, by rejecting too, where the run is stopped. */
export type Wait = (milliseconds: number) => Promise<void>

/**
 * Pauses between looks at accounts that do not show their change yet. **Inferred**: how far the answers lag behind a change is not documented; changes of roles take
 * up to 30 s to show (ref 2.1).
 */
const pauses = [1_000, 2_000, 4_000, 8_000, 15_000] as const

/** Looks until all accounts are as they should be, or no patience is left. `look` returns those that are not. */
export async function lookUntilDone(
  accounts: readonly AccountMove[],
  wait: Wait,
  look: (expected: readonly AccountMove[]) => Promise<readonly AccountMove[]>,
): Promise<readonly AccountMove[]> {
  let left = await look(accounts)
  for (const pause of pauses) {
    if (left.length === 0) break
    await wait(pause)
    left = await look(left)
  }
  return left
}
