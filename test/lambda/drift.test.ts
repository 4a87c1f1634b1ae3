import { describe, expect, it } from 'vitest'
import { apply } from '../../src/lambda/apply.ts'
import { check } from '../../src/lambda/check.ts'
import { organizationRun } from '../../src/lambda/organization-run.ts'
import { currentKey, documentsKey } from '../../src/lambda/places.ts'
import { archive, commit, fake, invocation, type Fake } from './lambda-world.ts'

const drift = ({ world }: Fake, event: unknown = {}) => organizationRun(world, 'drift', check, event, invocation)
const failureOf = async (run: Promise<unknown>): Promise<Error> => {
  const error = await run.then(
    () => new Error('it did not fail'),
    (thrown: unknown) => thrown,
  )
  return error as Error
}
const folder = 'reports/drift/2026-11-24T08-00-00Z/'
const current = JSON.stringify({ commit })

describe('the check', () => {
  it('reads the organization once, and leaves reports, a summary and metrics', async () => {
    const lambda = await fake({ env: { POSTERN_FAIL_ON: '["changed-outside","conflict"]' } })
    lambda.objects.set(currentKey, current)
    const summary = await drift(lambda)
    expect(summary).toMatchObject({ job: 'drift', commit, result: 'clean', exitCode: 0, complete: true })
    expect(summary.counts['pending']).toBeGreaterThan(0)
    expect([...lambda.objects.keys()].filter(key => key.startsWith(folder)).sort()).toEqual(
      ['drift.html', 'drift.json', 'drift.md', 'drift.xml', 'summary.json'].map(name => folder + name),
    )
    expect(summary.reports).toHaveLength(4)
    expect(lambda.json(`${folder}summary.json`)).toEqual(summary)
    expect(lambda.simulator.requests.filter(({ path }) => path.endsWith('/users/search')).length).toBeLessThan(12)
    expect(lambda.metrics()).toMatchObject({ Name: 'acme', Job: 'drift', CompleteCheck: 1, Drift: 0, Failed: 0 })
    expect(await lambda.leftovers()).toEqual([])
    expect(lambda.timers.size).toBe(0)
  })

  it('counts what differs, unless only some classes count', async () => {
    const lambda = await fake()
    lambda.objects.set(currentKey, current)
    const summary = await drift(lambda)
    expect(summary.result).toBe('pending')
    const open = Object.values(summary.counts).reduce((sum, n) => sum + n, 0)
    expect(lambda.metrics()).toMatchObject({ CompleteCheck: 1, Drift: open })
  })

  it('says the same twice, byte for byte', async () => {
    const [one, other] = await Promise.all([fake(), fake()])
    for (const lambda of [one, other]) {
      lambda.objects.set(currentKey, current)
      await drift(lambda)
    }
    expect([...other.objects]).toEqual([...one.objects])
  })

  it('is not complete where a part could not be read', async () => {
    const lambda = await fake()
    lambda.objects.set(currentKey, current)
    // The audit log is read from the last check on, once something was applied.
    await organizationRun(lambda.world, 'apply', apply, { commit }, invocation)
    await drift(lambda)
    lambda.clock.time += 3_600_000
    lambda.simulator.fault({ match: { path: '/events-stream' }, times: 1000, then: { status: 500 } })
    const error = await failureOf(drift(lambda))
    expect(error.message).toContain('drift failed: ')
    expect(lambda.metrics()).toMatchObject({ CompleteCheck: 0, Failed: 1 })
    // A check that saw only a part says nothing about drift: it must not call off an alarm.
    expect(lambda.metrics()).not.toHaveProperty('Drift')
    const later = [...lambda.objects.keys()].filter(key => /drift.*\/summary\.json$/.test(key)).at(-1) ?? ''
    expect(lambda.json(later)).toMatchObject({ result: 'error', complete: false })
  })
})

