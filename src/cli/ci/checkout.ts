import { diagnostic } from '../../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../../diagnostics/outcome.ts'
import type { Job } from './job.ts'

/** What is checked out: a commit, and what it merges. */
interface CheckedOut {
  readonly head: string
  readonly first: string | undefined
  readonly second: string | undefined
}

/**
 * The commit that the change is compared with: as told, else what the pull request is to be merged into. GitHub checks out a commit of its own that merges the pull request, of which the first parent is
 * that: it is there in a clone of two commits, and is newer than what the event says. Only that commit is taken for it: any other merge may be one that the pull request brings, whose first parent is
 * the pull request itself. Where something else is checked out than the pull request, its comment would show the plan of other documents: that is an error.
 */
export async function baseOf(job: Job): Promise<Outcome<string | undefined>> {
  const { flags, context } = job
  if (context.event !== 'pull-request') return outcome(flags.base, [])
  const found = await checkedOut(job)
  if (found === undefined) return outcome(flags.base ?? context.base, [])
  const { head, first, second } = found
  // GitLab and Bitbucket may merge the two for the pipeline, either way round.
  const isPullRequest =
    head === context.head ||
    second === context.head ||
    (context.system !== 'github' && (head === context.commit || first === context.head))
  if (!isPullRequest) return failed(diagnostic('ci/other-checkout', { head: context.head, found: head }))
  const isMergeOfGithub = context.system === 'github' && second === context.head && head === context.commit
  return outcome(flags.base ?? (isMergeOfGithub ? 'HEAD^1' : context.base), [])
}

/** Undefined where there is no git, or no clone: then nothing is known of it. Of a clone of one commit the parents are known all the same. */
async function checkedOut({ session }: Job): Promise<CheckedOut | undefined> {
  // Not in the policy folder: a pull request may put a link or a submodule in its place.
  const cwd = session.path('.')
  const ask = async (...args: readonly string[]): Promise<string | undefined> => {
    const ran = await session.world.runGit?.(args, { cwd })
    return ran?.code === 0 ? new TextDecoder().decode(ran.stdout) : undefined
  }
  const head = (await ask('rev-parse', '--verify', '--quiet', 'HEAD^{commit}'))?.trim()
  const [header = ''] = (await ask('cat-file', 'commit', 'HEAD'))?.split('\n\n') ?? []
  const [first, second] = [...header.matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, sha]) => sha)
  return head === undefined ? undefined : { head, first, second }
}
