import { textOf } from './git.ts'

/** Something in the folder at a commit: its path relative to the folder, and where git keeps what is in it. */
export interface TreeEntry {
  readonly path: string
  readonly type: 'file' | 'link' | 'submodule'
  readonly object: string
  readonly bytes: number
}

/** What `git ls-tree -r -z --long` lists (https://git-scm.com/docs/git-ls-tree, Output format). */
export const entriesIn = (stdout: Uint8Array): readonly TreeEntry[] =>
  textOf(stdout)
    .split('\0')
    .flatMap(line => {
      // A submodule has no size, nor has what git lacks: that is noticed when it is read.
      const [, mode, object = '', bytes = '', path = ''] = /^(\d+) \w+ ([0-9a-f]+) +(\S+)\t(.+)$/s.exec(line) ?? []
      if (mode === undefined) return []
      return [{ path, type: types[mode] ?? 'file', object, bytes: /^\d+$/.test(bytes) ? Number(bytes) : 0 }]
    })

const types: Readonly<Record<string, TreeEntry['type']>> = { '120000': 'link', '160000': 'submodule' }
