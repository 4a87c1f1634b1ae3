import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Plan } from '../../src/model/plan.ts'
import { policiesFolder, startAt, temporaryFolder, type Started } from '../operations/start.ts'
import { commandLine } from './command-line.ts'

const secret = 'a secret that is long enough to sign with'

let cwd: string
let started: Started

beforeEach(async () => {
  cwd = await temporaryFolder()
  started = await startAt(cwd, {})
  await cp(policiesFolder, join(cwd, 'policies'), { recursive: true })
})

const run = (argv: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  commandLine(cwd, started, argv, {
    env: { POSTERN_API_KEY: started.simulator.apiKey, POSTERN_LEDGER: '.postern', ...env },
  })

/** As in a job of a fork: no key, no ledger. */
const fork = (argv: readonly string[]) => commandLine(cwd, started, argv, { env: { CI: 'true' } })

const take = (...more: readonly string[]) =>
  run(['snapshot', '--output', 'snapshot.json', ...more], { POSTERN_SNAPSHOT_KEY: secret })

describe('a trusted job takes a snapshot, and a job without a key plans from it', () => {
  it('comes to the same plan, names nobody whom no document names, and sends nothing', async () => {
    const taken = await take()
    expect([taken.code, taken.out]).toEqual([0, ''])
    expect(taken.err).toMatch(
      /^60 accounts under other names, valid until 2026-11-26 \d\d:\d\d UTC, signed by ed25519:/m,
    )
    const sent = started.simulator.requests.length
    const live = JSON.parse((await run(['plan', '--format', 'json'])).out) as Plan
    const afterLive = started.simulator.requests.length
    const planned = await fork(['plan', '--snapshot', 'snapshot.json', '--format', 'json'])
    expect(planned.code).toBe(2)
    expect(started.simulator.requests.length).toBe(afterLive)
    expect(afterLive).toBeGreaterThan(sent)
    const made = JSON.parse(planned.out) as Plan
    const numbers = ({ coverage: { before, after } }: Plan) =>
      [before, after].map(({ levels, tokens }) => [levels, tokens])
    expect(numbers(made)).toEqual(numbers(live))
    expect(planned.out).not.toContain('owen.price')
    expect(planned.out).toContain('root@acme.com')
    // The warning of a lost ledger is for those who have one.
    expect(planned.err).not.toContain('POSTERN_LEDGER')
  })

  it('says how old it is, and that it is not to be carried out', async () => {
    await take()
    started.clock.time += 5 * 3_600_000
    const text = await fork(['plan', '--snapshot', 'snapshot.json'])
    expect(text.out).toContain('From a snapshot of 5 h ago, valid until 2026-11-26')
    expect((await fork(['plan', '--snapshot', 'snapshot.json', '--out', 'plan.json'])).code).toBe(1)
    const refused = await fork(['plan', '--snapshot', 'snapshot.json', '--ledger', 'x'])
    expect(refused.err).toContain("'--snapshot <file>' cannot be used with option '--ledger <place>'")
  })

  it('refuses one that was altered, and names its file', async () => {
    await take()
    const file = join(cwd, 'snapshot.json')
    const text = await readFile(file, 'utf8')
    await writeFile(file, text.replace('"mandatory"', '"optional"').replace('"managed"', '"unmanaged"'))
    const altered = await fork(['plan', '--snapshot', 'snapshot.json', '--format', 'json'])
    expect(altered.code).toBe(1)
    expect(JSON.parse(altered.out)).toMatchObject({ diagnostics: [{ code: 'snapshot/altered' }] })
    expect(altered.err).toContain('`snapshot.json` was altered since it was signed')
  })

  it('is too old after its time', async () => {
    await take('--valid-for', '36h')
    started.clock.time += 37 * 3_600_000
    const old = await fork(['plan', '--snapshot', 'snapshot.json'])
    expect(old.code).toBe(1)
    expect(old.err).toContain('snapshot/too-old')
  })

  it('tells the key to declare where none is, and one that was made for this once', async () => {
    const once = await run(['snapshot', '--output', 'snapshot.json'])
    expect(once.err).toContain('snapshot/signed-once')
    const planned = await fork(['plan', '--snapshot', 'snapshot.json'])
    expect(planned.err).toContain('snapshots: { signedBy:')
  })

  it.each<readonly [string, readonly string[], Readonly<Record<string, string>>, string]>([
    ['a weak secret', [], { POSTERN_SNAPSHOT_KEY: 'short' }, 'snapshot/weak-secret'],
    ['a duration that is none', ['--valid-for', 'soon'], {}, 'snapshot/bad-duration'],
    ['a folder that is not there', ['nowhere'], {}, 'policy/not-a-folder'],
    ['a place that cannot be written', ['--output', 'nowhere/snapshot.json'], {}, 'run/unwritable'],
    ['no key', [], { POSTERN_API_KEY: '' }, 'org/no-key'],
  ])('refuses %s before it reads anything', async (_, argv, env, code) => {
    const refused = await run(['snapshot', ...argv], env)
    expect([refused.code, refused.out]).toEqual([1, ''])
    expect(refused.err).toContain(code)
    expect(started.simulator.requests).toEqual([])
    expect(refused.err).not.toContain('short')
  })
})
