import { beforeEach, describe, expect, it } from 'vitest'
import { git, write, commit } from '../operations/base/clone.ts'
import { writesOf } from '../operations/start.ts'
import { codeAt, secretOf } from '../approvals/codes.ts'
import { documents, pipeline, type GithubJob, type Pipeline } from './pipeline.ts'

let ci: Pipeline

/** A pull request whose plan was commented and that was merged. */
beforeEach(async () => {
  ci = await pipeline()
  expect((await ci.onGithub(['plan', 'policies'])).code).toBe(0)
  ci.github.commits.set(ci.merge, [{ number: 7, head: ci.head, merge: ci.merge }])
})

const secrets = { alice: secretOf(1), bob: secretOf(2) }

const push: GithubJob = { event: 'push', run: '200' }

const written = () => writesOf(ci.started.simulator)

const lastComment = (): string => ci.github.comments.at(-1)?.body ?? ''

describe('postern ci apply after the merge', () => {
  it('carries out exactly the plan of the comment, and says on the pull request how it ended', async () => {
    const ran = await ci.onGithub(['apply', 'policies'], push)
    expect([ran.code, ran.err]).toEqual([0, expect.stringContaining('The comment: ')])
    expect(written().map(({ method }) => method)).toEqual(['POST', 'PUT'])
    expect(ci.github.comments.length).toBe(2)
    expect(lastComment()).toMatch(/^### Applied/)
    expect(lastComment()).toContain('Left for a person')
    expect(ran.summary).toMatch(/^### Applied/)
    expect(await ci.report('applied.md')).toMatch(/^### Applied/)
    // What the plan said stays to be read.
    expect(ci.github.comments[0]?.body).toMatch(/^### 1 tightened/)
  })

  it('refuses where the plan is another now, shows that, and carries it out by its own digest', async () => {
    const [list] = ci.started.simulator.state.controlPolicies
    if (list === undefined) throw new Error('no allowlist')
    list.rule = { in: ['203.0.113.0/24'], allowMobileBypass: false }
    const ran = await ci.onGithub(['apply', 'policies'], push)
    expect(ran.code).toBe(1)
    expect(ran.err).toContain('apply/other-digest')
    expect(written()).toEqual([])
    expect(lastComment()).toMatch(/^### Nothing was applied: this is no longer the plan that was looked at/)
    const digest = /Digest: `([0-9a-f]{64})`/.exec(lastComment())?.[1] ?? ''
    const byHand = await ci.onGithub(['apply', 'policies', '--digest', digest], {
      event: 'workflow_dispatch',
      run: '201',
    })
    expect(byHand.code).toBe(0)
    expect(written().length).toBeGreaterThan(0)
  })

  it.each<readonly [string, string, () => void | Promise<void>]>([
    ['was edited by somebody', 'ci/comment-edited', () => edit('mallory')],
    ['was deleted', 'ci/no-reviewed-plan', () => remove()],
    [
      'is of an earlier commit',
      'ci/comment-outdated',
      () => void ci.github.commits.set(ci.merge, [{ number: 7, head: 'b'.repeat(40), merge: ci.merge }]),
    ],
    ['says that there is no plan', 'ci/no-reviewed-plan', () => withoutPlan()],
    ['is somebody else’s, copied', 'ci/no-reviewed-plan', () => copied()],
  ])('applies nothing where the comment %s', async (_, code, make) => {
    await make()
    const ran = await ci.onGithub(['apply', 'policies'], push)
    expect(ran.code).toBe(1)
    expect(ran.err).toContain(code)
    expect(ran.err).toMatch(/postern ci\s+apply --digest/)
    expect(written()).toEqual([])
    expect(lastComment()).toMatch(/^### Nothing was applied/)
  })

  it('applies nothing of a commit that came in without a pull request, unless told to', async () => {
    ci.github.commits.clear()
    const ran = await ci.onGithub(['apply', 'policies'], push)
    expect([ran.code, written()]).toEqual([1, []])
    expect(ran.err).toContain('ci/no-pull-request')
    expect((await ci.onGithub(['apply', 'policies', '--unreviewed'], { ...push, run: '201' })).code).toBe(0)
    expect(written().length).toBe(2)
  })

  it('applies nothing from a pull request, and none without a token', async () => {
    const early = await ci.onGithub(['apply', 'policies'])
    expect([early.code, written()]).toEqual([1, []])
    expect(early.err).toContain('ci/wrong-event')
    const blind = await ci.onGithub(['apply', 'policies'], { ...push, env: { GITHUB_TOKEN: '' } })
    expect([blind.code, written()]).toEqual([1, []])
    expect(blind.err).toContain('without GITHUB_TOKEN the plan that was looked at')
    // Whoever wants no comment still has it read.
    const silent = await ci.onGithub(['apply', 'policies', '--no-comment'], { ...push, run: '201' })
    expect([silent.code, ci.github.comments.length]).toEqual([0, 1])
  })

  it('says why nothing was applied, whatever kept it from that', async () => {
    const ran = await ci.onGithub(['apply', 'policies'], { ...push, env: { POSTERN_API_KEY: '' } })
    expect([ran.code, written()]).toEqual([1, []])
    expect(lastComment()).toMatch(/^### Nothing was applied: 1 error/)
    expect(lastComment()).toContain('no API key')
    expect(ran.summary).toContain('no API key')
  })

  it('believes no comment without a seal where the jobs have a key for it', async () => {
    const env = { POSTERN_COMMENT_KEY: 'a secret that only the jobs have, and long' }
    const unsealed = await ci.onGithub(['apply', 'policies'], { ...push, env })
    expect([unsealed.code, written()]).toEqual([1, []])
    expect(unsealed.err).toContain('ci/comment-edited')
    await ci.onGithub(['plan', 'policies'], { run: '250', env })
    expect((await ci.onGithub(['apply', 'policies'], { ...push, run: '251', env })).code).toBe(0)
  })

  it('does not apply a plan twice', async () => {
    await ci.onGithub(['apply', 'policies'], push)
    const [, told] = ci.github.comments.map(({ body }) => body)
    const again = await ci.onGithub(['apply', 'policies'], { ...push, run: '201' })
    expect([again.code, written().length]).toEqual([0, 2])
    expect(again.err).toContain('was carried out already')
    expect(ci.github.comments.map(({ body }) => body)[1]).toBe(told)
  })

  it('counts no approval of who had a hand in it: whoever opened, planned or merged it', async () => {
    const organization = documents['policies/organization.yaml'].replace(
      'approvals: { loosening: 0 }',
      'approvals: { everything: 1, approvers: [{ name: alice, email: alice@acme.com, logins: [alice-gh] }, { name: bob, email: bob@acme.com, logins: [bob-gh] }] }',
    )
    ci = await pipeline({ documents: { 'policies/organization.yaml': organization } })
    expect((await ci.onGithub(['plan', 'policies'])).code).toBe(3)
    ci.github.commits.set(ci.merge, [{ number: 7, head: ci.head, merge: ci.merge }])
    const apply = (run: string, login: string, name: 'alice' | 'bob') =>
      ci.onGithub(['apply', 'policies', '--otp', `${name}:${codeAt(secrets[name], ci.started.clock.time)}`], {
        ...push,
        run,
        env: {
          GITHUB_ACTOR: login,
          POSTERN_APPROVER_ALICE: secrets.alice,
          POSTERN_APPROVER_BOB: secrets.bob,
        },
      })
    for (const [run, login, name] of [
      ['201', 'bob-gh', 'alice'],
      ['202', 'bob-gh', 'bob'],
      ['203', 'carol-gh', 'alice'],
    ] as const) {
      const refused = await apply(run, login, name)
      expect([refused.code, written()]).toEqual([3, []])
      expect(refused.err).toContain('approval/author')
    }
    const other = await apply('204', 'alice-gh', 'bob')
    expect([other.code, written().length]).toEqual([0, 2])
  })

  it('takes no pull request for a base that hides its own commits', async () => {
    // The pull request ends with a merge of its own, and that is what was checked out.
    git(ci.cwd, 'checkout', 'change')
    git(ci.cwd, 'checkout', '-b', 'side', 'main')
    await write(ci.cwd, { 'policies/other.yaml': 'kind: IpAllowlist\nname: Other\nranges: [192.0.2.9]\n' })
    commit(ci.cwd, 'side')
    git(ci.cwd, 'checkout', 'change')
    git(ci.cwd, 'merge', '--no-ff', '--no-edit', 'side')
    const head = git(ci.cwd, 'rev-parse', 'HEAD')
    const ran = await ci.onGithub(['plan', 'policies'], {
      run: '300',
      env: { GITHUB_SHA: head },
      payload: event => ((event['pull_request'] as { head: { sha: string } }).head.sha = head),
    })
    expect(ran.summary).toMatch(/^### 2 tightened/)
  })
})

function edit(editor: string): void {
  const [first] = ci.github.comments
  if (first !== undefined) ci.github.edit(first, editor, first.body.replace('1 tightened', '1 tightened, honestly'))
}

function remove(): void {
  const [first] = ci.github.comments
  if (first !== undefined) ci.github.remove(first)
}

async function withoutPlan(): Promise<void> {
  await write(ci.cwd, { 'policies/home.yaml': 'kind: IpAllowlist\nnam: Home\n' })
  await ci.onGithub(['plan', 'policies'], { run: '150' })
  git(ci.cwd, 'checkout', '--', 'policies/home.yaml')
}

function copied(): void {
  const [first] = ci.github.comments
  if (first === undefined) return
  remove()
  ci.github.comment(7, 'mallory', first.body)
}
