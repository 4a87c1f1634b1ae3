import { describe, expect, it } from 'vitest'
import type { Ledger } from '../../src/ledger/contract.ts'
import type { RecordLink, RunRecord } from '../../src/model/run-record.ts'
import { audit } from '../../src/operations/audit.ts'
import { recordDigest, writeRecord, type EndedRun } from '../../src/operations/write-record.ts'
import { planned } from './acme-documents.ts'
import { applyFolder, begun, death, die, dying } from './cut-off.ts'
import { codesOf, start, valueOf } from './start.ts'

/** A record that says little: what the chain is made of is the same for all. */
const endedRun = (run: string, at: string): EndedRun => ({
  run,
  origin: { command: 'apply', by: 'alice', version: '0.0.0' },
  startedAt: at,
  endedAt: at,
  complete: true,
  plan: {
    organization: { name: 'acme', id: 'x' },
    digest: 'f'.repeat(64),
    steps: [],
    before: { policyOf: {}, objects: {} },
  } as unknown as EndedRun['plan'],
  approvals: [{ digest: 'f'.repeat(64), approver: 'bob', at, expiresAt: at }],
  guards: [],
  results: [
    { id: 'api/move/x', status: 'done' },
    { id: 'api/move/y', status: 'failed' },
  ],
  after: new Map(),
  diagnostics: [],
})

interface Chain {
  readonly ledger: Ledger
  /** The heads that there were, the oldest first. */
  readonly heads: readonly RecordLink[]
}

/** A ledger with a chain of four runs. */
async function chain(): Promise<Chain> {
  const { ledger } = await start()
  const heads: RecordLink[] = []
  for (const run of ['a', 'b', 'c', 'd'])
    heads.push(await writeRecord(ledger, endedRun(run, `2026-11-24T08:0${heads.length}:00Z`)))
  return { ledger, heads }
}

const read = async ({ ledger }: Chain, run: string): Promise<RunRecord> =>
  JSON.parse((await ledger.records.read('run', run)) ?? '') as RunRecord

const write = ({ ledger }: Chain, run: string, record: unknown): Promise<void> =>
  ledger.records.write('run', run, typeof record === 'string' ? record : JSON.stringify(record))

const headIs = ({ ledger }: Chain, head: RecordLink): Promise<void> => ledger.update('runs', () => ({ head }))

/** Makes the chain anew from one run on, as somebody does who covers up what they changed. */
async function rewrite(found: Chain, runs: readonly string[], change: (record: RunRecord) => RunRecord): Promise<void> {
  let link: RecordLink | null = null
  for (const run of runs) {
    const record: RunRecord = { ...change(await read(found, run)), previous: link }
    await write(found, run, record)
    link = { run, digest: recordDigest(record) }
  }
  if (link !== null) await headIs(found, link)
}

describe('an intact chain', () => {
  it('is followed from its head to its beginning', async () => {
    const { ledger, heads } = await chain()
    const found = await audit(ledger, undefined)
    expect(codesOf(found)).toEqual([])
    const { head, intact, runs } = valueOf(found)
    expect([head, intact]).toEqual([heads[3], true])
    expect(runs.map(({ run }) => run)).toEqual(['d', 'c', 'b', 'a'])
    expect(runs[0]).toEqual({
      ...heads[3],
      at: '2026-11-24T08:03:00Z',
      by: 'alice',
      complete: true,
      done: 1,
      failed: 1,
      approvedBy: ['bob'],
    })
  })

  it.each([0, 1, 2, 3])('holds the head that was noted after run %i', async index => {
    const { ledger, heads } = await chain()
    const found = await audit(ledger, heads[index]?.digest)
    expect([codesOf(found), valueOf(found).intact]).toEqual([[], true])
  })

  it('may be laid out anew: it is what the record says that counts', async () => {
    const found = await chain()
    await write(
      found,
      'b',
      JSON.stringify(Object.fromEntries(Object.entries(await read(found, 'b')).reverse()), null, 4),
    )
    expect(valueOf(await audit(found.ledger, undefined)).intact).toBe(true)
  })

  it('may be empty', async () => {
    const { ledger } = await start()
    const found = await audit(ledger, undefined)
    expect([codesOf(found), valueOf(found)]).toEqual([['audit/no-runs'], { head: null, intact: true, runs: [] }])
    expect(codesOf(await audit(ledger, 'f'.repeat(64)))).toEqual(['audit/no-runs', 'audit/other-head'])
  })
})

