import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { forgeContext, type ForgeContext } from '../../src/forge/context.ts'
import { forgeOf } from '../../src/forge/forge-of.ts'
import { fakeTime } from '../org/scripted.ts'
import { githubStandIn } from './stand-ins/github.ts'

type Payload = Readonly<Record<string, unknown>>

/** Payloads of webhooks as GitHub sent them. The file of a job holds the same, without `installation`. */
const webhooks = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve('@octokit/webhooks-examples'), 'utf8'),
) as readonly { readonly name: string; readonly examples: readonly Payload[] }[]
const examples = (name: string): readonly Payload[] => webhooks.find(each => each.name === name)?.examples ?? []

// https://docs.github.com/en/actions/reference/workflows-and-actions/variables
const github = {
  GITHUB_ACTIONS: 'true',
  GITHUB_API_URL: 'https://api.github.com',
  GITHUB_GRAPHQL_URL: 'https://api.github.com/graphql',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'acme/policies',
  GITHUB_RUN_ID: '16000000001',
  GITHUB_RUN_ATTEMPT: '1',
  GITHUB_SHA: 'c0ffee',
  GITHUB_WORKSPACE: '/home/runner/work/policies/policies',
  GITHUB_EVENT_NAME: 'pull_request',
  GITHUB_EVENT_PATH: '/home/runner/work/_temp/_github_workflow/event.json',
}

// https://docs.gitlab.com/ci/variables/predefined_variables/
const gitlab = {
  GITLAB_CI: 'true',
  CI_API_V4_URL: 'https://gitlab.com/api/v4',
  CI_PROJECT_ID: '42',
  CI_PROJECT_PATH: 'acme/policies',
  CI_PROJECT_URL: 'https://gitlab.com/acme/policies',
  CI_PROJECT_DIR: '/builds/acme/policies',
  CI_COMMIT_SHA: 'c0ffee',
  CI_PIPELINE_ID: '1001',
  CI_PIPELINE_SOURCE: 'merge_request_event',
  CI_JOB_URL: 'https://gitlab.com/acme/policies/-/jobs/5',
}
const mergeRequest = {
  CI_MERGE_REQUEST_IID: '7',
  CI_MERGE_REQUEST_PROJECT_ID: '42',
  CI_MERGE_REQUEST_PROJECT_PATH: 'acme/policies',
  CI_MERGE_REQUEST_PROJECT_URL: 'https://gitlab.com/acme/policies',
  CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '42',
  CI_MERGE_REQUEST_DIFF_BASE_SHA: 'ba5e',
}

// https://support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets/
const bitbucket = {
  BITBUCKET_BUILD_NUMBER: '12',
  BITBUCKET_REPO_FULL_NAME: 'acme/policies',
  BITBUCKET_COMMIT: 'c0ffee',
  BITBUCKET_CLONE_DIR: '/opt/atlassian/pipelines/agent/build',
}

function contextOf(env: Readonly<Record<string, string | undefined>>, event?: unknown): ForgeContext {
  const read = forgeContext(env, () => JSON.stringify(event))
  if (!read.ok || read.value === undefined) throw new Error('it has no context')
  return read.value
}

