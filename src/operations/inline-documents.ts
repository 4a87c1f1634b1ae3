import type { FolderContent } from './read-folder.ts'

/**
 * Documents that a program holds, as files that a parser reads: each by its place in the list, such as `documents[2]`, in JSON, which is YAML. So what is wrong with one is shown like what is wrong
 * with a file, at its line. What JSON leaves out, such as a member that is undefined, is not there.
 */
export const inlineFiles = (documents: readonly unknown[]): FolderContent => ({
  files: documents.map((document, index) => ({
    path: `documents[${index}]`,
    bytes: new TextEncoder().encode(`${json(document)}\n`),
  })),
  diagnostics: [],
})

/** What cannot be told as JSON, such as an object inside itself, is told in words, and so is null, which would be no document at all: no kind takes a text. */
function json(document: unknown): string {
  const told = document === null ? undefined : asJson(document)
  return told ?? JSON.stringify(`a document that is ${document === null ? 'null' : `no JSON (${typeof document})`}`)
}

function asJson(document: unknown): string | undefined {
  try {
    return JSON.stringify(document, null, 2)
  } catch {
    return undefined
  }
}
