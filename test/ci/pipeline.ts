import examples from '@octokit/webhooks-examples' with { type: 'json' }
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { JsonObject } from '../../src/model/json.ts'
import type { HttpRequest, HttpResponse } from '../../src/org/transport.ts'
import { run } from '../../src/cli/run.ts'
import { bitbucketStandIn } from '../forge/stand-ins/bitbucket.ts'
import { githubStandIn, type GithubStandIn } from '../forge/stand-ins/github.ts'
import { gitlabStandIn } from '../forge/stand-ins/gitlab.ts'
import type { StandIn } from '../forge/stand-ins/stand-in.ts'
import { commit, git, initialize, runGit, write } from '../operations/base/clone.ts'
import { startAt, temporaryFolder, type Started } from '../operations/start.ts'
import { fakeWorld } from '../world.ts'
import type { Ran } from '../story/command-line.ts'

/** The documents on the main branch: a range that is live is to go, which is pending. */
export const documents = {
  '.gitignore': '.postern\npostern-report\n',
  'policies/organization.yaml': `kind: Organization
name: acme
id: 96c9b91d-3eab-41b4-9d9c-09eb84db70cf
domains: [acme.com, acme.io]
identityProviders: [{ name: okta, protocol: saml, enforcesMfa: true }]
directories: [{ name: Acme staff, identityProvider: okta }]
approvals: { loosening: 0 }
`,
  'policies/external.yaml': 'kind: ExternalUserPolicy\nname: external\nsettings:\n  apiTokens: block\n',
  'policies/office.yaml': `kind: IpAllowlist
name: Office and VPN
ranges:
  - 203.0.113.0/24
  - '2001:db8::/48'
allowMobileBypass: false
`,
}

/** What the pull request changes: an allowlist more. */
export const change = { 'policies/home.yaml': 'kind: IpAllowlist\nname: Home\nranges: [192.0.2.7]\n' }

/** A repository with a pull request, an organization, and the three forges. */
export interface Pipeline {
  readonly cwd: string
  readonly started: Started
  readonly github: GithubStandIn
  readonly gitlab: ReturnType<typeof gitlabStandIn>
  readonly bitbucket: ReturnType<typeof bitbucketStandIn>
  /** The newest commit of the pull request's branch, and the one that merges it as GitHub checks it out. */
  readonly head: string
  readonly merge: string
  readonly main: string
  /** Runs `postern ci` as a job of GitHub Actions. */
  readonly onGithub: (argv: readonly string[], job?: GithubJob) => Promise<Ran & Told>
  readonly onGitlab: (argv: readonly string[], env?: Env) => Promise<Ran>
  readonly onBitbucket: (argv: readonly string[], env?: Env) => Promise<Ran>
  /** Runs another command as a job with a key. */
  readonly trusted: (argv: readonly string[]) => Promise<Ran>
  readonly report: (name: string) => Promise<string>
}

type Env = Readonly<Record<string, string | undefined>>

export interface GithubJob {
  readonly event?: 'pull_request' | 'push' | 'schedule' | 'workflow_dispatch'
  /** What differs from the event as it was recorded. */
  readonly payload?: (payload: Record<string, unknown>) => void
  readonly env?: Env
  readonly run?: string
}

/** What a job told GitHub by files. */
export interface Told {
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
}

/** A real payload of a webhook. */
function payloadOf(name: string, action?: string): Record<string, unknown> {
  const found = (examples as unknown as readonly { name: string; examples: readonly JsonObject[] }[])
    .find(each => each.name === name)
    ?.examples.find(each => action === undefined || each['action'] === action)
  if (found === undefined) throw new Error(`no example of ${name}`)
  return structuredClone(found)
}

const set = (value: Record<string, unknown>, path: string, to: unknown): void => {
  const [last = '', ...above] = path.split('.').reverse()
  const into = above.reverse().reduce((inner, member) => (inner[member] ??= {}) as Record<string, unknown>, value)
  into[last] = to
}

