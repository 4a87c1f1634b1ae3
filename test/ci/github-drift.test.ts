import { beforeEach, describe, expect, it } from 'vitest'
import { pipeline, type Pipeline } from './pipeline.ts'

let ci: Pipeline

beforeEach(async () => {
  ci = await pipeline()
  expect((await ci.trusted(['apply', 'policies', '--yes'])).code).toBe(2)
  await ci.trusted(['attest', 'ExternalUserPolicy/external', '--set', 'settings.apiTokens=block', '--by', 'alice'])
})

const nightly = (run: string) => ci.onGithub(['drift', 'policies'], { event: 'schedule', run })

const office = () => {
  const found = ci.started.simulator.state.controlPolicies.find(({ name }) => name === 'Office and VPN')
  if (found === undefined) throw new Error('no allowlist')
  return found
}

describe('postern ci drift', () => {
  it('opens one issue, brings it up to date, and closes it once nothing differs', async () => {
    ci.started.clock.time += 3_600_000
    const clean = await nightly('300')
    expect([clean.code, ci.github.issues.length, clean.outputs['drift']]).toEqual([0, 0, 'false'])
    const before = office().rule
    office().rule = { in: ['203.0.113.0/24', '198.51.100.0/24'], allowMobileBypass: true }
    const first = await nightly('301')
    expect([first.code, first.outputs['drift']]).toEqual([0, 'true'])
    expect(first.err).toContain('The issue: https://github.com/acme/policies/issues/')
    const [issue] = ci.github.issues
    expect([ci.github.issues.length, issue?.title, issue?.open, issue?.labels]).toEqual([
      1,
      'Drift in acme (policies)',
      true,
      ['postern-drift'],
    ])
    expect(issue?.body).toContain('Office and VPN')
    expect(first.summary).toContain('### Drift of acme')
    expect(first.out).toContain('::')
    office().rule = { in: ['203.0.113.0/24'], allowMobileBypass: true }
    await nightly('302')
    expect(ci.github.issues.length).toBe(1)
    office().rule = before
    const again = await nightly('303')
    expect([again.code, issue?.open]).toEqual([0, false])
  })

  it('closes nothing on the word of a check that is not complete', async () => {
    const before = office().rule
    office().rule = { in: ['203.0.113.0/24'], allowMobileBypass: true }
    await nightly('301')
    office().rule = before
    ci.started.simulator.fault({ match: { path: '/events-stream' }, times: 1000, then: { status: 500 } })
    const partial = await nightly('302')
    expect([partial.code, ci.github.issues.map(({ open }) => open)]).toEqual([1, [true]])
  })

  it('names the permission that is missing, and tells of the drift all the same', async () => {
    office().rule = { in: ['203.0.113.0/24'], allowMobileBypass: true }
    ci.github.permissions.set('issues', 'read')
    const ran = await nightly('301')
    expect(ran.code).toBe(1)
    expect(ran.err).toMatch(/forge\/refused[\s\S]*issues: write/)
    expect(ran.summary).toContain('### Drift of acme')
    expect(await ci.report('drift.md')).toContain('Office and VPN')
    expect(await ci.report('drift.txt')).toContain('Office and VPN')
    // What no line of a document stands for is told beside the others.
    expect(ran.out).toMatch(/^::error title=forge\/refused::/m)
  })

  it('ends with 2 where nothing tells of the drift', async () => {
    office().rule = { in: ['203.0.113.0/24'], allowMobileBypass: true }
    const ran = await ci.onGithub(['drift', 'policies', '--no-comment'], { event: 'schedule', run: '301' })
    expect([ran.code, ci.github.issues]).toEqual([2, []])
  })
})
