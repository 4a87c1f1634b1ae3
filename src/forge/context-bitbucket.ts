import type { CommonContext, ForgeContext } from './context.ts'
import { encodedPath, given, variablesOf, type Environment } from './variables.ts'

/** A step of Bitbucket Pipelines: https://support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets/ */
export function bitbucketContext(env: Environment): ForgeContext | undefined {
  const run = given(env, 'BITBUCKET_BUILD_NUMBER')
  if (run === undefined) return undefined
  const variable = variablesOf(env, 'Bitbucket')
  const repository = variable('BITBUCKET_REPO_FULL_NAME')
  const commit = variable('BITBUCKET_COMMIT')
  const page = `https://bitbucket.org/${repository}`
  const runUrl = `${page}/pipelines/results/${run}`
  return {
    system: 'bitbucket',
    tokenVariable: 'BITBUCKET_TOKEN',
    place: { api: 'https://api.bitbucket.org/2.0', repository },
    repository,
    commit,
    run,
    runUrl,
    artifactsUrl: runUrl,
    top: variable('BITBUCKET_CLONE_DIR'),
    lineUrl: (path, line) => `${page}/src/${commit}/${encodedPath(path)}#lines-${line}`,
    ...eventOf(env, commit),
  }
}

// A pull request from a fork starts no pipeline here, only one in the fork, which has other variables and secrets:
// https://support.atlassian.com/bitbucket-cloud/docs/pipeline-start-conditions/#Pull-Requests
function eventOf(
  env: Environment,
  commit: string,
): Pick<CommonContext, 'event' | 'pullRequest' | 'head' | 'base' | 'fromFork'> {
  const pullRequest = given(env, 'BITBUCKET_PR_ID')
  if (pullRequest === undefined) {
    const branch = given(env, 'BITBUCKET_BRANCH')
    return { event: branch === undefined ? 'other' : 'push', head: commit, fromFork: false }
  }
  const branch = given(env, 'BITBUCKET_PR_DESTINATION_BRANCH')
  const base = given(env, 'BITBUCKET_PR_DESTINATION_COMMIT') ?? (branch === undefined ? undefined : `origin/${branch}`)
  return { event: 'pull-request', pullRequest, head: commit, ...(base !== undefined && { base }), fromFork: false }
}