describe('a check that cannot be made', () => {
  const cases: readonly (readonly [string, (lambda: Fake) => void, unknown, readonly string[]])[] = [
    ['no commit was applied', ({ objects }) => objects.delete(currentKey), {}, ['aws/no-documents']],
    ['the documents are gone', ({ objects }) => objects.delete(documentsKey(commit)), {}, ['aws/no-documents']],
    ['the archive is none', ({ objects }) => objects.set(documentsKey(commit), 'PK'), {}, ['aws/bad-documents']],
    [
      'a name leads out of the folder',
      ({ objects }) => objects.set(documentsKey(commit), archive({ 'policies/../../x.yaml': 'a: 1' })),
      {},
      ['aws/bad-documents', 'leads out of the folder'],
    ],
    [
      'the folder is not in it',
      ({ objects }) => objects.set(documentsKey(commit), archive({ 'other/a.yaml': 'a: 1' })),
      {},
      ['aws/bad-documents', 'no folder `policies`'],
    ],
    ['the secret is empty', ({ secrets }) => secrets.set('postern/key', ' \n'), {}, ['aws/no-key']],
    [
      'AWS refuses the secret',
      ({ refuse }) => refuse.add('secretsmanager:GetSecretValue'),
      {},
      ['aws/refused', 'secretsmanager:GetSecretValue of postern/key', 'the organization was not looked at'],
    ],
    [
      'AWS refuses the documents',
      ({ refuse }) => refuse.add('s3:GetObject documents/commits/'),
      {},
      ['aws/refused', 's3:GetObject', 'the organization was not looked at'],
    ],
    [
      'AWS refuses a report',
      ({ refuse }) => refuse.add('s3:PutObject reports/'),
      {},
      ['aws/refused', 's3:PutObject', 'this report was not stored'],
    ],
    ['the commit is none', () => undefined, { commit: 'main' }, ['aws/bad-event', '`commit`']],
    ['the key is refused', ({ secrets }) => secrets.set('postern/key', 'no-such-key'), {}, ['org/']],
  ]
  it.each(cases)('because %s', async (_, spoil, event, told) => {
    const lambda = await fake()
    lambda.objects.set(currentKey, current)
    spoil(lambda)
    const error = await failureOf(drift(lambda, event))
    expect(error.name).toBe('PosternFailed')
    for (const words of told) expect(error.message).toContain(words)
    expect(error.stack).toBe('')
    expect(lambda.metrics()).toMatchObject({ Failed: 1 })
    expect(JSON.stringify([lambda.lines, error.message, [...lambda.objects]])).not.toContain(lambda.simulator.apiKey)
    expect(await lambda.leftovers()).toEqual([])
  })

  it('tells everything that is missing at once', async () => {
    const lambda = await fake({ env: { POSTERN_BUCKET: '', POSTERN_SECRET: '', POSTERN_FAIL_ON: '{' } })
    const { message } = await failureOf(drift(lambda))
    for (const name of ['POSTERN_BUCKET', 'POSTERN_SECRET', 'POSTERN_FAIL_ON']) expect(message).toContain(name)
  })

  it('because its time ends: it stops in order', async () => {
    const lambda = await fake()
    lambda.objects.set(currentKey, current)
    const { network } = lambda.world
    let asked = 0
    const transport: NonNullable<NonNullable<typeof network>['transport']> = (...request) => {
      // The first signal, in the middle of the reading.
      if (++asked === 3) lambda.timers.get(855_000)?.()
      if (network?.transport === undefined) throw new Error('no network')
      return network.transport(...request)
    }
    const world = { ...lambda.world, network: { ...network, transport } }
    const error = await failureOf(organizationRun(world, 'drift', check, {}, invocation))
    expect(asked).toBeLessThan(6)
    expect(error.message).toContain('[aws/out-of-time] drift was stopped after 855 seconds')
    expect(lambda.metrics()).toMatchObject({ CompleteCheck: 0, Failed: 1 })
  })
})
