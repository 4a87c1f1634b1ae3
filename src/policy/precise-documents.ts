import type { FileDocuments } from './check-folder.ts'
import { parseYaml } from './parse-yaml.ts'
import { readDocument } from './read-node.ts'

/** The documents of a text with the place of every part, and everything that is wrong with the YAML itself. */
export function preciseDocuments(file: string, text: string): FileDocuments {
  const parsed = parseYaml(file, text)
  const read = parsed.documents.map(document => readDocument(file, document))
  return {
    file,
    text,
    documents: read.flatMap(({ document }) => document ?? []),
    diagnostics: [...parsed.diagnostics, ...read.flatMap(({ diagnostics }) => diagnostics)],
  }
}
