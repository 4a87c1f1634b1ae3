import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isRunName, type Ledger, type RecordKind } from './contract.ts'
import { clearAbandoned, withFileLock } from './file-lock.ts'
import { ifThere, withFile } from './file-problem.ts'
import { recordPlaces, runsAmong } from './record-places.ts'
import { runNamed } from './run-name.ts'

/** Documents of runs in a folder: a file for each, written whole. */
export function folderRecords(folder: string): Ledger['records'] {
  const fileOf = (kind: RecordKind, run: string) =>
    join(folder, recordPlaces[kind].folder, run + recordPlaces[kind].ending)
  return {
    async write(kind, run, text) {
      const file = fileOf(kind, runNamed(run))
      await withFile(file, 'ledger/unwritable', async () => {
        // Each is written once: what a killed run left beside one of them would stay for ever.
        for (const { folder: place } of Object.values(recordPlaces)) await clearAbandoned(join(folder, place))
        await withFileLock(file, replace => replace(text))
      })
    },
    async read(kind, run) {
      if (!isRunName(run)) return undefined
      const file = fileOf(kind, run)
      return withFile(file, 'ledger/unreadable', () => ifThere(readFile(file, 'utf8')))
    },
    async list(kind) {
      const place = join(folder, recordPlaces[kind].folder)
      const names = await withFile(place, 'ledger/unreadable', () => ifThere(readdir(place)))
      return runsAmong(kind, names ?? [])
    },
  }
}
