import type { SavedPlan } from '../model/plan.ts'
import { readPlan as readSaved, savePlan as writeSaved } from '../operations/saved-plan.ts'
import type { Outcome } from './outcome.ts'
import { told } from './told.ts'

/** Saves a plan in a file that only its owner can read: it names people. */
export async function savePlan(file: string, plan: SavedPlan): Promise<Outcome<undefined>> {
  return told(await writeSaved(file, plan))
}

/** Reads a saved plan. One that is not as it was saved is refused with `plan/file-edited`. */
export async function readPlan(file: string): Promise<Outcome<SavedPlan>> {
  return told(await readSaved(file))
}
