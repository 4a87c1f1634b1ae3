/** Where pull requests live: GitHub, GitLab (merge requests) or Bitbucket Cloud. */
export type ForgeSystem = 'github' | 'gitlab' | 'bitbucket'

/** A comment or an issue, as the forge has it now. */
export interface Posted {
  readonly id: string
  /** The page of it. */
  readonly url: string
  readonly body: string
  /** Whether the token that asks wrote it. */
  readonly mine: boolean
  /** The login of somebody else who edited it last, where the forge tells. */
  readonly editedBy?: string
}

/** The comments of one pull request, or the issues of a repository: what can be posted, found again and edited in place. */
export interface Board {
  /** All of them, the oldest first. For issues: those that are open and carry the label of Postern. */
  list(): Promise<readonly Posted[]>
  create(post: Post): Promise<Posted>
  edit(id: string, post: Post): Promise<Posted>
  /** Takes it away: a comment is deleted, an issue is closed. What is gone already is fine. */
  remove(id: string): Promise<void>
}

/** What is posted. Only issues have a title. */
export interface Post {
  readonly title?: string
  readonly body: string
}

/** A pull request that a commit came in by. */
export interface PullRequest {
  readonly number: string
  /** The commit on the branch that it was merged into, where it was merged. Bitbucket shortens it. */
  readonly mergeCommit?: string
  /** The newest commit of its own branch. Bitbucket shortens it. */
  readonly head: string
  readonly url: string
  /** Who opened it, by the name that CI gives the same person in a job: a login, on Bitbucket an id in braces. Absent where the account is gone. */
  readonly author?: string
}

/** What Postern asks of a forge. A call that fails throws a `ForgeError`, whose diagnostic names the operation and, where the token may not do it, the permission that is missing. */
export interface Forge {
  readonly system: ForgeSystem
  /** How long the body of a comment or an issue may be, marker and all, counted as `length` of a string counts: never more than the forge takes. */
  readonly limit: number
  comments(pullRequest: string): Board
  /** Absent where the repository has no issues. */
  readonly issues?: Board
  /** The merged pull requests that brought this commit in. */
  pullRequestsOf(commit: string): Promise<readonly PullRequest[]>
}
