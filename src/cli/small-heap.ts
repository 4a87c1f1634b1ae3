import { setFlagsFromString } from 'node:v8'

/** By how many percent the heap grows before V8 collects it. Left to itself V8 lets it more than double. */
const growth = 40

/** The last V8 in which the flag is known to be there: one that is not makes V8 complain on standard error. */
const newestKnown = 13

/**
 * Keeps the memory of a run near what it holds: plans of 500,000 accounts peak at half. It costs processor time while the run waits for answers anyway (docs/performance.md). Node has no other
 * way to ask for it once it runs.
 */
export function keepHeapSmall(): void {
  if (Number.parseInt(process.versions.v8, 10) <= newestKnown) setFlagsFromString(`--heap-growing-percent=${growth}`)
}
