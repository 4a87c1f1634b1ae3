import { describe, expect, it } from 'vitest'
import type { Ledger } from '../../src/ledger/contract.ts'
import { objectLedger } from '../../src/ledger/object-ledger.ts'
import { withProvenConditions } from '../../src/ledger/proven-conditions.ts'
import { ledgerContract } from './contract.ts'
import { codeOf, entries, full, problemOf } from './full-ledger.ts'
import { memoryStore, type Fault, type MemoryStore } from './memory-store.ts'

let marks = 0

const options = {
  mark: () => `mark-${++marks}`,
  random: () => 0.5,
  sleep: () => Promise.resolve(),
}

const over = (store: MemoryStore): Ledger => objectLedger(store, options)

ledgerContract('a bucket in memory', () => {
  const store = memoryStore()
  return Promise.resolve({
    open: format => objectLedger(store, { ...options, ...(format !== undefined && { format }) }),
    readText: section => Promise.resolve(store.objects.get(`${section}.json`)?.text ?? ''),
    writeText: (section, text) => {
      store.objects.set(`${section}.json`, { text, tag: `hand-${++marks}` })
      return Promise.resolve()
    },
    wait: () => 20 + 280 * Math.random(),
  })
})

/** Faults of the first writes of a key, in their order. */
const script =
  (key: string, faults: readonly (Fault | undefined)[]) =>
  (put: string, count: number): Fault | undefined =>
    put === key ? faults[count - 1] : undefined

/** Adds one to a number that stands in a section. */
const count = (ledger: Ledger): Promise<void> =>
  ledger.update('bindings', before => ({ policies: { n: String(Number(before?.policies['n'] ?? 0) + 1) } }))

/** The same, done by somebody else in between; it carries on the marks, as every Postern does. */
function countElsewhere(store: MemoryStore, key: string): void {
  const before = JSON.parse(store.objects.get(key)?.text ?? '{"content":{"policies":{}}}') as {
    written?: readonly string[]
    content: { policies: { n?: string } }
  }
  store.objects.set(key, {
    tag: `other-${++marks}`,
    text: JSON.stringify({
      formatVersion: '1.1',
      written: [`other-${marks}`, ...(before.written ?? [])],
      content: { policies: { n: String(Number(before.content.policies.n ?? 0) + 1) } },
    }),
  })
}

describe('an update in a bucket', () => {
  it.each<readonly [string, readonly (Fault | undefined)[], string]>([
    ['whose answer is lost is not done twice', ['lost-answer'], '1'],
    ['that gets lost is done again', ['lost-request'], '1'],
    ['that loses a race is done on what won', ['overtaken'], '2'],
    ['that loses races again and again is done once', ['overtaken', 'overtaken', 'refused', 'overtaken'], '4'],
    ['whose answer is lost after a lost race is not done twice', ['overtaken', 'lost-answer'], '2'],
    ['whose request, then answer is lost is done once', ['lost-request', 'lost-answer'], '1'],
  ])('%s', async (_, faults, n) => {
    const store = memoryStore({ fault: script('bindings.json', faults), other: countElsewhere })
    await count(over(store))
    expect(await over(store).read('bindings')).toEqual({ policies: { n } })
  })

  it('finds its own write again below those of others', async () => {
    const store = memoryStore({ fault: script('bindings.json', ['lost-answer']) })
    const overtaken: MemoryStore = {
      ...store,
      async put(key, text, condition) {
        const end = await store.put(key, text, condition)
        // Between the lost answer and the next reading others write.
        if (end.end === 'unknown') for (let other = 0; other < 20; other++) countElsewhere(store, key)
        return end
      },
    }
    await count(over(overtaken))
    expect(await over(store).read('bindings')).toEqual({ policies: { n: '21' } })
  })

  it('gives up in the end, and says whether something may be recorded', async () => {
    const always = (fault: Fault) => memoryStore({ fault: key => (key === 'bindings.json' ? fault : undefined) })
    expect(await problemOf(count(over(always('refused'))))).toMatchObject({ code: 'ledger/busy' })
    expect(await problemOf(count(over(always('lost-request'))))).toMatchObject({
      code: 'ledger/unreachable',
      facts: { recorded: 'maybe' },
    })
  })

  it('waits longer after each refusal, up to a second, and not in step with others', async () => {
    const waits: number[] = []
    const store = memoryStore({ fault: key => (key === 'bindings.json' ? 'refused' : undefined) })
    const sleep = (milliseconds: number): Promise<void> => {
      waits.push(milliseconds)
      return Promise.resolve()
    }
    await codeOf(count(objectLedger(store, { ...options, sleep })))
    expect(waits.slice(0, 6)).toEqual([25, 50, 100, 200, 400, 500])
    expect(Math.max(...waits)).toBe(500)
    expect(waits).toHaveLength(25)
  })

  it('keeps a limited number of marks', async () => {
    const store = memoryStore()
    const ledger = over(store)
    for (let time = 0; time < 100; time++) await count(ledger)
    const { written } = JSON.parse(store.objects.get('bindings.json')?.text ?? '') as { written: readonly string[] }
    expect(written).toHaveLength(64)
    expect(new Set(written).size).toBe(64)
  })
})

