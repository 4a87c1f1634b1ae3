import { outcome, type Outcome } from '../../diagnostics/outcome.ts'
import type { Desired } from '../../kinds/resource.ts'
import type { PlanSnapshot } from '../../model/plan.ts'
import type { Snapshot } from '../../model/snapshot.ts'
import type { CompareOptions } from '../compare.ts'
import { openSnapshot } from './open-snapshot.ts'

/** A snapshot that was read, and the file for messages. */
export interface GivenSnapshot {
  readonly snapshot: Snapshot
  readonly file: string
}

/** Options by which a comparison asks the snapshot, where one is given, in place of organization and ledger. `also`: other documents that are compared with it. */
export function throughSnapshot<Options extends CompareOptions & { readonly snapshot?: GivenSnapshot | undefined }>(
  options: Options,
  desired: Desired,
  also: readonly Desired[] = [],
): Outcome<Options & { readonly shown?: PlanSnapshot }> {
  const { snapshot: given, now, connection } = options
  if (given === undefined) return outcome(options, [])
  const opened = openSnapshot(given.snapshot, desired, { file: given.file, now, also })
  if (!opened.ok) return opened
  const { reader, ledger, turn, shown } = opened.value
  return outcome(
    { ...options, connection: { ...connection, answers: reader }, ledger, turn, readAt: shown.takenAt, shown },
    opened.diagnostics,
  )
}
