import { outcome, type Outcome } from '../diagnostics/outcome.ts'
import { isError, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { Places } from '../diagnostics/to-document.ts'
import type { Desired } from '../kinds/resource.ts'
import { sortDiagnostics } from '../policy/check-folder.ts'
import { load, type LoadInput } from '../policy/load.ts'
import { readFolder, type FolderContent } from './read-folder.ts'

/** The documents of a folder, with what it takes to say where things stand. */
export interface LoadedFolder {
  readonly result: Outcome<Desired>
  readonly texts: ReadonlyMap<string, string>
  readonly places: Places
}

/** What came of work on a policy folder, with its documents for messages that point into them. */
export interface FolderRun<T> {
  readonly loaded: LoadedFolder
  readonly outcome: Outcome<T>
}

/** Reads and validates a policy folder offline. Problems are in the outcome; nothing is thrown for bad input. */
export const loadFolder = (
  folder: string,
  now: Date,
  places: LoadInput['places'] = 'unneeded',
): Promise<LoadedFolder> => loadContent(folder, readFolder(folder), now, places)

/** Validates what a policy folder holds, wherever it was read from. */
export async function loadContent(
  folder: string,
  { files, diagnostics }: FolderContent,
  now: Date,
  places: LoadInput['places'],
): Promise<LoadedFolder> {
  const unreadable = diagnostics.some(isError)
  const { result, texts } =
    files.length === 0 && unreadable
      ? { result: { ok: false, diagnostics: [] } as const, texts: new Map<string, string>() }
      : await load({ folder, files, today: now.toISOString().slice(0, 10), places })
  const all: readonly Diagnostic[] = sortDiagnostics([...diagnostics, ...result.diagnostics])
  return {
    result: result.ok && !unreadable ? outcome(result.value, all) : { ok: false, diagnostics: all },
    texts,
    places: new Places(texts),
  }
}
