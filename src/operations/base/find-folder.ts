import { lstatSync, readlinkSync, realpathSync } from 'node:fs'
import { isAbsolute, join, parse, relative, resolve, sep } from 'node:path'
import { diagnostic } from '../../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../../diagnostics/outcome.ts'
import { gitIn, textOf, wordsOfGit, type AskGit, type RunGit } from './git.ts'

/** Where a folder is in the repository whose changes it follows. */
export interface FolderInTree {
  /** git at the top of the work tree. */
  readonly git: AskGit
  /** From there, with slashes; empty for the top itself. No link in it was followed. */
  readonly path: string
}

/**
 * Finds the work tree of a folder, and where it is in there by its own name: a change may make any part of that name a link, and what the link leads to says nothing of what the name stood for. Links
 * that lie in no work tree are followed.
 */
export async function findFolder(folder: string, runGit: RunGit | undefined): Promise<Outcome<FolderInTree>> {
  const named = resolve(folder)
  let at = parse(named).root
  const left = named.slice(at.length).split(sep)
  for (let part = left.shift(); part !== undefined; part = left.shift()) {
    const next = join(at, part)
    if (!lstatSync(next).isSymbolicLink()) {
      at = realpathSync.native(next)
      continue
    }
    const top = await topOf(at, runGit)
    if (top.ok) return outcome(inTree(top.value, join(next, ...left), runGit), [])
    const target = readlinkSync(next)
    if (isAbsolute(target)) at = parse(target).root
    left.unshift(...target.split(sep))
  }
  const top = await topOf(at, runGit)
  return top.ok ? outcome(inTree(top.value, at, runGit), []) : top
}

const inTree = (top: string, folder: string, runGit: RunGit | undefined): FolderInTree => ({
  git: gitIn(runGit, top),
  path: relative(top, folder).split(sep).join('/'),
})

/**
 * The top of the work tree that a folder without links is in. A submodule has a history of its own, which a change of the repository around it chooses: it counts as one only for who works in it.
 * https://git-scm.com/docs/git-rev-parse
 */
async function topOf(folder: string, runGit: RunGit | undefined): Promise<Outcome<string>> {
  const asked = await gitIn(
    runGit,
    folder,
  )(['rev-parse', '--is-inside-work-tree', '--show-cdup', '--show-superproject-working-tree'])
  if (!asked.ok) return asked
  const { code, stdout, stderr } = asked.value
  const [, up, around] = /^true\n((?:\.\.\/)*)\n(.+)?/s.exec(textOf(stdout)) ?? []
  if (code !== 0 || up === undefined)
    return failed(diagnostic('base/no-repository', { folder: relative('', folder) || folder, why: wordsOfGit(stderr) }))
  const top = resolve(folder, up)
  return around === undefined || isIn(resolve(''), top) ? outcome(top, []) : topOf(around.replace(/\n$/, ''), runGit)
}

const isIn = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}${sep}`)