describe('GitHub', () => {
  it('tells a pull request', () => {
    const context = contextOf(github, examples('pull_request')[0])
    expect(context).toMatchObject({
      system: 'github',
      event: 'pull-request',
      repository: 'acme/policies',
      pullRequest: '2',
      head: 'ec26c3e57ca3a959ca5aad62de7213c562f8c821',
      base: 'f95f852bd8fca8fcc58a9a2d6c842781e32a215e',
      fromFork: false,
      commit: 'c0ffee',
      run: '16000000001001',
      runUrl: 'https://github.com/acme/policies/actions/runs/16000000001',
      artifactsUrl: 'https://github.com/acme/policies/actions/runs/16000000001#artifacts',
      top: '/home/runner/work/policies/policies',
      tokenVariable: 'GITHUB_TOKEN',
    })
    expect(context.lineUrl('policies/a b/ü#1.yaml', 3)).toBe(
      'https://github.com/acme/policies/blob/c0ffee/policies/a%20b/%C3%BC%231.yaml#L3',
    )
  })

  it('understands every pull request that GitHub is known to have sent', () => {
    const all = examples('pull_request')
    expect(all.length).toBeGreaterThan(20)
    for (const event of all) {
      expect(contextOf(github, event)).toMatchObject({
        event: 'pull-request',
        head: expect.stringMatching(/^[0-9a-f]{40}$/) as string,
      })
    }
  })

  const [opened] = examples('pull_request')
  const pull = opened?.['pull_request'] as { readonly head: Payload } | undefined
  const from = (repo: unknown) => ({ ...opened, pull_request: { ...pull, head: { ...pull?.head, repo } } })
  it.each([
    ['another repository', from({ full_name: 'somebody/policies' }), true],
    ['a repository that is gone', from(null), true],
  ])('tells a fork: %s', (_, event, fromFork) => {
    expect(contextOf({ ...github, GITHUB_EVENT_NAME: 'pull_request_target' }, event)).toMatchObject({ fromFork })
  })

  it('tells a push, and what was there before', () => {
    const [, , , , created] = examples('push')
    const env = { ...github, GITHUB_EVENT_NAME: 'push' }
    const context = contextOf(env, created)
    expect(context).toMatchObject({ event: 'push', head: created?.['after'], fromFork: false })
    expect(context).not.toHaveProperty('base')
    expect(contextOf(env, { ...created, before: 'ba5e' })).toMatchObject({ base: 'ba5e' })
    expect(contextOf(env, examples('push')[0])).toMatchObject({ event: 'other' })
  })

  it.each([
    ['schedule', 'schedule'],
    ['workflow_dispatch', 'other'],
    ['merge_group', 'other'],
  ])('knows %s by its name', (name, event) => {
    const read = () => {
      throw new Error('nobody reads this')
    }
    const context = forgeContext({ ...github, GITHUB_EVENT_NAME: name }, read)
    expect(context).toMatchObject({ ok: true, value: { event, head: 'c0ffee', fromFork: false } })
  })

  it('counts attempts, so that they grow', () => {
    const runs = ['1', '2', '10'].map(attempt => contextOf({ ...github, GITHUB_RUN_ATTEMPT: attempt }, opened))
    const numbers = runs.map(({ run }) => BigInt(run))
    expect(numbers).toEqual([...numbers].sort((a, b) => (a < b ? -1 : 1)))
    expect(runs[1]?.runUrl).toBe('https://github.com/acme/policies/actions/runs/16000000001/attempts/2')
  })

  it.each<readonly [string, () => string, object]>([
    [
      'missing',
      () => {
        throw new Error('ENOENT')
      },
      { why: 'unreadable' },
    ],
    ['cut off', () => '{"pull_request": {', { why: 'not-json' }],
    ['a list', () => '[]', { why: 'other-shape' }],
    ['empty', () => '{}', { why: 'other-shape', member: 'pull_request.base.repo.full_name' }],
    [
      'without a head',
      () => JSON.stringify({ ...opened, pull_request: { ...pull, head: null } }),
      { member: 'pull_request.head.sha' },
    ],
    [
      'with a number that is none',
      () => JSON.stringify({ ...opened, pull_request: { ...pull, number: '2/../3' } }),
      { member: 'pull_request.number' },
    ],
  ])('refuses an event that is %s', (_, read, facts) => {
    expect(forgeContext(github, read)).toMatchObject({ ok: false, diagnostics: [{ code: 'forge/bad-event', facts }] })
  })
})

