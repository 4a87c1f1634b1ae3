import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { Ledger, SectionName } from '../../src/ledger/contract.ts'
import { LedgerError } from '../../src/ledger/ledger-error.ts'
import type { LedgerFormat } from '../../src/ledger/migrations.ts'
import { acquireLock, breakLock, releaseLock } from '../../src/ledger/run-lock.ts'
import { full as all } from '../survival/extent.ts'
import { at, codeOf, entries, full, holderOf, problemOf } from './full-ledger.ts'

/** One empty ledger, opened as often as is wanted, and a way to what is stored. */
export interface Stored {
  /** Opens it once more, as another run does. */
  readonly open: (format?: LedgerFormat) => Ledger
  readonly readText: (section: SectionName) => Promise<string>
  readonly writeText: (section: SectionName, text: string) => Promise<void>
  /** How long a run waits, in milliseconds, before it looks again whether the lock is free. */
  readonly wait: () => number
}

/** Each waits for all before it, so the work grows with their square. */
const runs = all ? 200 : 12

const nobodyIsGone = { isGone: () => false }

/** What every ledger promises, wherever it is kept. */
export function ledgerContract(where: string, make: () => Promise<Stored>): void {
  describe(`a ledger in ${where}`, () => {
    it('gives back what was written, and nothing where nothing was', async () => {
      const { open } = await make()
      const sections = Object.keys(full) as SectionName[]
      for (const section of sections) expect(await open().read(section)).toBeUndefined()
      for (const section of sections) await open().update(section, () => full[section] as never)
      for (const section of sections) expect(await open().read(section)).toEqual(full[section])
    })

    it('hands the old content to the change', async () => {
      const ledger = (await make()).open()
      await ledger.update('bindings', before => ({ policies: { ...before?.policies, a: '1' } }))
      await ledger.update('bindings', before => ({ policies: { ...before?.policies, b: '2' } }))
      expect(await ledger.read('bindings')).toEqual({ policies: { a: '1', b: '2' } })
    })

    it('leaves what was there where a change throws, and passes on what it throws', async () => {
      const { open, readText } = await make()
      await open().update('organization', () => full.organization)
      const before = await readText('organization')
      const failing = open().update('organization', () => {
        throw new Error('change failed')
      })
      await expect(failing).rejects.toThrow('change failed')
      expect(await readText('organization')).toBe(before)
    })

    it('loses none of many updates at a time', async () => {
      const { open } = await make()
      await Promise.all(
        Array.from({ length: 12 }, (_, index) =>
          open().update('bindings', before => ({ policies: { ...before?.policies, [`p${index}`]: 'id' } })),
        ),
      )
      expect(Object.keys((await open().read('bindings'))?.policies ?? {})).toHaveLength(12)
    })

    it.each([
      ['empty', '', 'ledger/garbled'],
      ['blank', ' \n', 'ledger/garbled'],
      ['cut off', '{"formatVersion":"1.0","content":{"pol', 'ledger/garbled'],
      ['no object', '[]', 'ledger/garbled'],
      ['null', 'null', 'ledger/garbled'],
      ['without a version', '{"content":{}}', 'ledger/garbled'],
      ['of a version that is none', '{"formatVersion":"one","content":{"policies":{}}}', 'ledger/garbled'],
      ['without content', '{"formatVersion":"1.0"}', 'ledger/garbled'],
      ['newer', '{"formatVersion":"2.0","content":{}}', 'ledger/newer'],
      ['much newer', '{"formatVersion":"10.0","content":{}}', 'ledger/newer'],
    ])('refuses a section that is %s, for reading and for writing, and leaves it', async (_, text, code) => {
      const { open, readText, writeText } = await make()
      await writeText('bindings', text)
      expect(await codeOf(open().read('bindings'))).toBe(code)
      expect(await codeOf(open().update('bindings', () => full.bindings))).toBe(code)
      expect(await readText('bindings')).toBe(text)
    })

    it('reads a format that only adds members', async () => {
      const { open, writeText } = await make()
      await writeText('bindings', '{"formatVersion":"1.7","content":{"policies":{"a":"1"},"more":[]},"extra":1}')
      expect(await open().read('bindings')).toMatchObject({ policies: { a: '1' } })
    })

    it('migrates what is older when it is read, and writes it new at its next update', async () => {
      const { open, readText, writeText } = await make()
      const old = '{"formatVersion":"1.0","content":{"names":{"a":"1"}}}'
      await writeText('bindings', old)
      const ledger = open({
        version: '1.2',
        migrations: {
          bindings: [
            { to: '1.1', migrate: ({ names = {} }) => ({ ids: names }) },
            { to: '1.2', migrate: ({ ids = {} }) => ({ policies: ids }) },
          ],
        },
      })
      expect(await ledger.read('bindings')).toEqual({ policies: { a: '1' } })
      expect(await readText('bindings')).toBe(old)
      await ledger.update('bindings', before => ({ policies: { ...before?.policies, b: '2' } }))
      expect(JSON.parse(await readText('bindings'))).toMatchObject({
        formatVersion: '1.2',
        content: { policies: { a: '1', b: '2' } },
      })
      expect(await open({ version: '1.2', migrations: {} }).read('bindings')).toEqual({ policies: { a: '1', b: '2' } })
    })

    it('reads sections of format 1.0 and writes them as 1.1', async () => {
      const { open, readText, writeText } = await make()
      await writeText('bindings', '{"formatVersion":"1.0","content":{"policies":{"a":"1"}}}')
      await open().update('bindings', before => before ?? full.bindings)
      expect(JSON.parse(await readText('bindings'))).toMatchObject({
        formatVersion: '1.1',
        content: { policies: { a: '1' } },
      })
    })

    it('keeps journals apart, in their order', async () => {
      const { open } = await make()
      expect(await open().journal.read('r-1')).toEqual([])
      const ledger = open()
      for (const entry of entries) await ledger.journal.append('r-1', [entry])
      await open().journal.append('r-2', entries)
      await open().journal.append('r-2', [])
      await open().journal.append('r-2', entries.slice(0, 2))
      expect(await open().journal.read('r-1')).toEqual(entries)
      expect(await open().journal.read('r-2')).toEqual([...entries, ...entries.slice(0, 2)])
      expect(await open().journal.read('r')).toEqual([])
    })

    it('keeps the order in which entries were added, though nobody waited', async () => {
      const ledger = (await make()).open()
      const sent = Array.from({ length: 20 }, (_, request) => ({ type: 'sending', at, step: 's', request }) as const)
      await Promise.all(sent.map(entry => ledger.journal.append('r', [entry])))
      expect(await ledger.journal.read('r')).toEqual(sent)
    })

    it('keeps records, and lists them', async () => {
      const { open } = await make()
      expect(await open().records.list('run')).toEqual([])
      expect(await open().records.read('run', 'b')).toBeUndefined()
      for (const run of ['b', 'a', 'c']) await open().records.write('run', run, `{"run":"${run}"}\n`)
      await open().records.write('recovery-card', 'a', '# ünï\n')
      await open().records.write('run', 'b', '{"run":"again"}\n')
      expect(await open().records.list('run')).toEqual(['a', 'b', 'c'])
      expect(await open().records.list('recovery-card')).toEqual(['a'])
      expect(await open().records.read('run', 'b')).toBe('{"run":"again"}\n')
      expect(await open().records.read('recovery-card', 'a')).toBe('# ünï\n')
    })

    it.each(['', '.', '..', '../r', 'a/b', 'a\\b', 'a.b', '-a', 'a b', 'a\n', 'x'.repeat(101)])(
      'refuses %j as the name of a run',
      async run => {
        const ledger = (await make()).open()
        expect(await codeOf(ledger.journal.append(run, entries))).toBe('ledger/no-run-name')
        expect(await codeOf(ledger.records.write('run', run, ''))).toBe('ledger/no-run-name')
        expect(await ledger.journal.read(run)).toEqual([])
        expect(await ledger.records.read('run', run)).toBeUndefined()
      },
    )

    it('lets one run hold the lock, and says who does', async () => {
      const { open } = await make()
      expect(await acquireLock(open(), holderOf('r-1'), nobodyIsGone)).toEqual({})
      // Once more is the same hold.
      expect(await acquireLock(open(), holderOf('r-1'), nobodyIsGone)).toEqual({})
      const later = holderOf('r-2', { host: 'laptop', at: '2026-11-24T08:12:30.000Z' })
      expect(await problemOf(acquireLock(open(), later, nobodyIsGone))).toMatchObject({
        code: 'ledger/locked',
        facts: { owner: 'alice', command: 'apply', run: 'r-1', host: 'ci-3', pid: 4711, seconds: 750, here: false },
      })
      // Another process that goes by the same name is another holder.
      expect(await codeOf(acquireLock(open(), holderOf('r-1', { pid: 4712 }), nobodyIsGone))).toBe('ledger/locked')
      expect(await releaseLock(open(), 'r-2')).toBe(false)
      expect(await open().read('lock')).toEqual({ holder: holderOf('r-1') })
      expect(await releaseLock(open(), 'r-1')).toBe(true)
      expect(await releaseLock(open(), 'r-1')).toBe(false)
      expect(await acquireLock(open(), later, nobodyIsGone)).toEqual({})
    })

    it('takes the lock over from a dead holder, and tells from whom', async () => {
      const { open } = await make()
      await acquireLock(open(), holderOf('dead'), nobodyIsGone)
      const isGone = ({ run }: { readonly run: string }) => run === 'dead'
      expect(await acquireLock(open(), holderOf('next'), { isGone })).toEqual({ takenOverFrom: holderOf('dead') })
      expect(await releaseLock(open(), 'dead')).toBe(false)
      expect(await open().read('lock')).toEqual({ holder: holderOf('next') })
    })

    it('breaks the lock only of the run that is named', async () => {
      const { open } = await make()
      expect(await breakLock(open(), 'r-1')).toBeUndefined()
      await acquireLock(open(), holderOf('r-1'), nobodyIsGone)
      expect(await breakLock(open(), 'r-2')).toBeUndefined()
      expect(await breakLock(open(), 'r-1')).toEqual(holderOf('r-1'))
      expect(await open().read('lock')).toEqual({ holder: null })
    })

    it(`lets exactly one of ${runs} concurrent runs hold the lock at a time, and loses no record`, async () => {
      const { open, wait } = await make()
      let holders = 0
      let most = 0
      const one = async (run: string): Promise<void> => {
        const ledger = open()
        await untilAcquired(ledger, run, wait)
        most = Math.max(most, ++holders)
        await ledger.journal.append(run, [{ type: 'end', at }])
        await ledger.update('bindings', before => ({
          policies: { ...before?.policies, count: String(Number(before?.policies['count'] ?? 0) + 1), [run]: 'id' },
        }))
        holders--
        await releaseLock(ledger, run)
        await ledger.records.write('run', run, '{}')
      }
      const names = Array.from({ length: runs }, (_, index) => `run-${String(index).padStart(3, '0')}`)
      await Promise.all(names.map(one))
      expect(most).toBe(1)
      const counted = (await open().read('bindings'))?.policies
      expect(counted?.['count']).toBe(String(runs))
      expect(Object.keys(counted ?? {})).toHaveLength(runs + 1)
      expect(await open().records.list('run')).toEqual(names)
      for (const run of names.slice(0, 20)) expect(await open().journal.read(run)).toEqual([{ type: 'end', at }])
      expect(await open().read('lock')).toEqual({ holder: null })
    }, 240_000)
  })
}

/** Tries until the lock is free, as a person would who reads that another run holds it. */
async function untilAcquired(ledger: Ledger, run: string, wait: () => number): Promise<void> {
  for (;;) {
    try {
      await acquireLock(ledger, holderOf(run), nobodyIsGone)
      return
    } catch (error) {
      if (!(error instanceof LedgerError) || !['ledger/locked', 'ledger/busy'].includes(error.diagnostic.code))
        throw error
      await delay(wait())
    }
  }
}
