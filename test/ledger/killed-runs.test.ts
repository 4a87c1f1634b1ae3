import { execFile, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { folderLedger } from '../../src/ledger/folder-ledger.ts'
import { isGone, thisProcess } from '../../src/ledger/process-identity.ts'
import { acquireLock, releaseLock } from '../../src/ledger/run-lock.ts'
import { full, inParallel, spread } from '../survival/extent.ts'
import { at, entries, holderOf } from './full-ledger.ts'

/** Waiting longer than this would mean that a dead holder was waited for: nobody is taken for dead by age before half a minute. */
const instant = 5_000

let work: string

beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'postern-killed-'))
  const shared = {
    bundle: true,
    platform: 'node',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    outdir: work,
  } as const
  await build({ ...shared, entryPoints: ['test/ledger/one-run.ts'] })
  await build({
    ...shared,
    entryPoints: ['test/ledger/dying-run.ts'],
    plugins: [
      {
        name: 'dying-fs',
        setup: builder =>
          builder.onResolve({ filter: /^node:fs\/promises$/ }, () => ({
            path: join(process.cwd(), 'test/ledger/dying-fs.ts'),
          })),
      },
    ],
  })
})

afterAll(() => rmSync(work, { recursive: true, force: true }))

const namesIn = (folder: string): readonly string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()

/** Numbers from 0 up to 1 that are the same in every run. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

describe('a run that is killed', () => {
  /** Runs it, and tells how it ended. */
  const die = (folder: string, before: number) =>
    new Promise<{ readonly signal: NodeJS.Signals | null; readonly out: string }>(resolve => {
      const env = { ...process.env, DIE_AT: String(before) }
      const child = execFile(process.execPath, [join(work, 'dying-run.mjs'), folder], { env }, (_, out) =>
        resolve({ signal: child.signalCode, out }),
      )
    })

  /** A ledger as it was before the run. */
  async function filled(folder: string): Promise<void> {
    const ledger = folderLedger(folder)
    await ledger.update('lock', () => ({ holder: null }))
    await ledger.update('bindings', () => ({ policies: { first: 'id' } }))
    await ledger.update('bindings', () => ({ policies: { before: 'id' } }))
    await ledger.journal.append('earlier', entries)
  }

  it('before any of its operations leaves a whole ledger, and locks nobody out', async () => {
    const template = join(work, 'template')
    await filled(template)
    cpSync(template, join(work, 'living'), { recursive: true })
    const total = Number((await die(join(work, 'living'), 0)).out)
    expect(total).toBeGreaterThan(60)
    const operations = Array.from({ length: total }, (_, index) => index + 1)
    await inParallel(full ? operations : spread(operations, 10), 3, async mine => {
      const folder = join(work, `dead-${mine}`)
      cpSync(template, folder, { recursive: true })
      expect([mine, (await die(folder, mine)).signal]).toEqual([mine, 'SIGKILL'])
      await lookThrough(folder, mine)
      rmSync(folder, { recursive: true })
    })
  }, 180_000)

  async function lookThrough(folder: string, before: number): Promise<void> {
    const ledger = folderLedger(folder)
    const dying = { type: 'sending', at, step: 's', request: 0 } as const
    const end = { type: 'end', at } as const
    expect([[], [dying], [dying, end]]).toContainEqual(await ledger.journal.read('dying'))
    expect(await ledger.journal.read('earlier')).toEqual(entries)
    expect([{ before: 'id' }, { before: 'id', dying: 'id' }]).toContainEqual((await ledger.read('bindings'))?.policies)
    expect([undefined, '{"whole":true}']).toContain(await ledger.records.read('run', 'dying'))

    const begun = Date.now()
    const holder = holderOf('next', thisProcess())
    const held = (await ledger.read('lock'))?.holder?.run
    const { takenOverFrom } = await acquireLock(ledger, holder, { isGone })
    expect([before, takenOverFrom?.run]).toEqual([before, held])
    const known = await ledger.journal.read('dying')
    await ledger.journal.append('dying', [end])
    expect(await ledger.journal.read('dying')).toEqual([...known, end])
    await ledger.update('bindings', content => ({ policies: { ...content?.policies, next: 'id' } }))
    await ledger.records.write('run', 'dying', '{"anew":true}')
    await releaseLock(ledger, 'next')
    expect(Date.now() - begun).toBeLessThan(instant)
    expect((await ledger.read('bindings'))?.policies).toMatchObject({ before: 'id', next: 'id' })

    // Nothing is left of the dead, except what it died over before it could say who it was: that goes when it is old.
    const left = namesIn(folder).filter(name => name.includes('.lock') || name.endsWith('.new'))
    expect([before, left.filter(name => !/\.lock\.[\w-]+(\/[\w-]+\.json)?$/.test(name))]).toEqual([before, []])
    expect(left.length).toBeLessThanOrEqual(2)
  }

  it('leaves what goes when the next process looks there', async () => {
    const folder = join(work, 'sweep')
    await filled(folder)
    let left: readonly string[] = []
    // Before the lock is taken, with and without a name in what is left.
    for (let before = 1; before < 30 && left.length < 2; before++) {
      await die(folder, before)
      left = namesIn(folder).filter(name => /\.lock\.[^/]*$/.test(name))
    }
    expect(left.length).toBeGreaterThan(0)
    for (const name of left) utimesSync(join(folder, name), 0, 0)
    await die(folder, 0)
    expect(namesIn(folder).filter(name => name.includes('.lock'))).toEqual([])
  })
})

