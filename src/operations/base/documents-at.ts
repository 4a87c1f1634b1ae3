import { diagnostic } from '../../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../../diagnostics/outcome.ts'
import type { FolderContent } from '../read-folder.ts'
import { findCommit } from './find-commit.ts'
import { findFolder } from './find-folder.ts'
import { findTree } from './find-tree.ts'
import { textOf, unreadable, type AskGit, type RunGit } from './git.ts'
import { readObjects } from './read-objects.ts'
import { readTree } from './read-tree.ts'
import { entriesIn, type TreeEntry } from './tree-entry.ts'

/** What a change of the documents is told apart from. */
export interface Base {
  /** A commit, as git names it: a branch, a tag, `HEAD^1`. */
  readonly ref: string
  readonly runGit: RunGit | undefined
}

/** A policy folder as it was. */
export interface DocumentsAt {
  readonly commit: string
  readonly content: FolderContent
}

/**
 * Reads a policy folder as it was at the commit that the change began at, from git’s store alone: nothing is checked out, and no hook or filter of the repository runs. It is the folder that had this name
 * then, whatever the name leads to now.
 */
export async function documentsAt(folder: string, { ref, runGit }: Base): Promise<Outcome<DocumentsAt>> {
  const there = await findFolder(folder, runGit)
  if (!there.ok) return there
  const { git, path } = there.value
  const found = await findCommit(git, ref)
  if (!found.ok) return found
  const commit = found.value
  const tree = await findTree(git, ref, commit, path)
  if (!tree.ok) return tree
  const listed = await entriesOf(git, ref, tree.value)
  if (!listed.ok) return listed
  const entries = listed.value
  const content = await contentOf(git, ref, entries)
  if (!content.ok) return content
  const submodules = entries.filter(({ type }) => type === 'submodule').map(({ path }) => path)
  return outcome({ commit, content: content.value }, [
    ...found.diagnostics,
    ...(submodules.length === 0 ? [] : [diagnostic('base/submodules', { ref, paths: submodules })]),
  ])
}

async function entriesOf(git: AskGit, ref: string, tree: string | undefined): Promise<Outcome<readonly TreeEntry[]>> {
  if (tree === undefined) return outcome([], [])
  const listed = await git(['ls-tree', '-r', '-z', '--long', tree])
  if (!listed.ok) return listed
  return listed.value.code === 0 ? outcome(entriesIn(listed.value.stdout), []) : failed(unreadable(ref, listed.value))
}

async function contentOf(git: AskGit, ref: string, entries: readonly TreeEntry[]): Promise<Outcome<FolderContent>> {
  const linked = entries.filter(({ type }) => type === 'link')
  const targets = await readObjects(
    git,
    ref,
    linked.map(({ object }) => object),
  )
  if (!targets.ok) return targets
  const { files, diagnostics } = readTree({
    entries: new Map(entries.filter(({ type }) => type !== 'submodule').map(entry => [entry.path, entry])),
    links: new Map(linked.map(({ path }, index) => [path, textOf(targets.value[index] ?? new Uint8Array())])),
  })
  const read = await readObjects(
    git,
    ref,
    files.map(({ object }) => object),
  )
  if (!read.ok) return read
  return outcome(
    {
      files: files.map(({ path }, index) => ({ path, bytes: read.value[index] ?? new Uint8Array() })),
      diagnostics,
    },
    [],
  )
}
