import { closeSync, openSync, readdirSync, readFileSync, readSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { maximumBytes } from '../policy/decode-text.ts'
import type { PolicyFile } from '../policy/load.ts'
import { compareText } from '../model/address.ts'
import { fileReason } from '../diagnostics/file-reason.ts'

/** What a policy folder holds, and what of it could not be read. */
export interface FolderContent {
  readonly files: readonly PolicyFile[]
  readonly diagnostics: readonly Diagnostic[]
}

/** What nobody means by the policies in a folder: hidden files, and other people's YAML. */
export const isLeftOut = (name: string): boolean => name.startsWith('.') || name === 'node_modules'

/**
 * Reads every YAML file below a folder. Names that start with a dot are left out. A symbolic link counts as what it points at, but never leads out
 * of the folder: the text of a refused file is shown in diagnostics, and a pull request must not show what lies elsewhere on the machine. What is
 * reached in several ways is read once, by its own name where that is one of them.
 * Synchronous on purpose: for small files the thread pool costs more than it saves.
 */
export function readFolder(folder: string): FolderContent {
  try {
    const root = realpathSync.native(folder)
    if (!statSync(root).isDirectory()) return refused(folder, 'it is not a folder')
    const reading = new Reading(root)
    reading.readEntries({ path: '', real: root })
    reading.followLinks()
    return reading
  } catch (error) {
    return refused(folder, fileReason(error))
  }
}

/** Something in the folder: its path as people see it, and where it really is. */
interface Entry {
  readonly path: string
  readonly real: string
}

class Reading implements FolderContent {
  readonly files: PolicyFile[] = []
  readonly diagnostics: Diagnostic[] = []
  readonly #root: string
  readonly #seen = new Set<string>()
  #links: Entry[] = []

  constructor(root: string) {
    this.#root = root
  }

  readEntries({ path: above, real: folder }: Entry): void {
    if (this.#seen.has(folder)) return
    this.#seen.add(folder)
    const start = join(folder, sep)
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (isLeftOut(entry.name)) continue
      const found = { path: above === '' ? entry.name : `${above}/${entry.name}`, real: start + entry.name }
      // A link waits until everything was read by its own name.
      if (entry.isSymbolicLink()) this.#links.push(found)
      else if (entry.isDirectory()) this.#attempt(found.path, () => this.readEntries(found))
      else if (isYaml(found.path)) this.#attempt(found.path, () => this.#readFile(found, entry.isFile()))
    }
  }

  followLinks(): void {
    // What a link leads to may hold links.
    while (this.#links.length > 0) {
      const links = this.#links.sort((a, b) => compareText(a.path, b.path))
      this.#links = []
      for (const link of links) this.#attempt(link.path, () => this.#follow(link), mayMatter(link.path))
    }
  }

  #follow({ path, real: link }: Entry): void {
    const real = realpathSync.native(link)
    const isInside = real === this.#root || real.startsWith(this.#root + sep)
    if (!isInside && mayMatter(path)) this.#refuse('policy/symlink-outside', path)
    if (!isInside) return
    if (`${dirname(link)}${sep}`.startsWith(`${real}${sep}`)) this.#refuse('policy/symlink-loop', path)
    else {
      const found = statSync(real)
      if (found.isDirectory()) this.readEntries({ path, real })
      else if (isYaml(path)) this.#readFile({ path, real }, found.isFile())
    }
  }

  #readFile({ path, real }: Entry, isFile: boolean): void {
    if (this.#seen.has(real)) return
    this.#seen.add(real)
    // A pipe would wait for a writer that never comes.
    if (!isFile) this.#unreadable(path, 'it is not a regular file')
    else {
      const bytes = smallFile(real) ?? this.#largeFile(path, real)
      if (bytes !== undefined) this.files.push({ path, bytes })
    }
  }

  #largeFile(path: string, real: string): Uint8Array | undefined {
    const { size } = statSync(real)
    if (size <= maximumBytes) return readFileSync(real)
    this.diagnostics.push(diagnostic('policy/too-large', { bytes: size, limit: maximumBytes }, nowhere(path)))
    return undefined
  }

  #attempt(path: string, work: () => void, matters = true): void {
    try {
      work()
    } catch (error) {
      if (!matters) return
      if ((error as NodeJS.ErrnoException).code === 'ELOOP') this.#refuse('policy/symlink-loop', path)
      else this.#unreadable(path, fileReason(error))
    }
  }

  #refuse(code: 'policy/symlink-loop' | 'policy/symlink-outside', path: string): void {
    this.diagnostics.push(diagnostic(code, {}, nowhere(path)))
  }

  #unreadable(path: string, why: string): void {
    this.diagnostics.push(diagnostic('policy/unreadable-file', { why }, nowhere(path)))
  }
}

const shared = Buffer.allocUnsafeSlow(64 * 1024)

/** What is in a file of less than 64 KiB, as nearly all are; undefined for a larger one. To ask each for its size first takes twice as long. */
function smallFile(path: string): Uint8Array | undefined {
  const descriptor = openSync(path, 'r')
  try {
    let length = 0
    for (;;) {
      const read = readSync(descriptor, shared, length, shared.length - length, null)
      length += read
      if (read === 0) return Buffer.from(shared.subarray(0, length))
      if (length === shared.length) return undefined
    }
  } finally {
    closeSync(descriptor)
  }
}

/** The place of a file whose text is not known. */
export const nowhere = (path: string) => ({ span: { file: path, start: 0, end: 1 } })

const refused = (folder: string, why: string): FolderContent => ({
  files: [],
  diagnostics: [diagnostic('policy/not-a-folder', { folder: relative('', folder) || folder, why })],
})

export const isYaml = (path: string): boolean => /\.ya?ml$/i.test(path)

/** A link without an ending may lead to a folder of policies; where any other leads is nobody's business. */
export const mayMatter = (path: string): boolean => isYaml(path) || !/\.[^/]+$/.test(path)
