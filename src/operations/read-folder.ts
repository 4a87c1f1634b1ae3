import { readdirSync, readFileSync, realpathSync, statSync, type Dirent } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { maximumBytes } from '../policy/decode-text.ts'
import type { PolicyFile } from '../policy/load.ts'
import { fileReason } from './file-reason.ts'

/** What a policy folder holds, and what of it could not be read. */
export interface FolderContent {
  readonly files: readonly PolicyFile[]
  readonly diagnostics: readonly Diagnostic[]
}

/** Folders that hold other people's YAML. */
const skipped = new Set(['node_modules'])

/**
 * Reads every YAML file below a folder. Names that start with a dot are left out. A symbolic link counts as what it points at, but never leads out
 * of the folder: the text of a refused file is shown in diagnostics, and a pull request must not show what lies elsewhere on the machine.
 * Synchronous on purpose: for small files the thread pool costs more than it saves.
 */
export function readFolder(folder: string): FolderContent {
  const files: PolicyFile[] = []
  const diagnostics: Diagnostic[] = []
  let root: string
  try {
    root = realpathSync.native(folder)
    if (!statSync(root).isDirectory()) return refused(folder, 'it is not a folder')
  } catch (error) {
    return refused(folder, fileReason(error))
  }
  const refuse = (code: 'policy/symlink-loop' | 'policy/symlink-outside', path: string) =>
    diagnostics.push(diagnostic(code, {}, nowhere(path)))

  function readEntry(path: string, entry: Dirent, above: readonly string[]): void {
    let real = join(root, path)
    try {
      if (entry.isSymbolicLink()) {
        real = realpathSync.native(real)
        if (real !== root && !real.startsWith(root + sep)) {
          if (mayMatter(path)) refuse('policy/symlink-outside', path)
          return
        }
      }
      const found = entry.isDirectory() ? entry : statSync(real)
      if (found.isDirectory()) {
        if (above.includes(real)) refuse('policy/symlink-loop', path)
        else readEntries(path, [...above, real])
      } else if (isYaml(path)) readYaml(path, real)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ELOOP') refuse('policy/symlink-loop', path)
      else if (mayMatter(path))
        diagnostics.push(diagnostic('policy/unreadable-file', { why: fileReason(error) }, nowhere(path)))
    }
  }

  function readYaml(path: string, real: string): void {
    const found = statSync(real)
    // A pipe would wait for a writer that never comes.
    if (!found.isFile())
      diagnostics.push(diagnostic('policy/unreadable-file', { why: 'it is not a regular file' }, nowhere(path)))
    else if (found.size > maximumBytes) {
      diagnostics.push(diagnostic('policy/too-large', { bytes: found.size, limit: maximumBytes }, nowhere(path)))
    } else files.push({ path, bytes: readFileSync(real) })
  }

  function readEntries(path: string, above: readonly string[]): void {
    for (const entry of readdirSync(join(root, path), { withFileTypes: true })) {
      if (entry.name.startsWith('.') || skipped.has(entry.name)) continue
      readEntry(path === '' ? entry.name : `${path}/${entry.name}`, entry, above)
    }
  }

  try {
    readEntries('', [root])
  } catch (error) {
    return refused(folder, fileReason(error))
  }
  return { files, diagnostics }
}

const nowhere = (path: string) => ({ span: { file: path, start: 0, end: 1 } })

const refused = (folder: string, why: string): FolderContent => ({
  files: [],
  diagnostics: [diagnostic('policy/not-a-folder', { folder: relative('', folder) || folder, why })],
})

const isYaml = (path: string): boolean => /\.ya?ml$/i.test(path)

/** A link without an ending may be a folder of policies; other files are nobody's business. */
const mayMatter = (path: string): boolean => isYaml(path) || !/\.[^/]+$/.test(path)
