import type { TreeEntry } from './tree-entry.ts'

/** The folder at a commit: what is in it by path, and where its links point. */
export interface Tree {
  readonly entries: ReadonlyMap<string, TreeEntry>
  readonly links: ReadonlyMap<string, string>
}

/** Where a link really leads: a path in the folder (empty: the folder itself), or why nowhere. */
export type LinkTarget = { readonly real: string } | { readonly problem: 'outside' | 'loop' | 'missing' }

/** As many as Linux follows (path_resolution(7)). */
const mostLinks = 40

/** Follows a link of the folder as the file system would, without one. A way that leaves the folder and comes back has left it. */
export function linkTarget({ entries, links }: Tree, link: string): LinkTarget {
  const todo = link.split('/')
  const done: string[] = []
  let followed = 0
  for (let part = todo.shift(); part !== undefined; part = todo.shift()) {
    if (part === '' || part === '.') continue
    if (part === '..') {
      if (done.pop() === undefined) return { problem: 'outside' }
      continue
    }
    done.push(part)
    const target = links.get(done.join('/'))
    if (target === undefined) continue
    followed += 1
    if (followed > mostLinks) return { problem: 'loop' }
    if (target.startsWith('/')) return { problem: 'outside' }
    done.pop()
    todo.unshift(...target.split('/'))
  }
  const real = done.join('/')
  const isThere = entries.has(real) || [...entries.keys()].some(path => path.startsWith(folderPrefix(real)))
  return isThere ? { real } : { problem: 'missing' }
}

/** What the path of everything in a folder begins with. */
export const folderPrefix = (folder: string): string => (folder === '' ? '' : `${folder}/`)
