import type { Outcome } from '../diagnostics/outcome.ts'
import type { Desired } from '../kinds/resource.ts'
import { CarefulReader, ParserMissing } from './careful-reader.ts'
import { checkFolder, type FileDocuments } from './check-folder.ts'
import { decodeText } from './decode-text.ts'
import { quickYaml } from './quick-yaml.ts'
import { compareBytes } from './rules/rule.ts'

/** A file of the policy folder: its path relative to the folder, with forward slashes, and what is in it. */
export interface PolicyFile {
  readonly path: string
  readonly bytes: Uint8Array
}

/** Documents, and the texts that the places in diagnostics point into. */
export interface Loaded {
  readonly result: Outcome<Desired>
  readonly texts: ReadonlyMap<string, string>
}

/** What is to be loaded. */
export interface LoadInput {
  /** How the folder is called in messages. */
  readonly folder: string
  readonly files: readonly PolicyFile[]
  /** The day it is, in UTC. */
  readonly today: string
  /** `kept`: the documents can be located later, each when it is asked for. `unneeded`: only diagnostics point anywhere, and the parser that knows places is not even loaded for a clean folder. */
  readonly places: 'kept' | 'unneeded'
}

/**
 * Reads the documents of one organization and reports every problem of every file. Values come first: the parser that knows places is slow, so it
 * reads only files that the quick one leaves alone, and those that something has to be said about.
 */
export async function load({ folder, files, today, places }: LoadInput): Promise<Loaded> {
  const decoded = [...files]
    .sort((a, b) => compareBytes(a.path, b.path))
    .map(({ path, bytes }) => {
      const text = decodeText(path, bytes)
      return text.ok
        ? { path, text: text.value, quick: quickYaml(text.value) }
        : { path, text: new TextDecoder().decode(bytes), refused: text.diagnostics }
    })
  const reader = new CarefulReader()
  const isKept = places === 'kept'
  if (isKept || decoded.some(({ quick, refused }) => quick === undefined && refused === undefined)) await reader.load()
  const read = decoded.map(({ path: file, text, quick, refused }): FileDocuments => {
    if (refused !== undefined) return { file, text, documents: [], diagnostics: refused }
    if (quick === undefined) return reader.documents(file, text)
    const documents = quick.map((value, index) => ({ value, locate: reader.locator(file, text, index) }))
    return { file, text, documents, diagnostics: [] }
  })
  const check = () => checkFolder(folder, read, today)
  const result = await again(check, () => reader.load())
  if (!isKept) reader.close()
  return { result, texts: new Map(decoded.map(({ path, text }) => [path, text])) }
}

/** What comes of a piece of work, which begins again where it turns out that it needs the parser. */
async function again<T>(work: () => T, loadParser: () => Promise<void>): Promise<T> {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof ParserMissing)) throw error
    await loadParser()
    return work()
  }
}