export async function pipeline(
  options: {
    readonly documents?: Readonly<Record<string, string>>
    readonly change?: Readonly<Record<string, string>>
  } = {},
): Promise<Pipeline> {
  const cwd = await temporaryFolder()
  const started = await startAt(cwd, {})
  await write(cwd, { ...documents, ...options.documents })
  initialize(cwd)
  const main = git(cwd, 'rev-parse', 'HEAD').trim()
  git(cwd, 'checkout', '-b', 'change')
  await write(cwd, options.change ?? change)
  commit(cwd, 'change')
  const head = git(cwd, 'rev-parse', 'HEAD').trim()
  git(cwd, 'checkout', '--detach', 'main')
  git(cwd, 'merge', '--no-ff', '--no-edit', 'change')
  const merge = git(cwd, 'rev-parse', 'HEAD').trim()
  const [github, gitlab, bitbucket] = [githubStandIn(), gitlabStandIn(), bitbucketStandIn()]
  const forges: readonly (readonly [string, StandIn])[] = [
    ['https://api.github.com', github],
    ['https://gitlab.com', gitlab],
    ['https://api.bitbucket.org', bitbucket],
  ]
  let ids = 0

  async function job(argv: readonly string[], env: Env): Promise<Ran> {
    const told = fakeWorld({
      argv,
      cwd,
      clock: started.clock,
      simulator: started.simulator,
      env: { CI: 'true', POSTERN_API_KEY: started.simulator.apiKey, POSTERN_LEDGER: join(cwd, '.postern'), ...env },
      machine: { runGit },
    })
    const organization = told.world.network?.transport
    const transport = (request: HttpRequest): Promise<HttpResponse> => {
      const forge = forges.find(([origin]) => request.url.startsWith(origin))?.[1]
      if (forge !== undefined) return forge.transport(request)
      if (organization === undefined) throw new Error('no network')
      return organization(request)
    }
    const world = { ...told.world, network: { ...told.world.network, transport } }
    const code = await run(world)
    return { code, out: told.out(), err: told.err() }
  }

  return {
    cwd,
    started,
    github,
    gitlab,
    bitbucket,
    head,
    merge,
    main,
    trusted: argv => job(argv, {}),
    report: name => readFile(join(cwd, 'postern-report', name), 'utf8'),
    onGithub: async (argv, { event = 'pull_request', payload: edit, env = {}, run: id = '100' } = {}) => {
      const place = join(await temporaryFolder(), `${(ids += 1)}`)
      const files = { event: `${place}.json`, output: `${place}.output`, summary: `${place}.md` }
      const payload =
        event === 'pull_request' ? payloadOf('pull_request', 'synchronize') : event === 'push' ? payloadOf('push') : {}
      if (event === 'pull_request') {
        for (const [path, value] of [
          ['number', 7],
          ['pull_request.number', 7],
          ['pull_request.head.sha', head],
          ['pull_request.base.sha', main],
          ['pull_request.head.repo.full_name', 'acme/policies'],
          ['pull_request.base.repo.full_name', 'acme/policies'],
          ['repository.full_name', 'acme/policies'],
        ] as const)
          set(payload, path, value)
      } else if (event === 'push') {
        for (const [path, value] of [
          ['ref', 'refs/heads/main'],
          ['before', main],
          ['after', merge],
        ] as const)
          set(payload, path, value)
      }
      edit?.(payload)
      await Promise.all([
        writeFile(files.event, JSON.stringify(payload)),
        writeFile(files.output, ''),
        writeFile(files.summary, ''),
      ])
      const ran = await job(['ci', ...argv], {
        GITHUB_ACTIONS: 'true',
        GITHUB_ACTOR: 'alice-gh',
        GITHUB_API_URL: 'https://api.github.com',
        GITHUB_GRAPHQL_URL: 'https://api.github.com/graphql',
        GITHUB_SERVER_URL: 'https://github.com',
        GITHUB_REPOSITORY: 'acme/policies',
        GITHUB_RUN_ID: id,
        GITHUB_RUN_ATTEMPT: '1',
        GITHUB_SHA: merge,
        GITHUB_WORKSPACE: cwd,
        GITHUB_EVENT_NAME: event,
        GITHUB_EVENT_PATH: files.event,
        GITHUB_OUTPUT: files.output,
        GITHUB_STEP_SUMMARY: files.summary,
        GITHUB_TOKEN: github.token,
        ...env,
      })
      const lines = (await readFile(files.output, 'utf8')).split('\n').filter(line => line !== '')
      return {
        ...ran,
        outputs: Object.fromEntries(lines.map(line => line.split('=') as [string, string])),
        summary: await readFile(files.summary, 'utf8'),
      }
    },
    onGitlab: (argv, env = {}) =>
      job(['ci', ...argv], {
        GITLAB_CI: 'true',
        GITLAB_USER_LOGIN: 'alice-gl',
        GITLAB_TOKEN: gitlab.token,
        CI_API_V4_URL: 'https://gitlab.com/api/v4',
        CI_PROJECT_ID: '42',
        CI_PROJECT_PATH: 'acme/policies',
        CI_PROJECT_URL: 'https://gitlab.com/acme/policies',
        CI_PROJECT_DIR: cwd,
        CI_COMMIT_SHA: head,
        CI_PIPELINE_ID: '500',
        CI_JOB_URL: 'https://gitlab.com/acme/policies/-/jobs/9',
        CI_PIPELINE_SOURCE: 'merge_request_event',
        CI_MERGE_REQUEST_IID: '7',
        CI_MERGE_REQUEST_PROJECT_ID: '42',
        CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '42',
        CI_MERGE_REQUEST_PROJECT_URL: 'https://gitlab.com/acme/policies',
        CI_MERGE_REQUEST_PROJECT_PATH: 'acme/policies',
        CI_MERGE_REQUEST_DIFF_BASE_SHA: main,
        ...env,
      }),
    onBitbucket: (argv, env = {}) =>
      job(['ci', ...argv], {
        BITBUCKET_BUILD_NUMBER: '11',
        BITBUCKET_STEP_TRIGGERER_UUID: '{alice}',
        BITBUCKET_TOKEN: bitbucket.token,
        BITBUCKET_WORKSPACE: 'acme',
        BITBUCKET_REPO_SLUG: 'policies',
        BITBUCKET_REPO_FULL_NAME: 'acme/policies',
        BITBUCKET_COMMIT: head,
        BITBUCKET_CLONE_DIR: cwd,
        BITBUCKET_PR_ID: '7',
        BITBUCKET_PR_DESTINATION_COMMIT: main,
        BITBUCKET_PR_DESTINATION_BRANCH: 'main',
        ...env,
      }),
  }
}
