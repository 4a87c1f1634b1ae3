import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { valueAt } from '../../src/kinds/path.ts'
import type { ApplyReport } from '../../src/model/reports.ts'
import type { Plan } from '../../src/model/plan.ts'
import { carryOutConsoleSteps, exportCsv, readPage, typed } from '../operations/console.ts'
import { membersOf, policiesFolder, startAt, writesOf, type Started } from '../operations/start.ts'
import type { WorldOptions } from '../world.ts'
import { commandLine } from './command-line.ts'

/** The main job as an admin does it, command by command, in one process. Each test goes on where the one before it ended. */
describe('the main job', () => {
  let cwd = ''
  let started: Started
  let last: Plan

  const policies = (): string => relative(cwd, policiesFolder)

  const postern = (argv: readonly string[], options: Partial<WorldOptions> = {}) =>
    commandLine(cwd, started, argv, options)

  async function plan(): Promise<{ readonly code: number; readonly plan: Plan }> {
    const { code, out } = await postern(['plan', policies(), '--format', 'json'])
    return { code, plan: JSON.parse(out) as Plan }
  }

  beforeAll(async () => {
    cwd = await mkdtemp(join(tmpdir(), 'postern-story-'))
    started = await startAt(cwd, {})
  })

  afterAll(() => rm(cwd, { recursive: true, force: true }))

  it('validate: no problem, and no network', async () => {
    const { code, out } = await postern(['validate', policies()], { env: {} })
    expect([code, started.simulator.requests.length]).toEqual([0, 0])
    expect(out).toMatch(/no problem/)
  })

  it('plan: steps in both channels', async () => {
    const { code, out } = await postern(['plan', policies()])
    expect(code).toBe(2)
    for (const part of ['owen.price@acme.com', 'Office and VPN', 'One-time passcode', 'postern attest'])
      expect(out).toContain(part)
    expect(writesOf(started.simulator)).toEqual([])
    last = (await plan()).plan
  })

  it('apply --yes: the api steps are done, the console steps are left', async () => {
    const { code, out } = await postern(['apply', policies(), '--yes', '--format', 'json'])
    expect(code).toBe(2)
    const { steps } = JSON.parse(out) as ApplyReport
    expect(steps.map(({ id, status }) => [id.split('/')[0], status]).sort()).toEqual([
      ['api', 'done'],
      ['api', 'done'],
      ...Array.from({ length: 5 }, () => ['console', 'pending']),
    ])
    expect(membersOf(started.simulator, 'Contractors and break-glass')).toContain('owen.price@acme.com')
  })

  it('plan again: only console steps are left', async () => {
    const { code, plan: again } = await plan()
    expect([code, new Set(again.steps.map(({ channel }) => channel))]).toEqual([2, new Set(['console'])])
    last = again
  })

  it('in the console a person does the steps', async () => {
    await carryOutConsoleSteps(started, last)
    // The external user policy takes about ten minutes (ref 5.2).
    started.clock.time += 600_000
    // Done is not proven: nothing is in sync by itself.
    expect((await plan()).plan.steps).toHaveLength(5)
  })

  it('observe: the exports prove what they hold', async () => {
    for (const name of ['members.csv', 'accounts.csv', 'external-users.csv'] as const)
      await writeFile(join(cwd, name), await exportCsv(started, name))
    const { code, err } = await postern([
      'observe',
      'members.csv',
      'accounts.csv',
      'external-users.csv',
      '--exported-at',
      started.now().toISOString(),
      '--policies',
      policies(),
    ])
    expect([code, err]).toEqual([0, expect.not.stringContaining('error')])
    const { plan: proven } = await plan()
    expect(
      proven.inSync.filter(({ evidence }) => evidence.some(({ from }) => from === 'export')).length,
    ).toBeGreaterThan(5)
    expect(proven.unverified.length).toBeLessThan(last.unverified.length)
    last = proven
  })

  it('attest: a person states what the console shows of the rest', async () => {
    const objects = new Map<string, string[]>()
    for (const { kind, name, path } of last.unverified) {
      const text = typed(valueAt(await readPage(started, kind, name), path))
      objects.set(`${kind}/${name}`, [...(objects.get(`${kind}/${name}`) ?? []), '--set', `${path}=${text}`])
    }
    for (const [object, set] of objects)
      expect((await postern(['attest', object, ...set, '--policies', policies()])).code).toBe(0)
  })

  it('plan: nothing to change, and each line names its evidence', async () => {
    const { code, out } = await postern(['plan', policies(), '--verbose'])
    expect(code).toBe(0)
    expect(out).toContain('Nothing to change')
    const lines = out.split('\n').filter(line => line.trimStart().startsWith('= '))
    expect(lines.length).toBeGreaterThan(30)
    expect(lines.filter(line => !/in sync \((export|attested by alice|API|api)/.test(line))).toEqual([])
  })

  it('apply: there is nothing left to do', async () => {
    const writes = writesOf(started.simulator).length
    expect((await postern(['apply', policies(), '--yes'])).code).toBe(0)
    expect(writesOf(started.simulator)).toHaveLength(writes)
  })

  it('the ledger holds evidence and no key', async () => {
    const texts = await Promise.all(
      ['organization', 'evidence', 'exports', 'bindings', 'last-applied'].map(section =>
        readFile(join(cwd, '.postern', `${section}.json`), 'utf8'),
      ),
    )
    expect(texts.join('')).not.toContain(started.simulator.apiKey)
    expect(texts[1]).toContain('"by": "alice"')
  })
})
