import { describe, expect, it } from 'vitest'
import { apply } from '../../src/lambda/apply.ts'
import { check } from '../../src/lambda/check.ts'
import { prepareFleet } from '../../src/lambda/fleet-prepare.ts'
import { summarizeFleet } from '../../src/lambda/fleet-summarize.ts'
import { organizationRun } from '../../src/lambda/organization-run.ts'
import { currentKey, documentsKey, inventoryKey } from '../../src/lambda/places.ts'
import { policiesFolder, writesOf } from '../operations/start.ts'
import { archive, commit, fake, invocation, type Fake } from './lambda-world.ts'

const acme = '96c9b91d-3eab-41b4-9d9c-09eb84db70cf'
const hostile = '<img src=x onerror=alert(1)>|@here [x](https://evil.example) \u202e'
const inventory = [
  { id: acme, name: 'Acme', folder: 'organizations/acme' },
  { id: 'beta', name: hostile, folder: 'organizations/beta' },
  { id: 'gamma', name: 'Gamma', folder: 'organizations/gamma' },
]

async function fleet(): Promise<Fake> {
  const lambda = await fake({ env: { POSTERN_FLEET: 'true', POSTERN_SECRET: 'postern/read-key' } })
  lambda.secrets.set(`postern/read-key/${acme}`, lambda.simulator.apiKey)
  lambda.objects.set(inventoryKey(commit), JSON.stringify(inventory))
  lambda.objects.set(documentsKey(commit), archive({ 'organizations/acme': policiesFolder }))
  return lambda
}

/** What the state machine does: prepare, each organization in turn, sum up. */
async function goOver(lambda: Fake, input: Readonly<Record<string, unknown>>) {
  const begun = await prepareFleet(lambda.world, { run: 'run-1', input })
  const items = JSON.parse(lambda.text(begun.itemsKey)) as readonly { readonly id: string }[]
  const failures: string[] = []
  for (const organization of items) {
    const { run, commit: of, author } = begun
    const work = begun.job === 'apply' ? apply : check
    await organizationRun(lambda.world, begun.job, work, { run, commit: of, author, organization }, invocation).catch(
      (error: unknown) => failures.push((error as Error).message),
    )
  }
  return { begun, failures, end: await summarizeFleet(lambda.world, begun) }
}

