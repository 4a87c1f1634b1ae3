import { readdir, readFile, realpath, stat } from 'node:fs/promises'
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
 */
export async function readFolder(folder: string): Promise<FolderContent> {
  const files: PolicyFile[] = []
  const diagnostics: Diagnostic[] = []
  let root: string
  try {
    root = await realpath(folder)
    if (!(await stat(root)).isDirectory()) return refused(folder, 'it is not a folder')
  } catch (error) {
    return refused(folder, fileReason(error))
  }
  const nowhere = (path: string) => ({ span: { file: path, start: 0, end: 1 } })

  async function readEntry(path: string, above: readonly string[]): Promise<void> {
    const full = join(root, path)
    try {
      const real = await realpath(full)
      if (real !== root && !real.startsWith(root + sep)) {
        if (mayMatter(path)) diagnostics.push(diagnostic('policy/symlink-outside', {}, nowhere(path)))
        return
      }
      const { size, isFolder } = await stat(real).then(found => ({ size: found.size, isFolder: found.isDirectory() }))
      if (isFolder) {
        if (above.includes(real)) diagnostics.push(diagnostic('policy/symlink-loop', {}, nowhere(path)))
        else await readEntries(path, [...above, real])
      } else if (isYaml(path)) {
        if (size > maximumBytes)
          diagnostics.push(diagnostic('policy/too-large', { bytes: size, limit: maximumBytes }, nowhere(path)))
        else files.push({ path, bytes: await readFile(real) })
      }
    } catch (error) {
      if (codeOf(error) === 'ELOOP') diagnostics.push(diagnostic('policy/symlink-loop', {}, nowhere(path)))
      else if (mayMatter(path))
        diagnostics.push(diagnostic('policy/unreadable-file', { why: fileReason(error) }, nowhere(path)))
    }
  }

  async function readEntries(path: string, above: readonly string[]): Promise<void> {
    const names = (await readdir(join(root, path))).filter(name => !name.startsWith('.') && !skipped.has(name))
    await Promise.all(names.map(name => readEntry(path === '' ? name : `${path}/${name}`, above)))
  }

  await readEntries('', [root])
  return { files, diagnostics }
}

const refused = (folder: string, why: string): FolderContent => ({
  files: [],
  diagnostics: [diagnostic('policy/not-a-folder', { folder: relative('', folder) || folder, why })],
})

const isYaml = (path: string): boolean => /\.ya?ml$/i.test(path)

/** A link without an ending may be a folder of policies; other files are nobody's business. */
const mayMatter = (path: string): boolean => isYaml(path) || !/\.[^/]+$/.test(path)

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException | undefined)?.code
