import type { CommonContext, ForgeContext } from './context.ts'
import { eventPayload, type EventPayload } from './event-payload.ts'
import { commitOf, encodedPath, given, variablesOf, type Environment } from './variables.ts'

type Event = Pick<CommonContext, 'event' | 'pullRequest' | 'head' | 'base' | 'fromFork'>

/** A job of GitHub Actions: https://docs.github.com/en/actions/reference/workflows-and-actions/variables */
export function githubContext(env: Environment, readEvent: (path: string) => string): ForgeContext | undefined {
  if (env['GITHUB_ACTIONS'] !== 'true') return undefined
  const variable = variablesOf(env, 'GitHub')
  const repository = variable('GITHUB_REPOSITORY')
  const id = variable('GITHUB_RUN_ID')
  const attempt = given(env, 'GITHUB_RUN_ATTEMPT') ?? '1'
  const commit = variable('GITHUB_SHA')
  const page = `${variable('GITHUB_SERVER_URL')}/${repository}`
  const runUrl = `${page}/actions/runs/${id}`
  return {
    system: 'github',
    tokenVariable: 'GITHUB_TOKEN',
    place: { api: variable('GITHUB_API_URL'), graph: variable('GITHUB_GRAPHQL_URL'), repository },
    repository,
    commit,
    // A run that is repeated keeps its id and counts its attempts.
    run: `${id}${attempt.padStart(3, '0')}`,
    runUrl: attempt === '1' ? runUrl : `${runUrl}/attempts/${attempt}`,
    artifactsUrl: `${runUrl}#artifacts`,
    top: variable('GITHUB_WORKSPACE'),
    lineUrl: (path, line) => `${page}/blob/${commit}/${encodedPath(path)}#L${line}`,
    ...eventOf(variable('GITHUB_EVENT_NAME'), commit, () =>
      eventPayload(() => readEvent(variable('GITHUB_EVENT_PATH'))),
    ),
  }
}

// https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows: the file holds the payload
// of the webhook of that name, without `installation`. Other events are known by their name alone.
function eventOf(name: string, commit: string, read: () => EventPayload): Event {
  switch (name) {
    case 'pull_request':
    case 'pull_request_target':
      return pullRequestIn(read())
    case 'push':
      return pushIn(read(), commit)
    default:
      return { event: name === 'schedule' ? 'schedule' : 'other', head: commit, fromFork: false }
  }
}

function pullRequestIn(payload: EventPayload): Event {
  const own = payload.text('pull_request.base.repo.full_name')
  // It is null once the fork was deleted.
  const from = payload.optional('pull_request.head.repo.full_name')
  return {
    event: 'pull-request',
    pullRequest: String(payload.number('pull_request.number')),
    head: payload.text('pull_request.head.sha'),
    base: payload.text('pull_request.base.sha'),
    fromFork: from !== own,
  }
}

// A tag is pushed too, and changes no branch.
function pushIn(payload: EventPayload, commit: string): Event {
  if (!payload.text('ref').startsWith('refs/heads/')) return { event: 'other', head: commit, fromFork: false }
  const base = commitOf(payload.text('before'))
  return { event: 'push', head: payload.text('after'), ...(base !== undefined && { base }), fromFork: false }
}