describe('a fleet', () => {
  it('checks each organization by its own key, documents and ledger, and sums up', async () => {
    const lambda = await fleet()
    lambda.objects.set(currentKey, JSON.stringify({ commit }))
    const { begun, failures, end } = await goOver(lambda, { job: 'drift' })
    expect(begun).toMatchObject({ job: 'drift', commit, organizations: 3, itemsKey: 'fleet/run-1/items.json' })
    expect(failures.map(text => text.slice(0, 40))).toEqual([
      expect.stringContaining('drift of beta failed: '),
      expect.stringContaining('drift of gamma failed: '),
    ])
    expect(end.totals).toMatchObject({ organizations: 3, complete: 1, pending: 1, error: 2, unfinished: 0 })
    expect(lambda.metrics()).toMatchObject({
      Job: 'fleet',
      CompleteCheck: 0,
      Organizations: 3,
      OrganizationsComplete: 1,
      OrganizationsFailed: 2,
      OrganizationsWithDrift: 1,
    })
    // Thousands of metrics would cost more than everything else: only the whole has some.
    expect(lambda.lines.filter(line => line.includes('_aws'))).toHaveLength(1)
    expect(lambda.json('reports/fleet/run-1/summary.json')).toEqual(lambda.json('reports/fleet/latest-drift.json'))
    expect(lambda.objects.has(`reports/fleet/run-1/organizations/${acme}/drift.html`)).toBe(true)
  })

  it('shows hostile names as what they are', async () => {
    const lambda = await fleet()
    lambda.objects.set(currentKey, JSON.stringify({ commit }))
    await goOver(lambda, { job: 'drift' })
    const html = lambda.text('reports/fleet/run-1/summary.html')
    expect(html).not.toContain('<img')
    expect(html).toContain('&lt;img src=x')
    expect(html + lambda.text('reports/fleet/run-1/summary.md')).not.toContain('\u202e')
    expect(lambda.text('reports/fleet/run-1/summary.md')).toContain('\\|@\u200dhere \\[x\\]\\(https:\u200d//evil')
  })

  it('is counted as unfinished where nothing was left, and says why the map ended', async () => {
    const lambda = await fleet()
    lambda.objects.set(currentKey, JSON.stringify({ commit }))
    const begun = await prepareFleet(lambda.world, { job: 'drift', run: 'run-2' })
    const caught = { Error: 'States.ExceedToleratedFailureThreshold', Cause: 'whatever' }
    const end = await summarizeFleet(lambda.world, { ...begun, caught })
    expect(end).toMatchObject({ ended: caught.Error, totals: { unfinished: 3, complete: 0 } })
    expect(lambda.metrics()).toMatchObject({ Failed: 1, OrganizationsFailed: 3, CompleteCheck: 0 })
    expect(lambda.text('reports/fleet/run-2/summary.md')).toContain('ExceedToleratedFailureThreshold')
  })

  it('applies to those that are named', async () => {
    const lambda = await fleet()
    const { failures, end } = await goOver(lambda, { job: 'apply', commit, author: 'alice-gh', organizations: [acme] })
    expect(failures).toEqual([])
    expect(end.totals).toMatchObject({ organizations: 1, pending: 1, error: 0 })
    expect(writesOf(lambda.simulator).length).toBeGreaterThan(0)
    // Of some organizations only, the commit says nothing about the others.
    expect(lambda.objects.has(currentKey)).toBe(false)
  })

  it('takes the commit of a whole apply for the one that counts', async () => {
    const lambda = await fleet()
    await prepareFleet(lambda.world, { job: 'apply', run: 'run-3', commit })
    expect(lambda.json(currentKey)).toEqual({ commit })
  })

  it.each([
    ['no job', { run: 'r' }, 'aws/bad-event'],
    ['no run', { job: 'drift' }, 'aws/bad-event'],
    ['a run that is no name', { job: 'drift', run: '../x' }, 'aws/bad-event'],
    ['organizations that are no list', { job: 'drift', run: 'r', organizations: 'all' }, 'aws/bad-event'],
    ['an apply without a commit', { job: 'apply', run: 'r' }, 'aws/bad-event'],
    ['no commit applied yet', { job: 'drift', run: 'r' }, 'aws/no-documents'],
    [
      'an organization that is not listed',
      { job: 'drift', run: 'r', commit, organizations: ['x'] },
      'aws/bad-inventory',
    ],
  ])('does not begin with %s', async (_, event, code) => {
    const lambda = await fleet()
    await expect(prepareFleet(lambda.world, event)).rejects.toThrow(code)
    expect(lambda.metrics()).toMatchObject({ Job: 'fleet', Failed: 1 })
    expect([...lambda.objects.keys()].filter(key => key.startsWith('fleet/'))).toEqual([])
  })

  it('tells which operation AWS refused, and what is missing for it', async () => {
    const lambda = await fleet()
    lambda.refuse.add('s3:PutObject fleet/')
    await expect(prepareFleet(lambda.world, { job: 'drift', run: 'r', commit })).rejects.toThrow(
      /s3:PutObject of fleet\/r\/items\.json failed: AccessDenied \(HTTP 403\); no organization was looked at/,
    )
    lambda.refuse.clear()
    const begun = await prepareFleet(lambda.world, { job: 'drift', run: 'r', commit })
    lambda.refuse.add('s3:GetObject reports/')
    await expect(summarizeFleet(lambda.world, begun)).rejects.toThrow(/the summary of the fleet is missing/)
  })
})