describe('GitLab', () => {
  it('tells a merge request', () => {
    const context = contextOf({ ...gitlab, ...mergeRequest })
    expect(context).toMatchObject({
      system: 'gitlab',
      event: 'pull-request',
      pullRequest: '7',
      head: 'c0ffee',
      base: 'ba5e',
      fromFork: false,
      run: '1001',
      artifactsUrl: 'https://gitlab.com/acme/policies/-/jobs/5/artifacts/browse',
      top: '/builds/acme/policies',
    })
    expect(context.lineUrl('a/b.yaml', 3)).toBe('https://gitlab.com/acme/policies/-/blob/c0ffee/a/b.yaml#L3')
  })

  it('posts where the merge request is, when the pipeline runs in the fork', () => {
    const fork = {
      CI_PROJECT_ID: '99',
      CI_PROJECT_PATH: 'jo/policies',
      CI_PROJECT_URL: 'https://gitlab.com/jo/policies',
    }
    const context = contextOf({ ...gitlab, ...mergeRequest, ...fork, CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '99' })
    expect(context).toMatchObject({ fromFork: true, repository: 'acme/policies', place: { projectId: '42' } })
    expect(context.lineUrl('a.yaml', 1)).toBe('https://gitlab.com/jo/policies/-/blob/c0ffee/a.yaml#L1')
  })

  it('tells the head of a merged result', () => {
    expect(contextOf({ ...gitlab, ...mergeRequest, CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: 'beef' })).toMatchObject({
      head: 'beef',
      commit: 'c0ffee',
    })
  })

  it.each([
    ['push', { CI_COMMIT_BRANCH: 'main', CI_COMMIT_BEFORE_SHA: 'ba5e' }, { event: 'push', base: 'ba5e' }],
    ['push', { CI_COMMIT_TAG: 'v1' }, { event: 'other' }],
    ['schedule', { CI_COMMIT_BRANCH: 'main' }, { event: 'schedule' }],
    ['web', { CI_COMMIT_BRANCH: 'main' }, { event: 'other' }],
  ])('tells what started it: %s %o', (source, more, expected) => {
    expect(contextOf({ ...gitlab, CI_PIPELINE_SOURCE: source, ...more })).toMatchObject(expected)
  })

  it('takes zeros for no commit', () => {
    const push = { CI_PIPELINE_SOURCE: 'push', CI_COMMIT_BRANCH: 'main', CI_COMMIT_BEFORE_SHA: '0'.repeat(40) }
    expect(contextOf({ ...gitlab, ...push })).not.toHaveProperty('base')
  })
})

describe('Bitbucket', () => {
  it.each([
    [
      { BITBUCKET_PR_ID: '7', BITBUCKET_PR_DESTINATION_COMMIT: 'ba5e', BITBUCKET_PR_DESTINATION_BRANCH: 'main' },
      { event: 'pull-request', pullRequest: '7', base: 'ba5e' },
    ],
    [
      { BITBUCKET_PR_ID: '7', BITBUCKET_PR_DESTINATION_BRANCH: 'main' },
      { event: 'pull-request', base: 'origin/main' },
    ],
    [{ BITBUCKET_BRANCH: 'main' }, { event: 'push' }],
    [{ BITBUCKET_TAG: 'v1' }, { event: 'other' }],
  ])('tells what started it: %o', (more, expected) => {
    expect(contextOf({ ...bitbucket, ...more })).toMatchObject({
      ...expected,
      system: 'bitbucket',
      head: 'c0ffee',
      run: '12',
    })
  })

  it('has its lines and its pages at bitbucket.org', () => {
    const context = contextOf(bitbucket)
    expect(context.lineUrl('a/b.yaml', 3)).toBe('https://bitbucket.org/acme/policies/src/c0ffee/a/b.yaml#lines-3')
    expect(context.runUrl).toBe('https://bitbucket.org/acme/policies/pipelines/results/12')
  })
})

it('is nothing elsewhere', () => {
  expect(forgeContext({ CI: 'true' }, () => '')).toEqual({ ok: true, value: undefined, diagnostics: [] })
})

it.each([
  ['GitHub', github, 'GITHUB_REPOSITORY'],
  ['GitLab', gitlab, 'CI_API_V4_URL'],
  ['Bitbucket', bitbucket, 'BITBUCKET_COMMIT'],
] as const)('%s jobs have all their variables, or it is said which is missing', (forge, env, variable) => {
  expect(forgeContext({ ...env, [variable]: '' }, () => JSON.stringify(examples('pull_request')[0]))).toMatchObject({
    ok: false,
    diagnostics: [{ code: 'forge/no-variable', facts: { forge, variable } }],
  })
})

it('leads to the forge that it describes', async () => {
  const server = githubStandIn()
  const context = contextOf(github, examples('pull_request')[0])
  const forge = forgeOf(context, server.token, { ...fakeTime(), transport: server.transport })
  expect(forge.system).toBe('github')
  expect(await forge.comments('7').list()).toEqual([])
  const others = [gitlab, bitbucket].map(env =>
    forgeOf(contextOf(env), 'token', { ...fakeTime(), transport: server.transport }),
  )
  expect(others.map(({ system }) => system)).toEqual(['gitlab', 'bitbucket'])
})
