import type { CommonContext, ForgeContext } from './context.ts'
import { commitOf, encodedPath, given, variablesOf, type Environment } from './variables.ts'

/** A job of GitLab CI: https://docs.gitlab.com/ci/variables/predefined_variables/ */
export function gitlabContext(env: Environment): ForgeContext | undefined {
  if (env['GITLAB_CI'] !== 'true') return undefined
  const variable = variablesOf(env, 'GitLab')
  const commit = variable('CI_COMMIT_SHA')
  const page = variable('CI_PROJECT_URL')
  const job = variable('CI_JOB_URL')
  return {
    system: 'gitlab',
    tokenVariable: 'GITLAB_TOKEN',
    // The pipeline of a fork's merge request may run in the fork; the merge request is where it is to be merged.
    place: {
      api: variable('CI_API_V4_URL'),
      projectId: given(env, 'CI_MERGE_REQUEST_PROJECT_ID') ?? variable('CI_PROJECT_ID'),
      project: given(env, 'CI_MERGE_REQUEST_PROJECT_URL') ?? page,
    },
    repository: given(env, 'CI_MERGE_REQUEST_PROJECT_PATH') ?? variable('CI_PROJECT_PATH'),
    commit,
    run: variable('CI_PIPELINE_ID'),
    runUrl: job,
    // https://docs.gitlab.com/ci/jobs/job_artifacts/#browse-the-contents-of-the-artifacts-archive
    artifactsUrl: `${job}/artifacts/browse`,
    top: variable('CI_PROJECT_DIR'),
    lineUrl: (path, line) => `${page}/-/blob/${commit}/${encodedPath(path)}#L${line}`,
    ...eventOf(env, commit),
  }
}

function eventOf(
  env: Environment,
  commit: string,
): Pick<CommonContext, 'event' | 'pullRequest' | 'head' | 'base' | 'fromFork'> {
  const pullRequest = given(env, 'CI_MERGE_REQUEST_IID')
  if (pullRequest !== undefined) {
    const base = given(env, 'CI_MERGE_REQUEST_DIFF_BASE_SHA')
    return {
      event: 'pull-request',
      pullRequest,
      // Only where the pipeline runs on the merged result, which is then the commit.
      head: given(env, 'CI_MERGE_REQUEST_SOURCE_BRANCH_SHA') ?? commit,
      ...(base !== undefined && { base }),
      fromFork: env['CI_MERGE_REQUEST_SOURCE_PROJECT_ID'] !== env['CI_MERGE_REQUEST_PROJECT_ID'],
    }
  }
  const source = env['CI_PIPELINE_SOURCE']
  if (source !== 'push' || given(env, 'CI_COMMIT_BRANCH') === undefined) {
    return { event: source === 'schedule' ? 'schedule' : 'other', head: commit, fromFork: false }
  }
  const base = commitOf(given(env, 'CI_COMMIT_BEFORE_SHA'))
  return { event: 'push', head: commit, ...(base !== undefined && { base }), fromFork: false }
}
