import { describe, expect, it } from 'vitest'
import { apply as applyWork } from '../../src/lambda/apply.ts'
import { check } from '../../src/lambda/check.ts'
import { organizationRun } from '../../src/lambda/organization-run.ts'
import { currentKey, documentsKey } from '../../src/lambda/places.ts'
import { approvedFolder } from '../operations/approve-world.ts'
import { writesOf } from '../operations/start.ts'
import { archive, commit, fake, invocation, type Fake } from './lambda-world.ts'

const apply = ({ world }: Fake, event: unknown = { commit, author: 'alice-gh' }) =>
  organizationRun(world, 'apply', applyWork, event, invocation)
const folder = `reports/apply/2026-11-24T08-00-00Z-${commit.slice(0, 12)}/`

describe('the apply', () => {
  it('plans, carries out exactly that, and leaves both reports', async () => {
    const lambda = await fake()
    const summary = await apply(lambda)
    expect(summary).toMatchObject({ job: 'apply', commit, result: 'pending', exitCode: 2, blockedBy: [] })
    expect(summary.counts['done']).toBeGreaterThan(0)
    expect(summary.counts['failed']).toBeUndefined()
    expect(writesOf(lambda.simulator).length).toBeGreaterThan(0)
    expect(lambda.json(`${folder}plan.json`)['digest']).toBe(summary.digest)
    expect(lambda.json(`${folder}apply.json`)['digest']).toBe(summary.digest)
    expect(lambda.metrics()).toMatchObject({ Job: 'apply', Failed: 0, Blocked: 0 })
    expect(lambda.json(currentKey)).toEqual({ commit })
    expect(await lambda.leftovers()).toEqual([])
  })

  it('does nothing again when it is invoked again', async () => {
    const lambda = await fake()
    await apply(lambda)
    const writes = writesOf(lambda.simulator).length
    const again = await apply(lambda)
    expect(again.counts['done']).toBeUndefined()
    expect(writesOf(lambda.simulator)).toHaveLength(writes)
  })

  it('is what the check compares with from then on', async () => {
    const lambda = await fake()
    await apply(lambda)
    lambda.clock.time += 3_600_000
    const checked = await organizationRun(lambda.world, 'drift', check, {}, invocation)
    expect(checked.commit).toBe(commit)
    expect(checked.counts['changed-outside']).toBeUndefined()
  })

  it('refuses another plan than the one that was looked at', async () => {
    const lambda = await fake()
    await expect(apply(lambda, { commit, digest: 'f'.repeat(64) })).rejects.toThrow('apply/other-digest')
    expect(writesOf(lambda.simulator)).toEqual([])
  })

  it('tells what a missing approval blocks, and is no failure', async () => {
    const lambda = await fake()
    lambda.objects.set(documentsKey(commit), archive({ policies: await approvedFolder() }))
    const summary = await apply(lambda)
    expect(summary).toMatchObject({ result: 'blocked', exitCode: 3, blockedBy: ['needs-approval'] })
    expect(lambda.metrics()).toMatchObject({ Blocked: 1, Failed: 0 })
    expect(writesOf(lambda.simulator)).toEqual([])
    // Git has moved on all the same: what is not applied is pending.
    expect(lambda.json(currentKey)).toEqual({ commit })
  })
})

describe('an apply that fails', () => {
  it('tells the refusal, and counts', async () => {
    const lambda = await fake()
    lambda.simulator.fault({ match: { path: '/add-users' }, then: { status: 400, body: { errors: [] } } })
    await expect(apply(lambda)).rejects.toThrow(/^apply failed: \[org\/refused\] could not move accounts/)
    expect(lambda.metrics()).toMatchObject({ Failed: 1 })
    expect(lambda.json(`${folder}summary.json`)).toMatchObject({ result: 'error' })
  })

  it.each([
    ['no commit', {}, 'aws/bad-event'],
    ['a commit that was not uploaded', { commit: '0'.repeat(40) }, 'aws/no-documents'],
    ['an author that is no login', { commit, author: 'a\nb' }, 'aws/bad-event'],
    [
      'an organization, without a fleet',
      { commit, organization: { id: 'a', name: 'A', folder: 'a' } },
      'aws/bad-event',
    ],
  ])('because of %s changes nothing', async (_, event, code) => {
    const lambda = await fake()
    await expect(apply(lambda, event)).rejects.toThrow(code)
    expect(lambda.simulator.requests).toEqual([])
    expect(lambda.objects.has(currentKey)).toBe(false)
  })

  it('leaves documents as they were where the archive is refused', async () => {
    const lambda = await fake()
    lambda.objects.set(documentsKey(commit), 'no archive')
    await expect(apply(lambda)).rejects.toThrow('aws/bad-documents')
    expect(lambda.objects.has(currentKey)).toBe(false)
  })
})
