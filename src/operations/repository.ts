import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** The git repository that a folder is in, as far as its own files tell. git itself is not asked: it may not be there. */
export interface Repository {
  /** The top of the working tree; the folder itself where there is no repository. */
  readonly root: string
  /** The branch that others build on: the remote’s default, else the one that is checked out, else `main`. */
  readonly branch: string
  /** What the address of the remote says about where it is hosted. */
  readonly host: 'github' | 'gitlab' | 'bitbucket' | undefined
}

/** Looks for the repository of a folder, which need not be there yet. */
export function repositoryAt(folder: string): Repository {
  const root = rootOf(resolve(folder))
  if (root === undefined) return { root: resolve(folder), branch: 'main', host: undefined }
  const git = gitFolder(root)
  const branch =
    branchIn(join(git, 'refs/remotes/origin/HEAD'), 'refs/remotes/origin/') ??
    branchIn(join(git, 'HEAD'), 'refs/heads/') ??
    'main'
  return { root, branch, host: hostOf(read(join(git, 'config')) ?? '') }
}

function rootOf(folder: string): string | undefined {
  if (existsSync(join(folder, '.git'))) return folder
  const above = dirname(folder)
  return above === folder ? undefined : rootOf(above)
}

/** In a worktree `.git` is a file that names the folder, and what all worktrees share is named in there. */
function gitFolder(root: string): string {
  const git = join(root, '.git')
  if (statSync(git).isDirectory()) return git
  const named = /^gitdir: (.+)$/m.exec(read(git) ?? '')?.[1]
  if (named === undefined) return git
  const own = resolve(root, named)
  const shared = read(join(own, 'commondir'))?.trim()
  return shared === undefined ? own : resolve(own, shared)
}

function branchIn(file: string, prefix: string): string | undefined {
  const target = /^ref: (.+)$/m.exec(read(file) ?? '')?.[1]
  return target?.startsWith(prefix) === true ? target.slice(prefix.length) : undefined
}

function hostOf(config: string): Repository['host'] {
  const origin = /\[remote "origin"\]([^[]*)/.exec(config)?.[1] ?? config
  const url = /^\s*url\s*=\s*(.+)$/m.exec(origin)?.[1] ?? ''
  return (['github', 'gitlab', 'bitbucket'] as const).find(host => url.includes(host))
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
