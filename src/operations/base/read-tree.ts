import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts'
import { compareText } from '../../model/address.ts'
import { maximumBytes } from '../../policy/decode-text.ts'
import { isLeftOut, isYaml, mayMatter, nowhere } from '../read-folder.ts'
import { folderPrefix, linkTarget, type Tree } from './link-target.ts'

/** A file that counts: its path as people see it, and where git keeps what is in it. */
export interface CountedFile {
  readonly path: string
  readonly object: string
}

/** The files of a folder at a commit that count as policies, and what of it cannot be read. */
export interface TreeContent {
  readonly files: readonly CountedFile[]
  readonly diagnostics: readonly Diagnostic[]
}

/** The same files count as in a folder on disk: `readFolder` says which. */
export function readTree(tree: Tree): TreeContent {
  const reading = new TreeReading(tree)
  reading.readBelow('', '')
  reading.followLinks()
  return reading
}

class TreeReading implements TreeContent {
  readonly files: CountedFile[] = []
  readonly diagnostics: Diagnostic[] = []
  readonly #tree: Tree
  readonly #seen = new Set<string>()
  #links: { readonly path: string; readonly real: string }[] = []

  constructor(tree: Tree) {
    this.#tree = tree
  }

  /** Everything below a folder, under the path by which it was reached. */
  readBelow(path: string, real: string): void {
    const below = folderPrefix(real)
    for (const entry of this.#tree.entries.values()) {
      if (!entry.path.startsWith(below)) continue
      const rest = entry.path.slice(below.length)
      if (rest.split('/').some(isLeftOut)) continue
      const found = { path: `${folderPrefix(path)}${rest}`, real: entry.path }
      if (entry.type === 'link') this.#links.push(found)
      else if (isYaml(rest)) this.#readFile(found.path, found.real)
    }
  }

  followLinks(): void {
    while (this.#links.length > 0) {
      const links = this.#links.sort((a, b) => compareText(a.path, b.path))
      this.#links = []
      for (const { path, real } of links) {
        if (this.#seen.has(real)) continue
        this.#seen.add(real)
        this.#follow(path, real)
      }
    }
  }

  #follow(path: string, link: string): void {
    const target = linkTarget(this.#tree, link)
    if ('problem' in target) {
      if (mayMatter(path)) this.#refuse(target.problem, path)
      return
    }
    if (link.startsWith(folderPrefix(target.real))) this.#refuse('loop', path)
    else if (!this.#tree.entries.has(target.real)) this.readBelow(path, target.real)
    else if (isYaml(path)) this.#readFile(path, target.real)
  }

  #readFile(path: string, real: string): void {
    const entry = this.#tree.entries.get(real)
    if (entry?.type !== 'file' || this.#seen.has(real)) return
    this.#seen.add(real)
    const { bytes, object } = entry
    if (bytes <= maximumBytes) this.files.push({ path, object })
    else this.diagnostics.push(diagnostic('policy/too-large', { bytes, limit: maximumBytes }, nowhere(path)))
  }

  #refuse(problem: 'outside' | 'loop' | 'missing', path: string): void {
    this.diagnostics.push(
      problem === 'missing'
        ? diagnostic('policy/unreadable-file', { why: 'it is not there' }, nowhere(path))
        : diagnostic(`policy/symlink-${problem}`, {}, nowhere(path)),
    )
  }
}
