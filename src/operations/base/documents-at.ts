import { realpathSync } from 'node:fs'
import { relative } from 'node:path'
import { diagnostic } from '../../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../../diagnostics/outcome.ts'
import type { FolderContent } from '../read-folder.ts'
import { findCommit } from './find-commit.ts'
import { gitIn, textOf, unreadable, type AskGit, type RunGit } from './git.ts'
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
 * Reads a policy folder as it was at the commit that the change began at, from git’s store alone: nothing is checked out, and no hook or filter of the repository runs. git is asked in the folder itself,
 * so that its name is in no argument.
 */
export async function documentsAt(folder: string, { ref, runGit }: Base): Promise<Outcome<DocumentsAt>> {
  const git = gitIn(runGit, realpathSync.native(folder))
  const found = await findCommit(git, relative('', folder) || folder, ref)
  if (!found.ok) return found
  const commit = found.value
  const listed = await git(['ls-tree', '-r', '-z', '--long', commit])
  if (!listed.ok) return listed
  if (listed.value.code !== 0) return failed(unreadable(ref, listed.value))
  const entries = entriesIn(listed.value.stdout)
  const content = await contentOf(git, ref, entries)
  if (!content.ok) return content
  const submodules = entries.filter(({ type }) => type === 'submodule').map(({ path }) => path)
  return outcome({ commit, content: content.value }, [
    ...found.diagnostics,
    ...(submodules.length === 0 ? [] : [diagnostic('base/submodules', { ref, paths: submodules })]),
  ])
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
