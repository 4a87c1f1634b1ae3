import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Repository } from '../operations/repository.ts'
import { vscodeExtensions, vscodeSettings } from '../render/starter/editor-files.ts'
import { gitignoreWith } from '../render/starter/gitignore.ts'
import { ciSystems, type CiSystem } from '../render/starter/index.ts'

/** A file beside the policies: where it goes and what is in it. */
export interface StarterFile {
  readonly path: string
  readonly text: string
  /** What it replaces, where it is there already. */
  readonly before?: string
}

/** What is to be set up beside the policies. */
export interface Starter {
  readonly repository: Repository
  /** The policy folder, relative to the top of the repository, with forward slashes. */
  readonly folder: string
  readonly ci: CiSystem | 'none'
  readonly editor: 'vscode' | 'none'
  readonly version: string
  /** Where the ledger is, relative to the top of the repository, where it is a folder of that. */
  readonly ledger?: string | undefined
}

/**
 * The files that go with a policy folder. A file that is there already belongs to somebody and stays; only `.gitignore` gets lines. What a pipeline file that
 * stays would need is written beside it.
 */
export function starterFiles({ repository: { root, branch }, folder, ci, editor, version, ledger }: Starter): {
  readonly files: readonly StarterFile[]
  readonly notes: readonly Diagnostic[]
} {
  const files: StarterFile[] = []
  const notes: Diagnostic[] = []
  const add = (file: string, text: string, beside?: string): void => {
    if (!existsSync(join(root, file))) files.push({ path: join(root, file), text })
    else if (beside === undefined || existsSync(join(root, beside))) notes.push(diagnostic('init/kept', { file }))
    else {
      files.push({ path: join(root, beside), text })
      notes.push(diagnostic('init/kept', { file, written: beside }))
    }
  }
  const before = textOf(join(root, '.gitignore'))
  const ignored = gitignoreWith(before, ledger === undefined ? [] : [`/${ledger}/`])
  if (ignored !== undefined)
    files.push({ path: join(root, '.gitignore'), text: ignored, ...(before !== undefined && { before }) })
  if (editor === 'vscode') {
    add('.vscode/settings.json', vscodeSettings(folder))
    add('.vscode/extensions.json', vscodeExtensions)
  }
  if (ci !== 'none') {
    const { file, text } = ciSystems[ci]
    const beside = ci === 'github' ? undefined : file.replace(/\.yml$/, '.postern.yml')
    add(file, text({ folder, branch, version }), beside)
  }
  return { files, notes }
}

const textOf = (file: string): string | undefined =>
  existsSync(file) ? readFileSync(file, 'utf8').replace(/^\ufeff/, '') : undefined
