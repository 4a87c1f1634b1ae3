import { diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../diagnostics/outcome.ts'
import type { Desired } from '../kinds/resource.ts'
import type { Ledger } from '../ledger/contract.ts'
import { attempt } from './attempt.ts'
import { desiredFrom, resourcesOf } from './desired-of.ts'

/** The documents of the last apply, for whoever has no folder: in Terraform they stand in its own language. */
export async function ledgerDocuments(ledger: Ledger): Promise<Outcome<Desired>> {
  const read = await attempt(() => ledger.read('last-applied'))
  if (!read.ok) return read
  const desired = desiredFrom(resourcesOf(read.value?.documents ?? {}))
  return desired === undefined
    ? failed(diagnostic('ledger/no-documents', { place: ledger.place }))
    : outcome(desired, [])
}
