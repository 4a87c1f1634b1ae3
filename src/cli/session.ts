import { accessSync, constants } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { diagnostic, isError, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { Places } from '../diagnostics/to-document.ts'
import type { DiagnosticDocument } from '../model/diagnostic-document.ts'
import { diagnosticsText } from '../render/diagnostics-text.ts'
import { fileReason } from '../diagnostics/file-reason.ts'
import type { RequestLimit } from '../operations/connection.ts'
import { exitCodes, type ExitCode } from './exit-code.ts'
import { styleFor } from './style.ts'
import type { World } from './world.ts'

/** Options that every command takes. */
export interface CommonOptions {
  readonly format: string
  readonly output?: string
  readonly color: boolean
  readonly quiet?: boolean
  readonly verbose?: boolean
}

/** What the diagnostics of a run point into. */
export interface Pointed {
  readonly folder: string
  readonly texts: ReadonlyMap<string, string>
}

const nowhere: Pointed = { folder: '.', texts: new Map() }

/** One run of one command: its streams, its styles, and the ways in which it ends. */
export class Session {
  readonly world: World
  readonly options: CommonOptions
  #limit: RequestLimit | undefined

  constructor(world: World, options: CommonOptions) {
    this.world = world
    this.options = options
  }

  /** The limit of this run, however many connections it makes. */
  limitOf(most: number | undefined): RequestLimit | undefined {
    if (most !== undefined) this.#limit ??= { most, sent: 0 }
    return this.#limit
  }

  get out() {
    return styleFor(
      this.options.output === undefined ? this.world.stdout : { ...this.world.stdout, isTerminal: false },
      this.world,
      this.options.color,
    )
  }

  get err() {
    return styleFor(this.world.stderr, this.world, this.options.color)
  }

  path(file: string): string {
    return resolve(this.world.cwd, file)
  }

  /** Prints the document of a command, or writes it to the file that was asked for. */
  async print(text: string | Iterable<string>): Promise<ExitCode> {
    const { output } = this.options
    if (output === undefined) {
      for (const piece of typeof text === 'string' ? [text] : text) this.world.stdout.write(piece)
      return exitCodes.clean
    }
    try {
      const { writeWhole } = await import('../operations/write-whole.ts')
      await writeWhole(this.path(output), text)
      return exitCodes.clean
    } catch (error) {
      this.tell([diagnostic('run/unwritable', { file: output, why: fileReason(error) })])
      return exitCodes.error
    }
  }

  /** Why the result could not be written to the file that was asked for: told before anything is changed, not after. */
  outputProblem(): Diagnostic | undefined {
    const { output } = this.options
    if (output === undefined) return undefined
    try {
      accessSync(dirname(this.path(output)), constants.W_OK)
      return undefined
    } catch (error) {
      return diagnostic('run/unwritable', { file: output, why: fileReason(error) })
    }
  }

  /** Shows diagnostics on stderr. Notes are for those who want to hear them, errors for everybody. */
  tell(diagnostics: readonly Diagnostic[], pointed: Pointed = nowhere): void {
    const places = new Places(pointed.texts)
    this.tellDocuments(
      diagnostics.map(found => places.document(found)),
      pointed,
    )
  }

  tellDocuments(documents: readonly DiagnosticDocument[], { folder, texts }: Pointed = nowhere): void {
    const heard = this.options.quiet === true ? documents.filter(isError) : documents
    if (heard.length === 0) return
    const context = { style: this.err, folder, texts, explained: this.options.verbose === true }
    this.world.stderr.write(`${diagnosticsText(heard, context)}\n`)
  }

  /** Ends a run that has no document: the diagnostics on stderr and, where JSON was asked for, one valid document on stdout. */
  async fail(diagnostics: readonly Diagnostic[], pointed: Pointed = nowhere): Promise<ExitCode> {
    const places = new Places(pointed.texts)
    const documents = diagnostics.map(found => places.document(found))
    this.tellDocuments(documents, pointed)
    if (this.options.format === 'json') await this.print(jsonText({ formatVersion: '1.0', diagnostics: documents }))
    return exitCodes.error
  }
}

export const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`
