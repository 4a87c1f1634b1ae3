import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { StandIn } from '../forge/stand-ins/stand-in.ts'
import { githubStandIn } from '../forge/stand-ins/github.ts'
import { git, initialize } from '../operations/base/clone.ts'
import { temporaryFolder } from '../operations/start.ts'
import { checkout } from './checkout.ts'
import { metadata, runAction, serve, type Env } from './runner.ts'

interface Hook {
  readonly entry: string
}

/** A checkout of a pull request, an organization and GitHub behind addresses, and the Action as the repository holds it. */
async function workflow() {
  const { cwd, simulator, main, head, merge } = await checkout()
  const made: { github?: StandIn } = {}
  const api = await serve(request => {
    if (made.github === undefined) throw new Error('asked before there is anything to ask')
    return made.github.transport(request)
  })
  const github = githubStandIn({ api })
  made.github = github
  const place = await temporaryFolder()
  const common = {
    PATH: process.env['PATH'] ?? '',
    HOME: place,
    CI: 'true',
    POSTERN_API_KEY: simulator.apiKey,
    POSTERN_API_URL: simulator.url,
    POSTERN_LEDGER: join(place, 'ledger'),
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTOR: 'alice-gh',
    GITHUB_API_URL: api,
    GITHUB_GRAPHQL_URL: `${api}/graphql`,
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: 'acme/policies',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_SHA: merge,
    GITHUB_WORKSPACE: cwd,
    STAND_IN_TOKEN: github.token,
  }
  let runs = 100
  const run = async (event: string, payload: object, inputs: Env, env: Env = {}) => {
    const file = join(place, 'event.json')
    await writeFile(file, JSON.stringify(payload))
    const of = { GITHUB_EVENT_NAME: event, GITHUB_EVENT_PATH: file, GITHUB_RUN_ID: String((runs += 1)) }
    return runAction(inputs, { cwd, env: { ...common, ...of, ...env } })
  }
  const repository = { full_name: 'acme/policies' }
  return {
    cwd,
    github,
    simulator,
    head,
    merge,
    pullRequest: (inputs: Env, env: Env = {}, from = repository) =>
      run(
        'pull_request',
        {
          pull_request: { number: 7, head: { sha: head, repo: from }, base: { sha: main, repo: repository } },
          repository,
        },
        { command: 'plan', ...inputs },
        env,
      ),
    push: (inputs: Env = {}) =>
      run('push', { ref: 'refs/heads/main', before: main, after: merge }, { command: 'apply', ...inputs }),
    schedule: (inputs: Env, env: Env = {}) => run('schedule', {}, inputs, env),
    report: (name: string) => readFile(join(cwd, 'postern-report', name), 'utf8'),
  }
}

describe('action.yml', () => {
  // https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax
  it('has what a composite action must have', () => {
    expect(metadata).toMatchObject({ name: 'Postern', runs: { using: 'composite' } })
    expect(metadata.description.length).toBeLessThan(125)
    expect(Object.keys(metadata.branding).sort()).toEqual(['color', 'icon'])
    for (const [name, input] of Object.entries(metadata.inputs)) {
      expect(name).toMatch(/^[a-z-]+$/)
      expect(input.description).not.toBe('')
      expect([input.required, typeof input.default]).toEqual(
        name === 'command' ? [true, 'undefined'] : [undefined, 'string'],
      )
    }
    for (const step of metadata.runs.steps) {
      if (step.run === undefined) expect(step.uses).toMatch(/^actions\/[\w-]+@v\d+$/)
      else expect(step.shell).toBe('bash')
    }
  })

  it('uses every input, none in a script, and tells only what its step tells', () => {
    const steps = JSON.stringify(metadata.runs.steps)
    for (const name of Object.keys(metadata.inputs)) expect(steps).toContain(`inputs.${name}`)
    for (const step of metadata.runs.steps) expect(step.run ?? '').not.toContain('${{')
    for (const [name, { value }] of Object.entries(metadata.outputs))
      expect(value).toBe(name === 'report' ? '${{ inputs.report }}' : `\${{ steps.run.outputs.${name} }}`)
  })

  it('never takes the key of the organization as an input', () =>
    expect(Object.keys(metadata.inputs).filter(name => /key|secret/.test(name))).toEqual([]))
})

