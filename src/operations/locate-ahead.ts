import { setImmediate } from 'node:timers/promises'
import { resolvedKinds } from '../kinds/index.ts'
import type { Desired, Resource } from '../kinds/resource.ts'

/**
 * Finds out where documents stand while something else is waited for, a file at a time, until that is there. A plan shows the places of all that it changes, and while the organization answers the
 * processor has nothing else to do.
 */
export async function locatingAhead<T>(desired: Desired, waiting: Promise<T>): Promise<T> {
  const answer = { isThere: false }
  const end = (): void => {
    answer.isThere = true
  }
  waiting.then(end, end)
  for (const resource of resolvedKinds.flatMap(kind => desired[kind] as readonly Resource[])) {
    // Answers come first: they are taken between two files.
    await setImmediate()
    if (answer.isThere) break
    resource.locate([])
  }
  return waiting
}
