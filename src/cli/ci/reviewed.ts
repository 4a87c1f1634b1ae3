import { diagnostic } from '../../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../../diagnostics/outcome.ts'
import type { Forge, Posted, PullRequest } from '../../forge/contract.ts'
import { markerIn, type MarkerOptions } from '../../forge/marker.ts'
import { ownPosts } from '../../forge/own-posts.ts'
import { atForge, type Job } from './job.ts'

/** The plan that was looked at before a commit was merged, and the comment that says that it was carried out, where there is one. */
export interface Reviewed {
  readonly digest: string
  /** Who made it. */
  readonly author?: string
  readonly appliedIn?: string
}

/** Finds the pull request that brought this commit in. */
export async function mergedBy({ context: { head } }: Job, forge: Forge): Promise<Outcome<PullRequest>> {
  const found = await atForge(() => forge.pullRequestsOf(head))
  if (!found.ok) return found
  const isSame = (commit = ''): boolean => commit !== '' && head.startsWith(commit)
  const [only, ...others] = found.value
  const pullRequest =
    found.value.find(({ mergeCommit }) => isSame(mergeCommit)) ?? (others.length === 0 ? only : undefined)
  return pullRequest === undefined
    ? failed(diagnostic('ci/no-pull-request', { commit: head }))
    : outcome(pullRequest, [])
}

/** The digest that the comment on a pull request names, where it is still what the job wrote for what was merged. */
export async function reviewedPlan(
  { path, sealKey, context: { system } }: Job,
  forge: Forge,
  pullRequest: PullRequest,
): Promise<Outcome<Reviewed>> {
  const listed = await atForge(() => forge.comments(pullRequest.number).list())
  if (!listed.ok) return listed
  const options = { system, sealKey }
  const own = ownPosts(listed.value, { what: 'plan', folder: path }, options)
  const last = own.reduce<(typeof own)[number] | undefined>(
    (newest, post) => (newest === undefined || post.run >= newest.run ? post : newest),
    undefined,
  )
  const about = { pullRequest: pullRequest.url }
  if (last === undefined) return failed(diagnostic('ci/no-reviewed-plan', { ...about, because: 'no-comment' }))
  const { posted, changed } = last
  const comment = posted.url
  const found = markerIn(posted.body, options)
  if (changed) {
    const { editedBy: by } = posted
    return failed(diagnostic('ci/comment-edited', { comment, ...(by !== undefined && { by }) }))
  }
  const { digest, author, head: of } = found?.marker ?? {}
  if (digest === undefined || of === undefined)
    return failed(diagnostic('ci/no-reviewed-plan', { ...about, because: 'no-plan' }))
  const { head } = pullRequest
  return of.startsWith(head)
    ? outcome(
        { digest, ...(author !== undefined && { author }), ...appliedIn(listed.value, path, digest, options) },
        [],
      )
    : failed(diagnostic('ci/comment-outdated', { comment, of, head }))
}

/** The comment of an apply that carried this very plan out. */
function appliedIn(
  posts: readonly Posted[],
  folder: string,
  digest: string,
  options: MarkerOptions,
): Pick<Reviewed, 'appliedIn'> {
  const done = ownPosts(posts, { what: 'applied', folder }, options).find(
    ({ posted, changed }) => !changed && markerIn(posted.body, options)?.marker.digest === digest,
  )
  return done === undefined ? {} : { appliedIn: done.posted.url }
}
