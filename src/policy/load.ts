import type { Outcome } from '../diagnostics/outcome.ts'
import type { Desired } from '../kinds/resource.ts'
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
  /** `kept`: the documents can be located later. `unneeded`: only diagnostics point anywhere, and a clean folder is read much faster. */
  readonly places: 'kept' | 'unneeded'
}

/**
 * Reads the documents of one organization and reports every problem of every file. Values come first: the parser that knows places is slow, so it
 * reads only files that the quick one leaves alone, and those that something has to be said about.
 */
export async function load({ folder, files, today, places }: LoadInput): Promise<Loaded> {
  const sorted = [...files].sort((a, b) => compareBytes(a.path, b.path))
  const decoded = sorted.map(({ path, bytes }) => ({ path, text: decodeText(path, bytes), bytes }))
  const texts = new Map(
    decoded.map(({ path, text, bytes }) => [path, text.ok ? text.value : new TextDecoder().decode(bytes)]),
  )
  const read = new Map<string, FileDocuments>()
  const wanted = new Set<string>()
  let loading = true
  for (const { path, text } of decoded) {
    const quick = text.ok && places === 'unneeded' ? quickYaml(text.value) : undefined
    if (!text.ok)
      read.set(path, { file: path, text: texts.get(path) ?? '', documents: [], diagnostics: text.diagnostics })
    else if (quick === undefined) wanted.add(path)
    else {
      const locate = () => {
        if (!loading) throw new Error('the places of these documents were not kept')
        wanted.add(path)
        return { file: path, start: 0, end: 1 }
      }
      read.set(path, {
        file: path,
        text: text.value,
        documents: quick.map(value => ({ value, locate })),
        diagnostics: [],
      })
    }
  }
  for (;;) {
    if (wanted.size > 0) {
      const { preciseDocuments } = await import('./precise-documents.ts')
      for (const path of wanted) read.set(path, preciseDocuments(path, texts.get(path) ?? ''))
      wanted.clear()
    }
    const result = checkFolder(
      folder,
      sorted.flatMap(({ path }) => read.get(path) ?? []),
      today,
    )
    // Whatever was located is now worth its places: once more, with those files read precisely.
    if (wanted.size === 0) {
      loading = false
      return { result, texts }
    }
  }
}