describe('the Action', () => {
  it('plans a pull request: one comment, outputs, a summary, annotations, and the whole as artifact', async () => {
    const job = await workflow()
    const ended = await job.pullRequest({})
    expect(ended.code, ended.log).toBe(0)
    expect(job.github.comments.map(({ body }) => body.split('\n')[0])).toEqual([
      '### 1 tightened, coverage 0.0 %; with what was pending before: 3 people lose API tokens',
    ])
    expect(ended.outputs).toMatchObject({ changed: 'true', blocked: 'false', report: 'postern-report' })
    const told = Object.keys(metadata.outputs).filter(name => !['drift', 'differences'].includes(name))
    expect(Object.keys(ended.outputs).sort()).toEqual(told.sort())
    expect(ended.summary).toContain('### 1 tightened')
    expect(ended.log).toContain('::notice file=policies/home.yaml,line=1')
    expect(await job.report('plan.md')).toContain('### 1 tightened')
    expect(ended.artifact).toEqual({
      name: 'postern-plan',
      path: 'postern-report',
      'if-no-files-found': 'ignore',
      overwrite: true,
    })
    expect(ended.log).not.toContain(job.simulator.apiKey)
    expect(ended.log).not.toContain(job.github.token)
  })

  it('applies after the merge the plan of the comment, and looks for drift at night', async () => {
    const job = await workflow()
    const planned = await job.pullRequest({})
    job.github.commits.set(job.merge, [{ number: 7, head: job.head, merge: job.merge }])
    const applied = await job.push()
    expect(applied.code, applied.log).toBe(0)
    expect(await job.report('applied.md')).toMatch(/^### /)
    expect(job.github.comments.length).toBe(2)
    expect(applied.artifact).toMatchObject({ name: 'postern-apply' })
    const drifted = await job.schedule({ command: 'drift' })
    expect(drifted.code, drifted.log).toBe(0)
    expect(drifted.outputs['drift']).toBe(job.github.issues.length === 0 ? 'false' : 'true')
    expect(drifted.artifact).toMatchObject({ name: 'postern-drift' })
    // By its digest it would be applied by hand; it is none any more.
    const again = await job.push({ digest: planned.outputs['digest'] ?? '' })
    expect(again.code).not.toBe(0)
  })

  it('takes a snapshot at night, from which a fork’s job plans without a key', async () => {
    const job = await workflow()
    const taken = await job.schedule(
      { command: 'snapshot' },
      { POSTERN_SNAPSHOT_KEY: 'a secret that is long enough for a snapshot' },
    )
    expect(taken.code, taken.log).toBe(0)
    expect(taken.artifact).toMatchObject({ name: 'postern-snapshot' })
    expect(await job.report('snapshot.json')).not.toContain('@acme')
    const asked = job.simulator.requests.length
    const ended = await job.pullRequest(
      { snapshot: 'postern-report/snapshot.json', comment: 'false' },
      { POSTERN_API_KEY: '', POSTERN_LEDGER: 's3://acme-postern/ledger' },
      { full_name: 'mallory/policies' },
    )
    expect(ended.code, ended.log).toBe(0)
    expect(ended.summary).toContain('Made from a snapshot')
    expect([job.simulator.requests.length, job.github.requests.length]).toEqual([asked, 0])
  })

  const hostile = [
    `"; touch made; "`,
    '$(touch made)',
    '`touch made`',
    'a\ntouch made\n',
    "' || touch made '",
    '--help',
  ]
  it.each(hostile)('takes no input for a script, nor for an option: %j', async value => {
    const job = await workflow()
    await mkdir(join(job.cwd, value))
    const all = { folder: value, base: value, snapshot: value, digest: value, allow: value, report: value }
    for (const ended of [
      await job.pullRequest(all),
      await job.push(all),
      await job.schedule({ ...all, command: 'snapshot' }),
    ]) {
      expect(existsSync(join(job.cwd, 'made'))).toBe(false)
      expect([ended.code, ended.log]).toEqual([1, expect.not.stringContaining('Usage: postern')])
    }
  })

  it.each([
    ['command', 'destroy'],
    ['comment', 'yes'],
  ])('refuses what it does not know: %s = %s', async (name, value) => {
    const job = await workflow()
    const ended = await job.pullRequest({ [name]: value })
    expect(ended.code).toBe(1)
    expect(ended.log).toMatch(/^::error title=Postern::The input `\w+` is /)
    expect(ended.log).not.toContain(value)
  })

  it('says so where there is no Node.js, or one that is too old', async () => {
    const job = await workflow()
    const bin = await temporaryFolder()
    const tools = { PATH: bin }
    for (const tool of ['bash', 'dirname'])
      await writeFile(join(bin, tool), `#!/bin/sh\nexec /usr/bin/${tool} "$@"\n`, { mode: 0o755 })
    const none = await job.pullRequest({}, tools)
    expect([none.code, none.log]).toEqual([1, expect.stringContaining('there is no node on PATH')])
    const old = `#!/bin/sh\nexec ${process.execPath} -e 'Object.defineProperty(process.versions, "node", { value: "20.18.1" }); eval(process.argv[1])' "$2"\n`
    await writeFile(join(bin, 'node'), old, { mode: 0o755 })
    const outdated = await job.pullRequest({}, tools)
    expect([outdated.code, outdated.log]).toEqual([1, expect.stringContaining('this is 20.18.1')])
  })
})

describe('the hook of pre-commit', () => {
  const [hook, ...others] = parse(readFileSync('.pre-commit-hooks.yaml', 'utf8')) as readonly Hook[]

  it('is a program of the repository, which pre-commit runs from the top of another', async () => {
    expect(others).toEqual([])
    expect(hook).toMatchObject({ id: 'postern-validate', language: 'script', pass_filenames: false, types: ['yaml'] })
    const cwd = await temporaryFolder()
    await cp('policies', join(cwd, 'our policies'), { recursive: true })
    const run = (...args: readonly string[]) =>
      spawnSync(resolve(hook?.entry ?? ''), args, { cwd, encoding: 'utf8', env: { PATH: process.env['PATH'] } })
    expect(run('our policies')).toMatchObject({ status: 0, stderr: '' })
    await writeFile(join(cwd, 'our policies/more.yaml'), 'kind: IpAllowlist\nnam: Home\n')
    expect(run('our policies')).toMatchObject({ status: 1 })
  })
})

describe('the bundle', () => {
  it('stands alone: what it loads is of Node.js, or lies beside it', async () => {
    const folder = await temporaryFolder()
    await cp('action', folder, { recursive: true })
    await cp('policies', join(folder, 'policies'), { recursive: true })
    const ran = spawnSync(join(folder, 'validate'), ['policies'], { cwd: folder, encoding: 'utf8' })
    expect([ran.status, ran.stderr]).toEqual([0, ''])
    // Port 9 answers nobody: it came as far as asking.
    const s3 = spawnSync(process.execPath, ['postern.cjs', 'audit', '--ledger', 's3://bucket/prefix'], {
      cwd: folder,
      encoding: 'utf8',
      env: {
        AWS_ACCESS_KEY_ID: 'id',
        AWS_SECRET_ACCESS_KEY: 'secret',
        AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9',
      },
    })
    expect(s3.stderr).toContain('ledger/unreachable')
  })

  it('is the same file by file in a clone whose git writes other line ends', async () => {
    const place = await temporaryFolder()
    const origin = join(place, 'origin')
    await cp('action', join(origin, 'action'), { recursive: true })
    await cp('.gitattributes', join(origin, '.gitattributes'))
    await cp('policies', join(origin, 'policies'), { recursive: true })
    initialize(origin)
    git(place, '-c', 'core.autocrlf=true', 'clone', origin, 'clone')
    // The setting works, on what is not of the Action.
    const policy = readdirSync('policies').find(name => name.endsWith('.yaml')) ?? ''
    expect(readFileSync(join(place, 'clone/policies', policy), 'utf8')).toContain('\r\n')
    const differing = readdirSync('action').filter(
      name => !readFileSync(join(place, 'clone/action', name)).equals(readFileSync(join('action', name))),
    )
    expect(differing).toEqual([])
  })

  it('names no place of the machine that built it, and keeps the notices of what is in it', () => {
    for (const file of ['action/postern.cjs', 'action/postern.chunks', 'action/s3.cjs']) {
      const text = readFileSync(file, 'utf8')
      expect([resolve('.'), '/home/', 'sourceMappingURL'].filter(place => text.includes(place))).toEqual([])
      // The program itself holds only what is ours.
      if (file !== 'action/postern.cjs') expect(text).toMatch(/Bundled license information|@license|Copyright/)
    }
  })
})
