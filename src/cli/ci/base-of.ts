import type { Job } from './job.ts'

/**
 * The commit that the change is compared with: as told, else what the pull request is to be merged into. GitHub checks out a commit of its own that merges the pull request, of which the first parent is
 * that: it is there in a clone of two commits, and is newer than what the event says. Only that commit is taken for it: any other merge may be one that the pull request brings, whose first parent is
 * the pull request itself.
 */
export async function baseOf({ session, flags, context, folder }: Job): Promise<string | undefined> {
  if (flags.base !== undefined) return flags.base
  if (context.event !== 'pull-request') return undefined
  if (context.system !== 'github') return context.base
  const { runGit } = session.world
  const parents = await runGit?.(['rev-parse', '--verify', '--quiet', `${context.commit}^2^{commit}`], {
    cwd: session.path(folder),
  })
  const head = await runGit?.(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'], { cwd: session.path(folder) })
  const [second, checkedOut] = [parents, head].map(ran =>
    ran?.code === 0 ? new TextDecoder().decode(ran.stdout).trim() : undefined,
  )
  return second === context.head && checkedOut === context.commit ? 'HEAD^1' : context.base
}
