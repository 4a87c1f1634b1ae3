import { diagnostic } from '../../diagnostics/diagnostic.ts'
import type { Ledger, SectionName, Sections } from '../../ledger/contract.ts'
import { LedgerError } from '../../ledger/ledger-error.ts'
import { sectionShapes } from '../../ledger/section-shapes.ts'
import type { JsonObject } from '../../model/json.ts'
import type { SnapshotLedger } from '../../model/snapshot.ts'

/** What a snapshot holds of a ledger, to be read as one. Nothing is ever written to it. */
export function snapshotLedger(file: string, kept: SnapshotLedger): Ledger {
  const readOnly = () =>
    Promise.reject(new LedgerError(diagnostic('ledger/unwritable', { file, why: 'it is a snapshot' })))
  return {
    place: file,
    read: <Name extends SectionName>(name: Name) =>
      Promise.resolve((kept as unknown as Partial<Record<SectionName, unknown>>)[name] as Sections[Name] | undefined),
    update: readOnly,
    journal: { append: readOnly, read: () => Promise.resolve([]) },
    records: { write: readOnly, read: () => Promise.resolve(undefined), list: () => Promise.resolve([]) },
  }
}

/** Whether every section is what a ledger may hold. */
export const isSnapshotLedger = (kept: SnapshotLedger): boolean =>
  Object.entries(kept as unknown as Readonly<Record<string, JsonObject>>).every(([name, content]) =>
    Object.hasOwn(sectionShapes, name) ? sectionShapes[name as SectionName](content) : true,
  )
