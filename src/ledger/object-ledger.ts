import type { Ledger } from './contract.ts'
import { currentFormat, type LedgerFormat } from './migrations.ts'
import { objectJournal } from './object-journal.ts'
import { objectRecords } from './object-records.ts'
import { objectSections } from './object-sections.ts'
import type { ObjectStore } from './object-store.ts'

/** What a ledger in a bucket takes from its surroundings. */
export interface ObjectLedgerOptions {
  /** A mark that no other write has. */
  readonly mark: () => string
  /** From 0 up to 1. */
  readonly random: () => number
  readonly sleep: (milliseconds: number) => Promise<void>
  readonly format?: LedgerFormat
}

/** Waits before another attempt: longer each time, and never the same for two that collided. */
export type Pause = (attempt: number) => Promise<void>

const firstWait = 50
const longestWait = 1_000

/** A ledger in a bucket: one object for each section, for each addition to a journal and for each record. */
export function objectLedger(
  store: ObjectStore,
  { mark, random, sleep, format = currentFormat }: ObjectLedgerOptions,
): Ledger {
  const pause: Pause = attempt => sleep(Math.ceil(random() * Math.min(longestWait, firstWait * 2 ** attempt)))
  return {
    place: store.at(''),
    ...objectSections(store, { mark, pause, format }),
    journal: objectJournal(store, { mark, pause }),
    records: objectRecords(store, pause),
  }
}
