import { diagnostic } from '../diagnostics/diagnostic.ts'
import type { Ledger } from '../ledger/contract.ts'
import { LedgerError } from '../ledger/ledger-error.ts'

/** Throws where a ledger belongs to another organization. */
export async function refuseForeign(ledger: Ledger, id: string): Promise<void> {
  const owner = await ledger.read('organization')
  if (owner !== undefined && owner.id !== id) {
    throw new LedgerError(
      diagnostic('ledger/other-organization', { place: ledger.place, ledger: owner.id, documents: id }),
    )
  }
}

/** Makes a new ledger this organization's, and refuses one of another. */
export async function claimLedger(
  ledger: Ledger,
  { id, name }: { readonly id: string; readonly name: string },
): Promise<void> {
  await refuseForeign(ledger, id)
  if ((await ledger.read('organization')) === undefined) await ledger.update('organization', () => ({ id, name }))
}
