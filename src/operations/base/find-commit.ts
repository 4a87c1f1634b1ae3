import { diagnostic } from '../../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../../diagnostics/outcome.ts'
import { textOf, type AskGit } from './git.ts'

/**
 * The commit that a change began at: the newest that REF and what is checked out have in common. Where they have none that git knows of, it is the commit of REF itself, with a note.
 * https://git-scm.com/docs/git-rev-parse, https://git-scm.com/docs/git-merge-base
 */
export async function findCommit(git: AskGit, ref: string): Promise<Outcome<string>> {
  const named = await resolve(git, ref)
  if (!named.ok) return named
  // Only now: a mark behind the name may be a part of it, as in `:/text`.
  const found = named.value === undefined ? named : await resolve(git, `${named.value}^{commit}`)
  if (!found.ok) return found
  const commit = found.value
  if (commit === undefined) return failed(diagnostic('base/unknown-ref', { ref }))
  const common = await git(['merge-base', commit, 'HEAD'])
  if (!common.ok) return common
  const base = common.value.code === 0 ? idIn(common.value.stdout) : undefined
  return base === undefined ? outcome(commit, [diagnostic('base/no-common-commit', { ref })]) : outcome(base, [])
}

/** The id of what a name stands for; undefined where it stands for nothing. */
async function resolve(git: AskGit, name: string): Promise<Outcome<string | undefined>> {
  const ran = await git(['rev-parse', '--verify', '--quiet', '--end-of-options', name])
  return ran.ok ? outcome(ran.value.code === 0 ? idIn(ran.value.stdout) : undefined, []) : ran
}

/** `^main` and the like name no object: git prints them with their mark. */
const idIn = (stdout: Uint8Array): string | undefined => /^([0-9a-f]{40,64})\n/.exec(textOf(stdout))?.[1]
