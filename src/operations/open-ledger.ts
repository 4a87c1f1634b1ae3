import { diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../diagnostics/outcome.ts'
import type { Ledger } from '../ledger/contract.ts'
import { folderLedger } from '../ledger/folder-ledger.ts'

export type { Ledger }

/** The ledger at a place. `resolve` turns a relative folder into a path. */
export function openLedger(place: string, resolve: (folder: string) => string): Outcome<Ledger> {
  if (/^[a-z0-9]+:\/\//i.test(place)) return failed(diagnostic('ledger/unsupported', { place }))
  return outcome(folderLedger(resolve(place)), [])
}
