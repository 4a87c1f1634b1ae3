import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { ciSystems, type CiSystem } from '../../src/render/starter/index.ts'
import { gitlabStandIn } from '../forge/stand-ins/gitlab.ts'
import { temporaryFolder } from '../operations/start.ts'
import { checkout, type Checkout } from './checkout.ts'
import { bash, serve, type Env } from './runner.ts'

interface GitlabJob {
  readonly extends?: string
  readonly before_script?: readonly string[]
  readonly script: readonly string[]
  readonly environment?: unknown
  readonly resource_group?: string
  readonly variables?: Readonly<Record<string, unknown>>
  readonly artifacts?: { readonly paths?: readonly string[]; readonly reports?: Readonly<Record<string, string>> }
  readonly rules?: readonly { readonly if: string; readonly changes?: readonly string[] }[]
}

interface BitbucketStep {
  readonly name: string
  readonly deployment?: string
  readonly script: readonly string[]
  readonly artifacts: readonly string[]
}

interface Bitbucket {
  readonly image: string
  readonly clone: unknown
  readonly pipelines: Readonly<
    Record<
      'pull-requests' | 'branches' | 'custom',
      Readonly<Record<string, readonly { readonly step?: BitbucketStep; readonly variables?: unknown }[]>>
    >
  >
}

const written = (system: CiSystem): unknown =>
  parse(ciSystems[system].text({ folder: 'policies', branch: 'main', version: '1.2.3' }))

/** Runs the lines of a job by bash; what would be installed is the program as the repository holds it. */
async function runLines(lines: readonly string[], { cwd, simulator }: Checkout, env: Env) {
  const place = await temporaryFolder()
  await mkdir(join(place, 'bin'))
  const program = (name: string, text: string) =>
    writeFile(join(place, 'bin', name), `#!/bin/sh\n${text}\n`, { mode: 0o755 })
  await program('npm', `[ "$*" = 'install --global postern@1.2.3' ]`)
  await program('postern', `exec ${process.execPath} ${resolve('action/postern.cjs')} "$@"`)
  return bash(lines.join('\n'), {
    cwd,
    env: {
      PATH: `${join(place, 'bin')}:${process.env['PATH'] ?? ''}`,
      CI: 'true',
      POSTERN_API_KEY: simulator.apiKey,
      POSTERN_API_URL: simulator.url,
      POSTERN_LEDGER: join(place, 'ledger'),
      ...env,
    },
  })
}

describe('the workflow for GitHub', () => {
  const { jobs } = written('github') as {
    readonly jobs: Readonly<
      Record<string, { readonly steps: readonly { readonly id?: string; readonly run?: string }[] }>
    >
  }
  const script = jobs['plan-of-fork']?.steps.find(({ id }) => id === 'snapshot')?.run ?? ''

  it.each<readonly [what: string, runs: string, there: string, output: string]>([
    ['the snapshot of last night', '103 102 101', '103', 'file=/runner/snapshot/snapshot.json\n'],
    [
      'that of the night before, where last night had none',
      '103 102 101',
      '102',
      'file=/runner/snapshot/snapshot.json\n',
    ],
    ['nothing where there is none', '103 102 101', '90', ''],
    ['nothing where no night was yet', '', '103', ''],
  ])('the job of a fork takes %s', async (_, runs, there, output) => {
    const place = await temporaryFolder()
    const gh = `#!/bin/sh\ncase "$2" in list) echo "${runs}" ;; download) [ "$3" = ${there} ] ;; esac\n`
    await writeFile(join(place, 'gh'), gh, { mode: 0o755 })
    await writeFile(join(place, 'output'), '')
    const ran = await bash(script, {
      cwd: place,
      env: {
        PATH: `${place}:${process.env['PATH'] ?? ''}`,
        GITHUB_WORKFLOW: 'postern',
        GITHUB_OUTPUT: join(place, 'output'),
        RUNNER_TEMP: '/runner',
      },
    })
    expect([ran.code, await readFile(join(place, 'output'), 'utf8')]).toEqual([0, output])
  })
})

