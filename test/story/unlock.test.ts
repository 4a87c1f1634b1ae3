import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { relative } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import type { LockHolder } from '../../src/ledger/contract.ts'
import { thisProcess } from '../../src/ledger/process-identity.ts'
import { die } from '../operations/cut-off.ts'
import { policiesFolder, startAt, temporaryFolder, writesOf } from '../operations/start.ts'
import type { WorldOptions } from '../world.ts'
import { commandLine } from './command-line.ts'

const isReport = new Ajv2020({ strict: false }).compile(
  JSON.parse(readFileSync('schemas/unlock.schema.json', 'utf8')) as object,
)

/** A ledger that somebody's run holds for twelve minutes already. */
async function locked(changes: Partial<LockHolder> = {}) {
  const cwd = await temporaryFolder()
  const started = await startAt(cwd, {})
  const holder = {
    run: '2026-11-24T07-48-00Z-1f3a',
    command: 'apply',
    owner: 'carol',
    host: 'runner-7',
    pid: 4711,
    at: '2026-11-24T07:48:00Z',
    ...changes,
  }
  await started.ledger.update('lock', () => ({ holder }))
  const postern = (argv: readonly string[], options: Partial<WorldOptions> = {}) =>
    commandLine(cwd, started, argv, options)
  const now = async () => (await started.ledger.read('lock'))?.holder
  return { cwd, started, postern, now, holder }
}

const here = (): Partial<LockHolder> => ({ ...thisProcess() })

describe('apply while another run holds the lock', () => {
  it('is refused, and says who, what, where, how long, and what to do', async () => {
    const { cwd, started, postern } = await locked()
    const { code, out, err } = await postern(['apply', relative(cwd, policiesFolder), '--yes'])
    expect([code, out]).toEqual([1, ''])
    for (const part of ['ledger/locked', 'carol', '`apply`', '4711', 'runner-7', '12 minutes', 'postern unlock'])
      expect(err.replace(/\s+/g, ' ')).toContain(part)
    expect(writesOf(started.simulator)).toEqual([])
    // Whatever is locked, looking goes on.
    expect((await postern(['plan', relative(cwd, policiesFolder)])).code).toBe(2)
  })

  it('goes on by itself where that run died on this machine, with a note', async () => {
    const { cwd, started, postern, now } = await locked(here())
    await die(started.ledger)
    const { code, err } = await postern(['apply', relative(cwd, policiesFolder), '--yes'])
    expect([code, await now()]).toEqual([2, null])
    expect(err).toContain('warning[apply/lock-taken-over]')
  })
})

describe('unlock', () => {
  it('shows who holds the lock and asks; only yes takes it away', async () => {
    const { postern, now, holder } = await locked()
    const asked = await postern(['unlock'], { answers: ['y'] })
    expect(asked.code).toBe(1)
    for (const part of ['carol', 'runner-7', '12 min', 'make sure that it is gone', 'Only `yes` is accepted'])
      expect(asked.err.replace(/\s+/g, ' ')).toContain(part)
    expect(await now()).toEqual(holder)
    const agreed = await postern(['unlock'], { answers: ['yes'] })
    expect([agreed.code, await now()]).toEqual([0, null])
    expect(agreed.out).toContain('Unlocked')
  })

  it('reports in JSON', async () => {
    const { postern, holder } = await locked()
    const { code, out } = await postern(['unlock', '--yes', '--format', 'json'])
    const report = JSON.parse(out) as { readonly holder: unknown }
    expect(isReport(report) || isReport.errors).toBe(true)
    expect([code, report.holder]).toEqual([0, holder])
    const again = await postern(['unlock', '--yes', '--format', 'json'])
    expect([again.code, (JSON.parse(again.out) as { readonly holder: unknown }).holder]).toEqual([0, null])
    expect(again.err).toContain('unlock/not-locked')
  })

  it.each<readonly [string, () => Partial<LockHolder>, readonly string[], number, RegExp]>([
    ['without a terminal and without --yes', () => ({}), [], 1, /use --yes/],
    ['of a process that is alive here', here, ['--yes'], 1, /unlock\/alive/],
    ['of a process that is alive here, by force', here, ['--yes', '--force'], 0, /alive on this machine/],
    [
      'of another machine of the same name',
      () => ({ host: hostname(), pid: 4711, process: 'another-boot/1/2' }),
      ['--yes'],
      1,
      /unlock\/alive|alive/,
    ],
  ])('%s', async (_, changes, flags, expected, explanation) => {
    const { postern, now, holder } = await locked(changes())
    const { code, err } = await postern(['unlock', ...flags])
    expect([code, err]).toEqual([expected, expect.stringMatching(explanation)])
    expect(await now()).toEqual(expected === 0 ? null : holder)
  })

  it('shows a hostile owner harmlessly', async () => {
    const { postern } = await locked({ owner: '\u001b[2Jcarol\u202e' })
    expect((await postern(['unlock', '--yes'])).err).not.toMatch(/[\u001b\u202e]/)
  })
})
