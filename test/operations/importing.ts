import { join } from 'node:path'
import { planImport, writeImport, type ImportOptions, type PlannedImport } from '../../src/operations/import.ts'
import { temporaryFolder, valueOf, type Started } from './start.ts'

/** A schema that no editor would take: what is in it does not matter here. */
export const schemaText = '{}\n'

/** Plans an import into a folder as nobody at a terminal does. */
export const planned = ({ connection, ledger, now }: Started, folder: string, changes: Partial<ImportOptions> = {}) =>
  planImport({
    folder: { shown: 'policies', path: folder },
    connection,
    ledger,
    now: now(),
    schema: schemaText,
    ...changes,
  })

/** Imports into a folder. */
export async function imported(
  started: Started,
  folder: string,
  changes: Partial<ImportOptions> = {},
): Promise<PlannedImport> {
  const plan = valueOf(await planned(started, folder, changes))
  valueOf(await writeImport(plan))
  return plan
}

/** A folder that is not there yet. */
export const newFolder = async (): Promise<string> => join(await temporaryFolder(), 'policies')