describe('the pipeline for GitLab', () => {
  const { '.postern': shared, ...jobs } = written('gitlab') as Readonly<Record<string, GitlabJob>>
  const lines = (job: string) => [...(shared?.before_script ?? []), ...(jobs[job]?.script ?? [])]

  it('has three jobs, of which the one that changes something holds a lock', () => {
    expect(Object.keys(jobs)).toEqual(['postern plan', 'postern apply', 'postern drift'])
    for (const job of Object.values(jobs)) expect(job.extends).toBe('.postern')
    expect(shared?.variables).toEqual({ GIT_DEPTH: 0 })
    expect(jobs['postern apply']).toMatchObject({ resource_group: 'postern', interruptible: false })
    expect(jobs['postern apply']?.rules?.map(rule => rule.if)).toEqual([
      '$CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_BRANCH == "main"',
      '$CI_PIPELINE_SOURCE == "web" && $CI_COMMIT_BRANCH == "main" && $POSTERN_DIGEST',
    ])
  })

  it('quotes a branch in a condition with the quote that it has not', () => {
    const text = ciSystems.gitlab.text({ folder: 'policies', branch: 'a"b', version: '1.2.3' })
    const [rule] = (parse(text) as Readonly<Record<string, GitlabJob>>)['postern apply']?.rules ?? []
    expect(rule?.if).toContain(`$CI_COMMIT_BRANCH == 'a"b'`)
  })

  it('plans a merge request: one comment, and every report that the job names is there', async () => {
    const job = await checkout()
    const gitlab = gitlabStandIn()
    // The stand-in knows itself by the address that GitLab has.
    const address = await serve(request =>
      gitlab.transport({ ...request, url: request.url.replace(/^http:\/\/[^/]+/, 'https://gitlab.com') }),
    )
    const ran = await runLines(lines('postern plan'), job, {
      GITLAB_CI: 'true',
      GITLAB_USER_LOGIN: 'alice-gl',
      GITLAB_TOKEN: gitlab.token,
      CI_API_V4_URL: `${address}/api/v4`,
      CI_PROJECT_ID: '42',
      CI_PROJECT_PATH: 'acme/policies',
      CI_PROJECT_URL: 'https://gitlab.com/acme/policies',
      CI_PROJECT_DIR: job.cwd,
      CI_COMMIT_SHA: job.head,
      CI_PIPELINE_ID: '500',
      CI_JOB_URL: 'https://gitlab.com/acme/policies/-/jobs/9',
      CI_PIPELINE_SOURCE: 'merge_request_event',
      CI_MERGE_REQUEST_IID: '7',
      CI_MERGE_REQUEST_PROJECT_ID: '42',
      CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '42',
      CI_MERGE_REQUEST_PROJECT_URL: 'https://gitlab.com/acme/policies',
      CI_MERGE_REQUEST_PROJECT_PATH: 'acme/policies',
      CI_MERGE_REQUEST_DIFF_BASE_SHA: job.main,
    })
    expect(ran.code, ran.err).toBe(0)
    expect(gitlab.notes.filter(({ body }) => body.includes('### 1 tightened')).length).toBe(1)
    const { codequality = '', dotenv = '' } = jobs['postern plan']?.artifacts?.reports ?? {}
    expect(JSON.parse(await readFile(join(job.cwd, codequality), 'utf8'))).toBeInstanceOf(Array)
    expect(await readFile(join(job.cwd, dotenv), 'utf8')).toMatch(/^POSTERN_CHANGED=true$/m)
  })
})

describe('the pipeline for Bitbucket', () => {
  const { clone, pipelines } = written('bitbucket') as Bitbucket
  const steps = Object.values(pipelines).flatMap(all =>
    Object.values(all).flatMap(each => each.flatMap(({ step }) => step ?? [])),
  )

  it('has the three jobs and one by hand, of which those that change something hold a lock', () => {
    expect(steps.map(({ name }) => name)).toEqual(['Plan', 'Apply', 'Drift', 'Apply'])
    expect(clone).toEqual({ depth: 'full' })
    for (const { name, deployment } of steps) expect(deployment).toBe(name === 'Apply' ? 'production' : undefined)
    expect(Object.keys(pipelines.branches)).toEqual(['main'])
    expect(pipelines.custom['apply']?.[0]).toEqual({ variables: [{ name: 'POSTERN_DIGEST' }] })
  })

  it('plans a pull request, and leaves what its artifacts name', async () => {
    const job = await checkout()
    const ran = await runLines(steps[0]?.script ?? [], job, {
      BITBUCKET_BUILD_NUMBER: '11',
      BITBUCKET_REPO_FULL_NAME: 'acme/policies',
      BITBUCKET_COMMIT: job.head,
      BITBUCKET_CLONE_DIR: job.cwd,
      BITBUCKET_PR_ID: '7',
      BITBUCKET_PR_DESTINATION_COMMIT: job.main,
      BITBUCKET_PR_DESTINATION_BRANCH: 'main',
    })
    expect(ran.code, ran.err).toBe(0)
    expect(ran.err).toContain('BITBUCKET_TOKEN is not set')
    expect(steps[0]?.artifacts).toEqual(['postern-report/**'])
    expect(await readFile(join(job.cwd, 'postern-report/plan.md'), 'utf8')).toContain('### 1 tightened')
  })
})
