import { readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SavedPlan } from '../../src/model/plan.ts'
import type { ApplyReport } from '../../src/model/reports.ts'
import type { AuditReport, RunRecord } from '../../src/model/run-record.ts'
import { codeAt } from '../approvals/codes.ts'
import { secrets, secretsInEnvironment } from '../operations/approve-world.ts'
import { membersOf, policiesFolder, startAt, writesOf, type Started } from '../operations/start.ts'
import type { WorldOptions } from '../world.ts'
import { commandLine } from './command-line.ts'

const schemaOf = (name: string) =>
  new Ajv2020({ strict: false }).compile(JSON.parse(readFileSync(`schemas/${name}.schema.json`, 'utf8')) as object)

const contractors = 'Contractors and break-glass'

/** Apply, look, undo, and look whether anybody meddled. Each test goes on where the one before it ended. */
describe('what was applied is undone', () => {
  let cwd = ''
  let started: Started
  let run = ''
  let noted = ''

  const postern = (argv: readonly string[], options: Partial<WorldOptions> = {}) =>
    commandLine(cwd, started, argv, {
      env: {
        POSTERN_API_KEY: started.simulator.apiKey,
        POSTERN_LEDGER: '.postern',
        USER: 'alice',
        ...secretsInEnvironment,
      },
      ...options,
    })

  const policies = (): string => relative(cwd, policiesFolder)
  const saved = async (): Promise<SavedPlan> =>
    JSON.parse(await readFile(join(cwd, 'revert.json'), 'utf8')) as SavedPlan
  const auditReport = async (...flags: readonly string[]): Promise<AuditReport> =>
    JSON.parse((await postern(['audit', '--format', 'json', ...flags])).out) as AuditReport

  beforeAll(async () => {
    cwd = await mkdtemp(join(tmpdir(), 'postern-revert-'))
    started = await startAt(cwd, {})
  })

  afterAll(() => rm(cwd, { recursive: true, force: true }))

  it('audit: there is no run yet', async () => {
    const { code, out, err } = await postern(['audit'])
    expect([code, out, err.includes('note[audit/no-runs]')]).toEqual([0, '', true])
  })

  it('apply: it names the run, and leaves a copy of its record', async () => {
    const { code, out } = await postern(['apply', policies(), '--yes', '--format', 'json', '--bundle', 'bundle.json'])
    const report = JSON.parse(out) as ApplyReport
    expect([code, report.record?.run]).toEqual([2, report.run])
    run = report.run
    noted = report.record?.digest ?? ''
    const bundle = JSON.parse(await readFile(join(cwd, 'bundle.json'), 'utf8')) as RunRecord
    expect([bundle.run, bundle.origin.by, bundle.previous]).toEqual([run, 'alice', null])
    const validate = schemaOf('run-record')
    expect(validate(bundle) || validate.errors).toBe(true)
  })

  it('audit: one run, and a head to note', async () => {
    const { code, out } = await postern(['audit'])
    expect(code).toBe(0)
    for (const part of [`✓ ${run}`, '2 done, by alice', 'The chain is intact: 1 run', `Head: ${noted}`, '--head'])
      expect(out).toContain(part)
    expect(Math.max(...out.split('\n').map(line => line.length))).toBeLessThanOrEqual(100)
  })

  it('revert: a plan that only reads, and says how to go on', async () => {
    const writes = writesOf(started.simulator).length
    const { code, out, err } = await postern(['revert', run])
    // It loosens what was tightened: that takes a second person here.
    expect(code).toBe(3)
    for (const part of [
      'move AuthenticationPolicy “Local accounts”',
      'owen.price@acme.com',
      '198.51.100.0/24',
      'loosens',
    ])
      expect(out).toContain(part)
    expect(err).toContain(`postern revert ${run} --out revert.json\n`)
    expect(err).toContain('Revert the commit in git as well')
    expect(writesOf(started.simulator)).toHaveLength(writes)
  })

  it('revert --out: it is not applied without an approval', async () => {
    expect((await postern(['revert', run, '--out', 'revert.json', '--author', 'alice-gh'])).code).toBe(3)
    expect((await saved()).author).toBe('alice-gh')
    const { code, out } = await postern(['apply', 'revert.json', '--yes'])
    expect([code, out.includes('Nothing was applied')]).toEqual([3, true])
    expect(membersOf(started.simulator, contractors)).toContain('owen.price@acme.com')
  })

  it('with one it is, and all is as it was', async () => {
    const code = codeAt(secrets.bob, started.clock.time)
    const applied = await postern(['apply', 'revert.json', '--yes', '--otp', `bob:${code}`, '--format', 'json'])
    expect(applied.code, applied.err).toBe(0)
    expect(membersOf(started.simulator, contractors)).not.toContain('owen.price@acme.com')
    expect(membersOf(started.simulator, 'Local accounts')).toContain('owen.price@acme.com')
    expect(started.simulator.state.controlPolicies[0]?.rule).toMatchObject({
      in: ['203.0.113.0/24', '2001:db8::/48', '198.51.100.0/24'],
    })
  })

  it('revert again: nothing is left', async () => {
    const { code, err } = await postern(['revert', run])
    expect([code, err.includes('note[revert/nothing]')]).toEqual([0, true])
  })

  it('plan: the documents bring exactly the same again', async () => {
    const { out } = await postern(['plan', policies(), '--format', 'json'])
    const ids = (JSON.parse(out) as SavedPlan).steps.map(({ id }) => id).filter(id => id.startsWith('api/'))
    expect(ids).toEqual([`api/move/AuthenticationPolicy/${contractors}`, 'api/update/IpAllowlist/Office and VPN'])
  })

  it('audit: both runs, with who approved, and the head that was noted is in the chain', async () => {
    const report = await auditReport('--head', noted.toUpperCase())
    const validate = schemaOf('audit')
    expect(validate(report) || validate.errors).toBe(true)
    expect([report.intact, report.runs.map(({ approvedBy }) => approvedBy)]).toEqual([true, [['bob'], []]])
    expect((await postern(['audit', '--format', 'markdown'])).out).toContain('### The chain of runs is intact')
  })

  it('audit: a record that was changed breaks the chain there', async () => {
    const text = (await started.ledger.records.read('run', run)) ?? ''
    await started.ledger.records.write('run', run, text.replace('"alice"', '"bob"'))
    const { code, out, err } = await postern(['audit'])
    expect(code).toBe(1)
    expect(out).toContain(`✗ ${run}`)
    expect(out).toContain('The chain is not intact.')
    expect(err).toContain(`error[audit/broken]: the chain breaks at the run ${run}`)
    await started.ledger.records.write('run', run, text)
    expect((await postern(['audit'])).code).toBe(0)
  })

  it('audit: a head that is not in the chain', async () => {
    const { code, out, err } = await postern(['audit', '--head', 'f'.repeat(64)])
    expect([code, err.includes('error[audit/other-head]')]).toEqual([1, true])
    expect(out).toContain('not the one whose head was noted')
  })

  it.each<readonly [string, readonly string[], RegExp]>([
    ['a run that there is none of', ['revert', 'never'], /error\[revert\/unknown-run\][\s\S]*the last ones are/],
    ['a run whose name leaves the ledger', ['revert', '../../etc/passwd'], /error\[revert\/unknown-run\]/],
    ['no run', ['revert'], /missing required argument/],
    ['a guard that is none', ['revert', 'x', '--allow', 'everything'], /error\[guard\/unknown-code\]/],
  ])('revert of %s', async (_, argv, expected) => {
    const { code, out, err } = await postern(argv)
    expect([code, out]).toEqual([1, ''])
    expect(err).toMatch(expected)
  })
})