describe('many runs at a time', () => {
  it('lose nothing though they are killed at any moment', async () => {
    const folder = join(work, 'many')
    const ledger = folderLedger(folder)
    const random = seeded(20_261_124)
    const acknowledged = new Map<string, number>()
    let longest = 0
    let started = 0
    let killed = 0

    async function one(kill: boolean): Promise<void> {
      const run = `run-${++started}`
      const child = spawn(process.execPath, [join(work, 'one-run.mjs'), folder, run, '15'], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const ended = new Promise<number | null>(resolve => child.once('exit', resolve))
      acknowledged.set(run, 0)
      let killing: Promise<void> | undefined
      for await (const line of createInterface({ input: child.stdout })) {
        const { time, waited } = JSON.parse(line) as { time: number; waited: number }
        acknowledged.set(run, time)
        longest = Math.max(longest, waited)
        if (kill)
          killing ??= delay(random() * 150).then(() => {
            if (child.kill('SIGKILL')) killed++
          })
      }
      const status = await ended
      expect([run, status]).toEqual([run, kill && status === null ? null : 0])
      await killing
      // Whatever it was killed over, what is there can be read.
      await ledger.read('lock')
      await ledger.read('bindings')
    }
    const lane = async (): Promise<void> => {
      for (let time = 0; time < 8; time++) await one(true)
      await one(false)
    }
    await Promise.all([lane(), lane(), lane(), lane()])
    expect(killed).toBeGreaterThan(15)

    const { all, ...counts } = (await ledger.read('bindings'))?.policies ?? {}
    const sum = Object.values(counts).reduce((total, count) => total + Number(count), 0)
    expect(Number(all)).toBe(sum)
    for (const [run, times] of acknowledged) {
      const journal = await ledger.journal.read(run)
      expect(journal.map(entry => (entry.type === 'sending' ? entry.request : 0))).toEqual(
        journal.map((_, index) => index + 1),
      )
      expect(journal.length).toBeGreaterThanOrEqual(times)
      expect(Number(counts[run] ?? 0)).toBeGreaterThanOrEqual(times)
      if (times > 0) expect(await ledger.records.read('run', run)).toBeDefined()
    }
    expectOneHolderAtATime(readFileSync(`${folder}.holders`, 'utf8').trim().split('\n'))
    expect(longest).toBeLessThan(instant)
    expect(await ledger.read('lock')).toEqual({ holder: null })
  }, 120_000)

  /** Whoever comes in while another has not gone out must find that one dead: it says nothing any more. */
  function expectOneHolderAtATime(lines: readonly string[]): void {
    let inside: string | undefined
    const dead = new Set<string>()
    for (const line of lines) {
      const [run = '', way = ''] = line.split(' ')
      expect(dead.has(run)).toBe(false)
      if (way === 'in' && inside !== undefined) dead.add(inside)
      if (way === 'out') expect(inside).toBe(run)
      inside = way === 'in' ? run : undefined
    }
  }
})
