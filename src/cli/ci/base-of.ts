import type { Job } from './job.ts'

/**
 * The commit that the change is compared with: as told, else what the pull request is to be merged into. GitHub checks out a commit that merges it, of which the first parent is that; so it is there in
 * a clone of two commits, and is what the merge was made with. What the event says of it may be older.
 */
export async function baseOf({ session, flags, context, folder }: Job): Promise<string | undefined> {
  if (flags.base !== undefined) return flags.base
  if (context.event !== 'pull-request') return undefined
  const { runGit } = session.world
  const merge = await runGit?.(['rev-parse', '--verify', '--quiet', 'HEAD^2^{commit}'], { cwd: session.path(folder) })
  return merge?.code === 0 ? 'HEAD^1' : context.base
}