describe('a journal in a bucket', () => {
  const key = (number: number) => `journal/r/${String(number).padStart(10, '0')}.json`

  it.each<readonly [string, readonly (Fault | undefined)[]]>([
    ['whose answer is lost', ['lost-answer']],
    ['that gets lost', ['lost-request']],
    ['that gets lost, and then its answer', ['lost-request', 'lost-answer']],
  ])('adds an entry once %s', async (_, faults) => {
    const store = memoryStore({ fault: script(key(2), faults) })
    const ledger = over(store)
    for (const entry of entries) await ledger.journal.append('r', [entry])
    expect(await ledger.journal.read('r')).toEqual(entries)
    expect(store.objects.has(key(entries.length))).toBe(true)
  })

  it('goes on behind what another process added', async () => {
    const store = memoryStore()
    const [one, other] = [over(store), over(store)]
    await one.journal.append('r', entries.slice(0, 1))
    await other.journal.append('r', entries.slice(1, 3))
    await one.journal.append('r', entries.slice(3))
    expect(await one.journal.read('r')).toEqual(entries)
  })

  it.each<readonly [string, (store: MemoryStore) => void, string]>([
    ['an object is gone', store => void store.objects.delete(key(2)), 'ledger/garbled'],
    ['an object is no JSON', store => void store.objects.set(key(2), { text: '{', tag: 't' }), 'ledger/garbled'],
    [
      'an entry is none',
      store => void store.objects.set(key(2), { text: '{"formatVersion":"1.1","entries":[{"type":"x"}]}', tag: 't' }),
      'ledger/garbled',
    ],
    [
      'an object is newer',
      store => void store.objects.set(key(2), { text: '{"formatVersion":"2.0"}', tag: 't' }),
      'ledger/newer',
    ],
  ])('is refused where %s', async (_, damage, code) => {
    const store = memoryStore()
    const ledger = over(store)
    for (const entry of entries) await ledger.journal.append('r', [entry])
    damage(store)
    expect(await codeOf(ledger.journal.read('r'))).toBe(code)
  })

  it('gives up in the end', async () => {
    const store = memoryStore({ fault: put => (put === key(1) ? 'lost-request' : undefined) })
    expect(await problemOf(over(store).journal.append('r', entries))).toMatchObject({ facts: { recorded: 'maybe' } })
  })
})

describe('a record in a bucket', () => {
  it.each<readonly [string, readonly Fault[], string]>([
    ['is written again where the answer is lost', ['lost-answer', 'lost-request'], 'none'],
    ['is given up in the end', ['lost-request', 'lost-request', 'lost-request'], 'ledger/unreachable'],
  ])('%s', async (_, faults, code) => {
    const store = memoryStore({ fault: script('runs/r.json', faults) })
    expect(await codeOf(over(store).records.write('run', 'r', '{}'))).toBe(code)
    expect(await over(store).records.read('run', 'r')).toBe(code === 'none' ? '{}' : undefined)
  })
})

const proven = (store: MemoryStore): Ledger => objectLedger(withProvenConditions(store), options)

describe('a server that ignores conditions', () => {
  it.each(['absent', 'tag'] as const)('is refused before anything is written on one (%s)', async ignores => {
    const store = memoryStore({ ignores })
    expect(await codeOf(proven(store).update('lock', () => full.lock))).toBe('ledger/no-conditions')
    expect(await codeOf(proven(store).journal.append('r', entries))).toBe('ledger/no-conditions')
    expect([...store.objects.keys()]).toEqual(['conditions.json'])
  })

  it.each<readonly [string, readonly (Fault | undefined)[]]>([
    ['an answer is lost', ['lost-answer']],
    ['requests are lost', ['lost-request', 'lost-request', undefined, 'lost-request']],
    ['another was first', ['refused']],
  ])('is told from an honest one though %s', async (_, faults) => {
    const store = memoryStore({ fault: script('conditions.json', faults) })
    await proven(store).update('bindings', () => full.bindings)
    expect(await proven(store).read('bindings')).toEqual(full.bindings)
  })

  it('is looked for once, and not for reading', async () => {
    const store = memoryStore()
    const ledger = proven(store)
    await ledger.read('bindings')
    expect(store.puts).toEqual([])
    await count(ledger)
    await count(ledger)
    expect(store.puts.filter(({ key }) => key === 'conditions.json')).toHaveLength(3)
  })
})
