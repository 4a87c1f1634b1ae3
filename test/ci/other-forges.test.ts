import { beforeEach, describe, expect, it } from 'vitest'
import { writesOf } from '../operations/start.ts'
import { pipeline, type Pipeline } from './pipeline.ts'

let ci: Pipeline

beforeEach(async () => {
  ci = await pipeline()
})

const written = () => writesOf(ci.started.simulator).length

describe('postern ci on GitLab', () => {
  const push = {
    CI_PIPELINE_SOURCE: 'push',
    CI_MERGE_REQUEST_IID: undefined,
    CI_COMMIT_BRANCH: 'main',
    CI_PIPELINE_ID: '600',
  }

  it('comments the merge request once, and leaves a code quality report and variables', async () => {
    const ran = await ci.onGitlab(['plan', 'policies'])
    expect(ran.code).toBe(0)
    await ci.onGitlab(['plan', 'policies'], { CI_PIPELINE_ID: '501' })
    const notes = ci.gitlab.notes
    expect(notes.length).toBe(1)
    expect(notes[0]?.body).toMatch(/^### 1 tightened/)
    expect(notes[0]?.body).toContain(`https://gitlab.com/acme/policies/-/blob/${ci.head}/policies/home.yaml#L1`)
    expect(await ci.report('postern.env')).toMatch(/^POSTERN_CHANGED=true$/m)
    expect(JSON.parse(await ci.report('gl-code-quality-report.json'))).toBeInstanceOf(Array)
  })

  it('shows nobody’s whole address in its report of code quality', async () => {
    ci = await pipeline({
      change: {
        'policies/staff.yaml':
          'kind: AuthenticationPolicy\nname: Staff\nid: 90781be9-0863-45f0-92b9-1612379ffa5c\ndirectory: Acme staff\nmembers: { accounts: [alice@acme.com] }\n',
      },
    })
    await ci.onGitlab(['plan', 'policies'])
    const text = await ci.report('gl-code-quality-report.json')
    expect(text).toContain('…@acme.com')
    expect(text).not.toMatch(/[a-z]{2,}@acme\.(com|io)/i)
  })

  it('applies the plan of the note, and nothing where somebody edited it', async () => {
    await ci.onGitlab(['plan', 'policies'])
    ci.gitlab.commits.set(ci.head, [{ iid: 7, sha: ci.head, merge: ci.head }])
    const [note] = ci.gitlab.notes
    if (note === undefined) throw new Error('no note')
    const before = note.body
    note.body = before.replace('1 tightened', '1 tightened, honestly')
    const edited = await ci.onGitlab(['apply', 'policies'], push)
    expect([edited.code, written()]).toEqual([1, 0])
    expect(edited.err).toContain('ci/comment-edited')
    note.body = before
    const applied = await ci.onGitlab(['apply', 'policies'], { ...push, CI_PIPELINE_ID: '601' })
    expect(applied.code).toBe(0)
    expect(written()).toBe(2)
    expect(ci.gitlab.notes.at(-1)?.body).toMatch(/^### Applied/)
  })

  it('opens and closes one issue of drift', async () => {
    await ci.trusted(['apply', 'policies', '--yes'])
    await ci.trusted(['attest', 'ExternalUserPolicy/external', '--set', 'settings.apiTokens=block', '--by', 'alice'])
    const list = ci.started.simulator.state.controlPolicies.find(({ name }) => name === 'Office and VPN')
    if (list === undefined) throw new Error('no allowlist')
    const before = list.rule
    list.rule = { in: ['203.0.113.0/24'], allowMobileBypass: true }
    const nightly = { ...push, CI_PIPELINE_SOURCE: 'schedule' }
    expect((await ci.onGitlab(['drift', 'policies'], nightly)).code).toBe(0)
    expect(ci.gitlab.issues.map(({ open }) => open)).toEqual([true])
    list.rule = before
    expect((await ci.onGitlab(['drift', 'policies'], { ...nightly, CI_PIPELINE_ID: '602' })).code).toBe(0)
    expect(ci.gitlab.issues.map(({ open }) => open)).toEqual([false])
  })
})

describe('postern ci on Bitbucket', () => {
  it('comments without HTML, below its limit', async () => {
    const ran = await ci.onBitbucket(['plan', 'policies'])
    expect(ran.code).toBe(0)
    const [comment] = ci.bitbucket.comments
    expect(comment?.raw).toMatch(/^### 1 tightened/)
    expect(comment?.raw).not.toMatch(/<\/?(details|summary|br)/)
    expect(comment?.raw.length).toBeLessThanOrEqual(32_768)
    expect(comment?.raw).toContain(`https://bitbucket.org/acme/policies/src/${ci.head}/policies/home.yaml#lines-1`)
  })

  it('applies the plan of the comment, and nothing where somebody edited it', async () => {
    await ci.onBitbucket(['plan', 'policies'])
    ci.bitbucket.commits.set(ci.head, [{ id: 7, head: ci.head.slice(0, 12), merge: ci.head.slice(0, 12) }])
    const push = { BITBUCKET_PR_ID: undefined, BITBUCKET_BRANCH: 'main', BITBUCKET_BUILD_NUMBER: '12' }
    const [comment] = ci.bitbucket.comments
    if (comment === undefined) throw new Error('no comment')
    const before = comment.raw
    comment.raw = before.replace('tightened', 'tightened, honestly')
    const edited = await ci.onBitbucket(['apply', 'policies'], push)
    expect([edited.code, written()]).toEqual([1, 0])
    comment.raw = before
    const applied = await ci.onBitbucket(['apply', 'policies'], { ...push, BITBUCKET_BUILD_NUMBER: '13' })
    expect(applied.code).toBe(0)
    expect(written()).toBe(2)
  })

  it('has no issues: drift makes the pipeline red', async () => {
    await ci.trusted(['apply', 'policies', '--yes'])
    const list = ci.started.simulator.state.controlPolicies.find(({ name }) => name === 'Office and VPN')
    if (list === undefined) throw new Error('no allowlist')
    list.rule = { in: ['203.0.113.0/24'], allowMobileBypass: true }
    const ran = await ci.onBitbucket(['drift', 'policies'], { BITBUCKET_PR_ID: undefined })
    expect(ran.code).toBe(2)
    expect(ran.err).toContain('ci/no-issues')
    expect(await ci.report('drift.md')).toContain('Office and VPN')
  })
})

it('elsewhere there is no job to run', async () => {
  const ran = await ci.trusted(['ci', 'plan', 'policies'])
  expect(ran.code).toBe(1)
  expect(ran.err).toContain('ci/nowhere')
})
