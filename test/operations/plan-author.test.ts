import { expect, it } from 'vitest'
import { planAuthor } from '../../src/operations/plan-author.ts'

const github = {
  GITHUB_ACTIONS: 'true',
  GITHUB_ACTOR: 'alice-gh',
  GITHUB_TRIGGERING_ACTOR: 'bob-gh',
  GITHUB_SHA: 'abc',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'acme/policies',
  GITHUB_RUN_ID: '7',
}

it.each([
  ['GitHub', github, undefined, ['alice-gh', 'abc', 'https://github.com/acme/policies/actions/runs/7']],
  ['told, in CI', github, ' carol ', ['carol', 'abc', 'https://github.com/acme/policies/actions/runs/7']],
  ['an empty flag tells nothing', github, ' ', ['alice-gh', 'abc', 'https://github.com/acme/policies/actions/runs/7']],
  ['outside of CI', { USER: 'alice', GITHUB_ACTOR: 'alice-gh' }, undefined, [undefined, undefined, undefined]],
  ['told, outside of CI', { USER: 'alice' }, 'carol', ['carol', undefined, undefined]],
  ['a job that is none', { ...github, GITHUB_ACTIONS: 'false' }, undefined, [undefined, undefined, undefined]],
  [
    'GitLab',
    { GITLAB_CI: 'true', GITLAB_USER_LOGIN: 'alice', CI_COMMIT_SHA: 'abc', CI_JOB_URL: 'https://gitlab.com/j/1' },
    undefined,
    ['alice', 'abc', 'https://gitlab.com/j/1'],
  ],
  [
    'Bitbucket',
    {
      BITBUCKET_BUILD_NUMBER: '9',
      BITBUCKET_STEP_TRIGGERER_UUID: '{1f2e}',
      BITBUCKET_COMMIT: 'abc',
      BITBUCKET_REPO_FULL_NAME: 'acme/policies',
    },
    undefined,
    ['{1f2e}', 'abc', 'https://bitbucket.org/acme/policies/pipelines/results/9'],
  ],
  [
    'Azure Pipelines',
    {
      TF_BUILD: 'True',
      BUILD_REQUESTEDFOREMAIL: 'alice@acme.com',
      BUILD_REQUESTEDFOR: 'Alice',
      BUILD_SOURCEVERSION: 'abc',
      SYSTEM_COLLECTIONURI: 'https://dev.azure.com/acme/',
      SYSTEM_TEAMPROJECT: 'our policies',
      BUILD_BUILDID: '4',
    },
    undefined,
    ['alice@acme.com', 'abc', 'https://dev.azure.com/acme/our%20policies/_build/results?buildId=4'],
  ],
  [
    'Azure Pipelines on schedule',
    { TF_BUILD: 'True', BUILD_REQUESTEDFOR: 'System' },
    undefined,
    [undefined, undefined, undefined],
  ],
  [
    'CircleCI',
    {
      CIRCLECI: 'true',
      CIRCLE_USERNAME: 'alice',
      CIRCLE_PROJECT_USERNAME: 'acme',
      CIRCLE_SHA1: 'abc',
      CIRCLE_BUILD_URL: 'https://circleci.com/1',
    },
    undefined,
    ['alice', 'abc', 'https://circleci.com/1'],
  ],
  ['CircleCI without a name', { CIRCLECI: 'true', CIRCLE_USERNAME: '' }, undefined, [undefined, undefined, undefined]],
  [
    'Jenkins',
    { JENKINS_URL: 'https://ci', BUILD_USER_ID: 'alice', GIT_COMMIT: 'abc', BUILD_URL: 'https://ci/job/1' },
    undefined,
    ['alice', 'abc', 'https://ci/job/1'],
  ],
])('%s', (_, env, told, expected) => {
  const { author, commit, job } = planAuthor(env, told)
  expect([author, commit, job]).toEqual(expected)
})
