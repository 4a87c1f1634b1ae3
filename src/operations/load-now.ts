import { isError, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { outcome, type Outcome } from '../diagnostics/outcome.ts'
import { Places } from '../diagnostics/to-document.ts'
import type { Desired } from '../kinds/resource.ts'
import { checkFolder, sortDiagnostics, type FileDocuments } from '../policy/check-folder.ts'
import { decodeText } from '../policy/decode-text.ts'
import type { PolicyFile } from '../policy/load.ts'
import { preciseDocuments } from '../policy/precise-documents.ts'
import { compareBytes } from '../policy/rules/rule.ts'
import { inlineFiles } from './inline-documents.ts'
import { readFolder } from './read-folder.ts'
import type { LoadedFolder } from './validate.ts'

/** Where documents come from: a folder, or a program that holds them. */
export type DocumentSource = { readonly folder: string } | { readonly documents: readonly unknown[] }

/**
 * Reads and validates documents at once, for constructors, which cannot wait. It says the same as `loadFolder`, which loads the parser that knows places only where something has to be pointed at.
 */
export function loadNow(source: DocumentSource, now: Date): LoadedFolder {
  const { files, diagnostics } = 'folder' in source ? readFolder(source.folder) : inlineFiles(source.documents)
  const unreadable = diagnostics.some(isError)
  const texts = new Map<string, string>()
  const result: Outcome<Desired> =
    files.length === 0 && unreadable
      ? { ok: false, diagnostics: [] }
      : checkFolder(
          'folder' in source ? source.folder : 'documents',
          [...files].sort((a, b) => compareBytes(a.path, b.path)).map(file => documentsIn(file, texts)),
          now.toISOString().slice(0, 10),
        )
  const all: readonly Diagnostic[] = sortDiagnostics([...diagnostics, ...result.diagnostics])
  return {
    result: result.ok && !unreadable ? outcome(result.value, all) : { ok: false, diagnostics: all },
    texts,
    places: new Places(texts),
  }
}

function documentsIn({ path, bytes }: PolicyFile, texts: Map<string, string>): FileDocuments {
  const decoded = decodeText(path, bytes)
  const text = decoded.ok ? decoded.value : new TextDecoder().decode(bytes)
  texts.set(path, text)
  return decoded.ok
    ? preciseDocuments(path, text)
    : { file: path, text, documents: [], diagnostics: decoded.diagnostics }
}