describe('a chain that was meddled with', () => {
  it.each<readonly [string, (found: Chain) => Promise<unknown>, string, RegExp]>([
    [
      'a result changed',
      async found => write(found, 'b', { ...(await read(found, 'b')), steps: [] }),
      'b',
      /changed after it was written/,
    ],
    [
      'a person changed in the oldest',
      async found => write(found, 'a', { ...(await read(found, 'a')), origin: { command: 'apply', by: 'mallory' } }),
      'a',
      /changed after/,
    ],
    [
      'the newest changed',
      async found => write(found, 'd', { ...(await read(found, 'd')), approvals: [] }),
      'd',
      /changed after/,
    ],
    ['one taken out', async found => write(found, 'c', await read(found, 'a')), 'c', /changed after/],
    ['one emptied', found => write(found, 'b', ''), 'b', /not JSON/],
    [
      'one of a newer format',
      async found => write(found, 'b', { ...(await read(found, 'b')), formatVersion: '2.0' }),
      'b',
      /newer/,
    ],
    [
      'one that lacks its steps',
      async found => write(found, 'b', { ...(await read(found, 'b')), steps: undefined }),
      'b',
      /lacks/,
    ],
    [
      'one put in between',
      async found => {
        const c = await read(found, 'c')
        const between: RunRecord = { ...(await read(found, 'b')), run: 'bb', previous: c.previous }
        await write(found, 'bb', between)
        await write(found, 'c', { ...c, previous: { run: 'bb', digest: recordDigest(between) } })
      },
      'c',
      /changed after/,
    ],
    [
      'two in another order',
      async found => {
        const [b, c] = [await read(found, 'b'), await read(found, 'c')]
        await write(found, 'b', { ...c, run: 'b' })
        await write(found, 'c', { ...b, run: 'c' })
      },
      'c',
      /changed after/,
    ],
    [
      'one under the name of another',
      async found => {
        const d = await read(found, 'd')
        const posing: RunRecord = { ...(await read(found, 'a')), previous: null }
        await write(found, 'c', posing)
        const next = { ...d, previous: { run: 'c', digest: recordDigest(posing) } }
        await write(found, 'd', next)
        await headIs(found, { run: 'd', digest: recordDigest(next) })
      },
      'c',
      /record of the run a/,
    ],
    [
      'a head of a run that is not there',
      found => headIs(found, { run: 'zz', digest: 'f'.repeat(64) }),
      'zz',
      /missing/,
    ],
    ['a head with a wrong digest', found => headIs(found, { run: 'd', digest: 'f'.repeat(64) }), 'd', /changed after/],
  ])('shows: %s', async (_, meddle, run, problem) => {
    const found = await chain()
    await meddle(found)
    const told = await audit(found.ledger, undefined)
    expect(told.diagnostics).toMatchObject([{ code: 'audit/broken', severity: 'error', facts: { run } }])
    const { intact, runs } = valueOf(told)
    expect([intact, runs.at(-1)?.run]).toEqual([false, run])
    expect(runs.at(-1)?.problem).toMatch(problem)
  })

  it('shows where a record is gone', async () => {
    const found = await chain()
    const { ledger } = found
    const gone: Ledger = {
      ...ledger,
      records: {
        ...ledger.records,
        read: (kind, run) => (run === 'b' ? Promise.resolve(undefined) : ledger.records.read(kind, run)),
      },
    }
    const told = await audit(gone, undefined)
    expect(told.diagnostics).toMatchObject([
      { code: 'audit/broken', facts: { run: 'b', problem: 'its record is missing' } },
    ])
    expect(valueOf(told).runs.map(({ run }) => run)).toEqual(['d', 'c', 'b'])
  })

  it('never ends in a circle', async () => {
    const found = await chain()
    const a = await read(found, 'a')
    await write(found, 'a', { ...a, previous: { run: 'd', digest: (await read(found, 'd')).digest } })
    expect(valueOf(await audit(found.ledger, undefined)).intact).toBe(false)
  })
})

describe('a chain that was made anew', () => {
  it.each<readonly [string, (found: Chain) => Promise<void>]>([
    [
      'whole, with a result changed',
      found => rewrite(found, ['a', 'b', 'c', 'd'], record => ({ ...record, steps: [] })),
    ],
    ['without its last run', found => rewrite(found, ['a', 'b', 'c'], record => record)],
    ['without a run in the middle', found => rewrite(found, ['a', 'b', 'd'], record => record)],
  ])('%s is found only by a head that was noted elsewhere', async (_, cover) => {
    const found = await chain()
    await cover(found)
    expect(valueOf(await audit(found.ledger, undefined)).intact).toBe(true)
    const noted = await audit(found.ledger, found.heads[3]?.digest)
    expect(codesOf(noted)).toContain('audit/other-head')
    expect(valueOf(noted).intact).toBe(false)
  })

  it('leaves the record of a run that it leaves out: that is told', async () => {
    const found = await chain()
    await rewrite(found, ['a', 'b', 'd'], record => record)
    expect((await audit(found.ledger, undefined)).diagnostics).toMatchObject([
      { code: 'audit/not-in-chain', severity: 'warning', facts: { run: 'c' } },
    ])
  })
})

describe('a run that was cut off', () => {
  it('is a link like every other once the next has closed it', async () => {
    const { started, folder } = await begun()
    const plan = await planned(started, folder)
    await expect(started.apply(plan, { ledger: dying(started.ledger, 12, 'after') })).rejects.toBe(death)
    await die(started.ledger)
    await applyFolder(started, folder)
    const { intact, runs } = valueOf(await audit(started.ledger, undefined))
    expect([intact, runs.map(({ run, complete }) => [run, complete])]).toEqual([
      true,
      [
        ['again', true],
        ['run-1', false],
      ],
    ])
  })
})
