import { diagnostic } from '../diagnostics/diagnostic.ts'
import { failed, outcome, type Outcome } from '../diagnostics/outcome.ts'
import { bitbucketContext } from './context-bitbucket.ts'
import { githubContext } from './context-github.ts'
import { gitlabContext } from './context-gitlab.ts'
import type { BitbucketPlace } from './bitbucket.ts'
import type { GithubPlace } from './github.ts'
import type { GitlabPlace } from './gitlab.ts'
import { BadEvent } from './event-payload.ts'
import { MissingVariable, type Environment } from './variables.ts'

/** Where a job of CI runs, and what for. */
export type ForgeContext = CommonContext &
  (
    | { readonly system: 'github'; readonly place: GithubPlace; readonly tokenVariable: 'GITHUB_TOKEN' }
    | { readonly system: 'gitlab'; readonly place: GitlabPlace; readonly tokenVariable: 'GITLAB_TOKEN' }
    | { readonly system: 'bitbucket'; readonly place: BitbucketPlace; readonly tokenVariable: 'BITBUCKET_TOKEN' }
  )

/** What every CI system tells. */
export interface CommonContext {
  /** Bitbucket does not tell a schedule from a push. */
  readonly event: 'pull-request' | 'push' | 'schedule' | 'other'
  /** `owner/name`, as the forge spells it. */
  readonly repository: string
  /** Its number, in the repository that it is to be merged into. */
  readonly pullRequest?: string
  /** The newest commit of the pull request's own branch, or the commit that was pushed. */
  readonly head: string
  /** The ref to compare with: what the pull request is to be merged into, or what the branch was before the push. */
  readonly base?: string
  /** Whether the head is in another repository, whose owner need not be trusted. */
  readonly fromFork: boolean
  /** The commit that CI checked out: for a pull request it may be one that merges it. */
  readonly commit: string
  /** A whole number that grows from run to run. */
  readonly run: string
  readonly runUrl: string
  /** The page where the artifacts of the run are. */
  readonly artifactsUrl: string
  /** The folder of the checkout. */
  readonly top: string
  /** The page of a line of the commit that was checked out. The path is from the top, with slashes. */
  readonly lineUrl: (path: string, line: number) => string
}

/**
 * Reads where this job runs from its environment; undefined outside GitHub Actions, GitLab CI and Bitbucket Pipelines.
 * `readEvent` reads the file that GitHub describes the event in, and may throw.
 */
export function forgeContext(env: Environment, readEvent: (path: string) => string): Outcome<ForgeContext | undefined> {
  try {
    return outcome(githubContext(env, readEvent) ?? gitlabContext(env) ?? bitbucketContext(env), [])
  } catch (error) {
    if (error instanceof MissingVariable) return failed(diagnostic('forge/no-variable', error.facts))
    if (error instanceof BadEvent) return failed(diagnostic('forge/bad-event', error.facts))
    throw error
  }
}
