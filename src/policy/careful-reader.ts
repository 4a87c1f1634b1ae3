import type { FileDocuments } from './check-folder.ts'
import type { Locate } from './locate.ts'

/** A place was asked for before the parser was loaded that knows it: once it is there, whoever asked has to begin again. */
export class ParserMissing extends Error {}

/** The parser that knows places, which is large and slow: it is loaded when the first place is asked for, and reads only files that one is asked of. */
export class CarefulReader {
  #parse: ((file: string, text: string) => FileDocuments) | undefined
  readonly #read = new Map<string, FileDocuments>()
  #isClosed = false

  async load(): Promise<void> {
    this.#parse = (await import('./precise-documents.ts')).preciseDocuments
  }

  /** Everything that a text says. */
  documents(file: string, text: string): FileDocuments {
    if (this.#parse === undefined) throw new ParserMissing('the parser that knows places was not loaded')
    const read = this.#read.get(file) ?? this.#parse(file, text)
    this.#read.set(file, read)
    return read
  }

  /** The places of a document whose values were read already. */
  locator(file: string, text: string, index: number): Locate {
    return path => {
      if (this.#isClosed) throw new Error('the places of these documents were not kept')
      return this.documents(file, text).documents[index]?.locate(path) ?? { file, start: 0, end: 1 }
    }
  }

  /** Lets go of everything. No place is given any more. */
  close(): void {
    this.#isClosed = true
    this.#read.clear()
  }
}
