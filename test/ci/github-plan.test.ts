import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { git, write } from '../operations/base/clone.ts'
import { full } from '../survival/extent.ts'
import { temporaryFolder } from '../operations/start.ts'
import { pipeline, type GithubJob, type Pipeline } from './pipeline.ts'

const bodies = ({ github }: Pipeline): readonly string[] => github.comments.map(({ body }) => body)

/** As a job of a fork's pull request: no secret, and a token that only reads. */
function fromFork(ci: Pipeline): GithubJob {
  ci.github.permissions.set('pull-requests', 'read')
  ci.github.permissions.set('issues', 'read')
  return {
    env: { POSTERN_API_KEY: '', POSTERN_LEDGER: '' },
    payload: event => {
      const { head } = event['pull_request'] as { head: { repo: Record<string, unknown> } }
      head.repo['full_name'] = 'mallory/policies'
    },
  }
}

describe('postern ci plan on GitHub', () => {
  it('puts one comment on the pull request, whose first line says it all, and tells the job the same', async () => {
    const ci = await pipeline()
    const ran = await ci.onGithub(['plan', 'policies'])
    expect(ran.code).toBe(0)
    expect(ran.err).toContain('The comment: https://github.com/acme/policies/pull/7#issuecomment-')
    const [body = '', ...others] = bodies(ci)
    expect(others).toEqual([])
    expect(body.split('\n')[0]).toBe(
      '### 1 tightened, coverage 0.0 %; with what was pending before: 3 people lose API tokens',
    )
    expect(body).toContain('Pending before this change: 2 steps')
    expect(body).toContain(`(<https://github.com/acme/policies/blob/${ci.merge}/policies/home.yaml#L1>)`)
    expect(ran.outputs).toEqual({
      changed: 'true',
      blocked: 'false',
      digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      'coverage-before': '0.0',
      'coverage-after': '0.0',
      report: 'postern-report',
    })
    expect(ran.summary).toContain('### 1 tightened')
    expect(await ci.report('plan.md')).toContain('### 1 tightened')
    expect(ran.out).toContain('::notice file=policies/home.yaml,line=1')
    // A line that the pull request does not touch has no annotation.
    expect(ran.out).not.toContain('::notice file=policies/office.yaml')
  })

  it('shows nobody’s whole address: not in the comment, the log, the summary nor the report', async () => {
    const ci = await pipeline()
    const ran = await ci.onGithub(['plan', 'policies', '--verbose'])
    for (const text of [...bodies(ci), ran.out, ran.err, ran.summary, await ci.report('plan.md')]) {
      expect(text).not.toMatch(/(bot|finn|noor)@/)
      expect(text.includes('b…@partner.example') || text === ran.err).toBe(true)
    }
    const full = await ci.onGithub(['plan', 'policies', '--emails', 'full'], { run: '101' })
    expect(full.out).toContain('bot@partner.example')
    expect(bodies(ci)[0]).toContain('bot@partner.example')
    expect(JSON.parse(await ci.report('plan.json'))).toMatchObject({ formatVersion: '1.0' })
  })

  it('edits its comment in place, whoever edited it, and makes another where it was deleted', async () => {
    const ci = await pipeline()
    await ci.onGithub(['plan', 'policies'])
    const [first] = ci.github.comments
    if (first === undefined) throw new Error('no comment')
    await write(ci.cwd, { 'policies/home.yaml': 'kind: IpAllowlist\nname: Home\nranges: [192.0.2.7, 192.0.2.8]\n' })
    await ci.onGithub(['plan', 'policies'], { run: '101' })
    expect(ci.github.comments.map(({ id }) => id)).toEqual([first.id])
    expect(first.body).toContain('192.0.2.8')
    ci.github.edit(first, 'mallory', first.body.replace('192.0.2.8', '203.0.113.99'))
    await ci.onGithub(['plan', 'policies'], { run: '102' })
    expect(first.body).toContain('192.0.2.8')
    ci.github.remove(first)
    await ci.onGithub(['plan', 'policies'], { run: '103' })
    expect(ci.github.comments.filter(({ body }) => body.includes('192.0.2.8')).length).toBe(1)
  })

  it('leaves one comment where two runs post at once', async () => {
    const ci = await pipeline()
    await Promise.all([
      ci.onGithub(['plan', 'policies', '--report', 'one']),
      ci.onGithub(['plan', 'policies', '--report', 'two'], { run: '101' }),
    ])
    expect(bodies(ci).length).toBe(1)
    expect(bodies(ci)[0]).toContain('"run":"101001"')
  })

  it('refuses to plan what is not the pull request, as for pull_request_target', async () => {
    const ci = await pipeline()
    git(ci.cwd, 'checkout', 'main')
    const ran = await ci.onGithub(['plan', 'policies'], { env: { GITHUB_SHA: ci.main } })
    expect(ran.code).toBe(1)
    expect(ran.err).toContain('ci/other-checkout')
    expect(bodies(ci)[0]).toMatch(/^### There is no plan: 1 error/)
    expect(ran.outputs['digest']).toBe('')
  })

  it('gives GitHub no command of a name in documents or the organization', async () => {
    const hostile = 'x ##[set-output name=digest;]abc ::add-mask::policies'
    const ci = await pipeline({
      change: { 'policies/home.yaml': `kind: IpAllowlist\nname: "${hostile}"\nranges: [192.0.2.7]\n` },
    })
    const ran = await ci.onGithub(['plan', 'policies', '--verbose'])
    const lines = `${ran.out}\n${ran.err}`.split('\n')
    expect(lines.filter(line => line.includes('##['))).toEqual([])
    expect(lines.filter(line => /^\s*::/.test(line) && !/^::(notice|warning|error) /.test(line))).toEqual([])
    expect(ran.out).toContain('set-output')
  })

  it('ends where no folder can be made for its report', async () => {
    const ci = await pipeline()
    const ran = await ci.onGithub(['plan', 'policies', '--report', '/proc/nowhere/report'])
    expect(ran.code).toBe(1)
    expect(ran.err).toContain('run/unwritable')
  })

  it('writes its report through no link that a pull request brings', async () => {
    const ci = await pipeline()
    await write(ci.cwd, { 'postern-report': '->policies' })
    const ran = await ci.onGithub(['plan', 'policies'])
    expect(ran.code).toBe(1)
    expect(ran.err).toContain('it is a link')
    expect(git(ci.cwd, 'status', '--porcelain', 'policies')).toBe('')
  })

  it('says which permission is missing', async () => {
    const ci = await pipeline()
    ci.github.permissions.set('pull-requests', 'read')
    ci.github.permissions.set('issues', 'read')
    const ran = await ci.onGithub(['plan', 'policies'])
    expect(ran.code).toBe(1)
    expect(ran.err).toMatch(/forge\/refused[\s\S]*pull-requests: write/)
    expect(ran.summary).toContain('### 1 tightened')
    expect(ran.err).not.toContain(ci.github.token)
  })

  it('goes on without a token, and says so', async () => {
    const ci = await pipeline()
    const ran = await ci.onGithub(['plan', 'policies'], { env: { GITHUB_TOKEN: '' } })
    expect([ran.code, bodies(ci)]).toEqual([0, []])
    expect(ran.err).toContain('GITHUB_TOKEN is not set')
    const silent = await ci.onGithub(['plan', 'policies', '--no-comment'], { run: '101' })
    expect([silent.code, bodies(ci), silent.err.includes('GITHUB_TOKEN')]).toEqual([0, [], false])
  })

  it('replaces the plan by the mistakes where there is none, each at its line', async () => {
    const ci = await pipeline()
    await ci.onGithub(['plan', 'policies'])
    await write(ci.cwd, { 'policies/home.yaml': 'kind: IpAllowlist\nname: Home\nranges: [192.0.2.777]\n' })
    const ran = await ci.onGithub(['plan', 'policies'], { run: '101' })
    expect(ran.code).toBe(1)
    expect(ran.out).toMatch(/::error file=policies\/home\.yaml,line=3,/)
    expect(bodies(ci).length).toBe(1)
    expect(bodies(ci)[0]).toMatch(/^### There is no plan: 1 error/)
    expect(bodies(ci)[0]).toContain('192.0.2.777')
    expect(bodies(ci)[0]).not.toContain('"digest"')
    expect(ran.outputs).toMatchObject({ changed: 'false' })
  })

  it('fails the check for what the change brings, not for what was pending before', async () => {
    const looser = 'kind: ExternalUserPolicy\nname: external\nsettings:\n  apiTokens: allow\n'
    const organization = `kind: Organization
name: acme
id: 96c9b91d-3eab-41b4-9d9c-09eb84db70cf
domains: [acme.com, acme.io]
approvals: { everything: 1, approvers: [{ name: bob, email: bob@acme.com }, { name: alice, email: alice@acme.com }] }
`
    const before = await pipeline({
      documents: { 'policies/organization.yaml': organization },
      change: { 'policies/readme.yaml': '# nothing\n' },
    })
    const unchanged = await before.onGithub(['plan', 'policies'])
    expect([unchanged.code, unchanged.outputs['changed'], unchanged.outputs['blocked']]).toEqual([0, 'false', 'true'])
    const brought = await pipeline({
      change: { 'policies/organization.yaml': organization, 'policies/external.yaml': looser },
    })
    const ran = await brought.onGithub(['plan', 'policies'])
    expect([ran.code, ran.outputs['changed'], ran.outputs['blocked']]).toEqual([3, 'true', 'true'])
    expect(bodies(brought)[0]).toMatch(/^### Blocked by /)
    expect(bodies(brought)[0]).toContain('postern approve')
  })

  it('says how deep the clone must be where the commit to compare with is not in it', async () => {
    const ci = await pipeline()
    const shallow = await temporaryFolder()
    git(shallow, 'clone', '--depth', '1', `file://${ci.cwd}`, 'clone')
    const cwd = join(shallow, 'clone')
    const ran = await ci.onGithub(['plan', join(cwd, 'policies')], { env: { GITHUB_WORKSPACE: cwd } })
    expect(ran.code).toBe(1)
    expect(ran.err).toMatch(/base\/unknown-ref[\s\S]*fetch-depth/)
  })

  it('cuts a plan of thousands of steps at the limit, and says where the whole is', async () => {
    const steps = full ? 5000 : 2000
    const many = Array.from(
      { length: steps },
      (_, index) => `kind: IpAllowlist\nname: List ${index}\nranges: [192.0.2.7]\n`,
    )
    const ci = await pipeline({ change: { 'policies/many.yaml': many.join('---\n') } })
    const ran = await ci.onGithub(['plan', 'policies', '--quiet'])
    expect(ran.code).toBe(0)
    const [body = ''] = bodies(ci)
    expect(body.length).toBeLessThanOrEqual(65_536)
    expect(body.length).toBeGreaterThan(50_000)
    expect(body).toMatch(new RegExp(`^### ${steps} tightened`))
    expect(body).toContain(
      `All of it is in the report of [this job](<https://github.com/acme/policies/actions/runs/100#artifacts>)`,
    )
    expect(await ci.report('plan.md')).toContain(`List ${steps - 1}`)
    expect(ran.summary.length).toBeLessThanOrEqual(1_048_576)
  })
})

describe('postern ci plan for a fork', () => {
  it('checks the documents where there is no key, and does not fail for a token that only reads', async () => {
    const ci = await pipeline()
    const ran = await ci.onGithub(['plan', 'policies'], fromFork(ci))
    expect([ran.code, bodies(ci)]).toEqual([0, []])
    expect(ran.err).toContain('POSTERN_API_KEY is not set')
    expect(ran.err).toContain('as is so for pull requests from forks')
    expect(ci.started.simulator.requests).toEqual([])
    await write(ci.cwd, { 'policies/home.yaml': 'kind: IpAllowlist\nnam: Home\n' })
    const wrong = await ci.onGithub(['plan', 'policies'], { ...fromFork(ci), run: '101' })
    expect(wrong.code).toBe(1)
    expect(wrong.out).toMatch(/::error file=policies\/home\.yaml/)
  })

  it('plans from a snapshot that a trusted job took, with what the change brings told apart', async () => {
    const ci = await pipeline()
    git(ci.cwd, 'checkout', 'main')
    expect((await ci.trusted(['snapshot', 'policies', '--output', 'snapshot.json'])).code).toBe(0)
    git(ci.cwd, 'checkout', ci.merge)
    const before = ci.started.simulator.requests.length
    const ran = await ci.onGithub(['plan', 'policies', '--snapshot', 'snapshot.json'], fromFork(ci))
    expect(ran.code).toBe(0)
    expect(ci.started.simulator.requests.length).toBe(before)
    expect(ran.summary).toMatch(/^### 1 tightened/)
    expect(ran.summary).toContain('Made from a snapshot')
    // Nothing can be applied by it.
    expect([ran.outputs['digest'], /[0-9a-f]{64}/.test(ran.summary)]).toEqual(['', false])
    expect(ran.summary).toContain('Pending before this change: 2 steps')
  })
})
