import { failed } from '../diagnostics/outcome.ts'
import { ledgerDocuments } from '../operations/ledger-documents.ts'
import { loadFolder, type LoadedFolder } from '../operations/validate.ts'
import { folderOf } from './folder-of.ts'
import type { Pointed, Session } from './session.ts'
import { ledgerOf, type PlaceOptions } from './settings.ts'

export interface DeclaredOptions extends PlaceOptions {
  readonly policies?: string
  readonly fromLedger?: boolean
}

/** The documents that a command is about: those of a folder, or with `--from-ledger` those that were applied last. */
export async function declared(
  session: Session,
  flags: DeclaredOptions,
): Promise<{ readonly result: LoadedFolder['result']; readonly pointed: Pointed }> {
  const folder = folderOf(session, flags.policies)
  if (flags.fromLedger !== true) {
    const { result, texts } = await loadFolder(session.path(folder), session.world.now())
    return { result, pointed: { folder, texts } }
  }
  const pointed = { folder, texts: new Map<string, string>() }
  const ledger = ledgerOf(session, flags)
  if (!ledger.ok) return { result: failed(...ledger.diagnostics), pointed }
  return { result: await ledgerDocuments(ledger.value), pointed }
}
