import { failed, outcome, type Outcome } from '../../diagnostics/outcome.ts'
import { textOf, unreadable, type AskGit } from './git.ts'

/**
 * What a path stood for at a commit, as git names it, by the links of that commit alone; undefined where it was no folder.
 * https://git-scm.com/docs/git-ls-tree, https://git-scm.com/docs/git-cat-file (--follow-symlinks)
 */
export async function findTree(
  git: AskGit,
  ref: string,
  commit: string,
  path: string,
): Promise<Outcome<string | undefined>> {
  if (path === '') return outcome(commit, [])
  const listed = await git(['--literal-pathspecs', 'ls-tree', '-z', commit, '--', path])
  if (!listed.ok) return listed
  if (listed.value.code !== 0) return failed(unreadable(ref, listed.value))
  const [, tree] = /^040000 tree ([0-9a-f]+)\t/.exec(textOf(listed.value.stdout)) ?? []
  // What follows links takes one name a line.
  if (tree !== undefined || path.includes('\n')) return outcome(tree, [])
  const followed = await git(['cat-file', '--batch-check', '--follow-symlinks'], `${commit}:${path}\n`)
  if (!followed.ok) return followed
  if (followed.value.code !== 0) return failed(unreadable(ref, followed.value))
  return outcome(/^([0-9a-f]+) tree /.exec(textOf(followed.value.stdout))?.[1], [])
}
