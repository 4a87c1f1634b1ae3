import { isRunName, type Ledger, type RecordKind } from './contract.ts'
import { LedgerError } from './ledger-error.ts'
import type { Pause } from './object-ledger.ts'
import type { ObjectStore, PutEnd } from './object-store.ts'
import { recordPlaces, runsAmong } from './record-places.ts'
import { runNamed } from './run-name.ts'

const attempts = 3

/** Documents of runs in a bucket: an object for each. */
export function objectRecords(store: ObjectStore, pause: Pause): Ledger['records'] {
  const keyOf = (kind: RecordKind, run: string) => `${recordPlaces[kind].folder}/${run}${recordPlaces[kind].ending}`
  return {
    async write(kind, run, text) {
      const key = keyOf(kind, runNamed(run))
      let put: PutEnd = await store.put(key, text)
      // The same text once more does no harm.
      for (let attempt = 1; put.end !== 'written' && attempt < attempts; attempt++) {
        await pause(attempt)
        put = await store.put(key, text)
      }
      if (put.end === 'unknown') throw new LedgerError(put.problem)
    },
    async read(kind, run) {
      return isRunName(run) ? (await store.get(keyOf(kind, run)))?.text : undefined
    },
    async list(kind) {
      const folder = `${recordPlaces[kind].folder}/`
      return runsAmong(
        kind,
        (await store.list(folder)).map(key => key.slice(folder.length)),
      )
    },
  }
}
