import { describe, expect, it } from 'vitest'
import { diagnostic } from '../../src/diagnostics/diagnostic.ts'
import type { Ledger } from '../../src/ledger/contract.ts'
import { folderLedger } from '../../src/ledger/folder-ledger.ts'
import { LedgerError } from '../../src/ledger/ledger-error.ts'
import type { JournalEntry } from '../../src/model/journal.ts'
import { readJournal } from '../../src/operations/journal.ts'
import { isReading } from '../../src/org/with-read-only.ts'
import { planned } from './acme-documents.ts'
import { begun, lines, stepsOf } from './cut-off.ts'
import { codesOf, valueOf, writesOf, type Started } from './start.ts'

/** The whole journal of an undisturbed run. */
const whole = [
  'begin',
  'sending move 0',
  'accepted move 0',
  'step done',
  ...['0', '1', '2'].flatMap(n => [`sending suspend ${n}`, `accepted suspend ${n}`]),
  'step done',
  ...['0', '1', '2'].flatMap(n => [`sending create ${n}`, `accepted create ${n}`]),
  'step done',
  'sending update 0',
  'accepted update 0',
  'step done',
  'end',
]

describe('the journal of a run', () => {
  it('has a line before and after each request, and one for each step', async () => {
    const { started, folder } = await begun()
    valueOf(await started.apply(await planned(started, folder)))
    expect(lines(await started.ledger.journal.read('run-1'))).toEqual(whole)
  })

  it('holds of a step that ended how it ended, and nothing that was noticed on the way', async () => {
    const { started, folder } = await begun()
    valueOf(await started.apply(await planned(started, folder)))
    const ends = (await started.ledger.journal.read('run-1')).filter(({ type }) => type === 'step')
    for (const end of ends) expect(Object.keys(end).sort()).toEqual(['after', 'at', 'refused', 'result', 'type'])
  })

  it('is durable before what it tells of is sent: another process reads it from within each request', async () => {
    const { started, folder } = await begun()
    const plan = await planned(started, folder)
    const requests = new Map(
      stepsOf(plan).flatMap(({ id, requests = [] }) => requests.map((r, n) => [`${id} ${n}`, r])),
    )
    const seen: string[] = []
    const { transport } = started.connection
    valueOf(
      await started.apply(plan, {
        connection: {
          ...started.connection,
          transport: async request => {
            const { pathname } = new URL(request.url)
            const elsewhere = folderLedger(started.ledgerFolder)
            const last = (await elsewhere.journal.read('run-1')).at(-1)
            if (!isReading({ method: request.method, path: pathname })) {
              expect(last?.type).toBe('sending')
              const { step, request: place } = last as Extract<JournalEntry, { type: 'sending' }>
              const expected = requests.get(`${step} ${place}`)
              expect(request.method).toBe(expected?.method)
              expect(pathname).toMatch(new RegExp(`^${expected?.path.replace('{created}', '[^/]+')}$`))
              seen.push(`${step} ${place}`)
              expect((await elsewhere.read('runs'))?.open).toBe('run-1')
              expect((await elsewhere.read('lock'))?.holder?.run).toBe('run-1')
            }
            // A task is known by its id before anybody asks what became of it.
            if (pathname.includes('/auth-policy/task/'))
              expect(last).toMatchObject({ type: 'accepted', taskId: pathname.split('/').at(-1) })
            return transport?.(request) ?? Promise.reject(new Error('no transport'))
          },
        },
      }),
    )
    expect(seen).toEqual([...requests.keys()])
    expect(started.simulator.requests.some(({ path }) => path.includes('/auth-policy/task/'))).toBe(true)
  })

  it('tells the id of what was made, and whose access a step did not take', async () => {
    const { started, folder } = await begun()
    const plan = await planned(started, folder)
    started.simulator.fault({ match: { path: '/suspend', nth: 2 }, then: { status: 409 } })
    await started.apply(plan)
    const entries = await started.ledger.journal.read('run-1')
    const made = started.simulator.state.controlPolicies.find(({ name }) => name === 'New')
    expect(entries.find(entry => entry.type === 'accepted' && entry.createdId !== undefined)).toMatchObject({
      createdId: made?.id,
    })
    const refused = entries.filter(entry => entry.type === 'refused')
    expect(refused).toMatchObject([{ request: 1, carriedOut: 'no' }])
    const end = entries.find(entry => entry.type === 'step' && entry.result.id.includes('suspend'))
    expect(end).toMatchObject({
      result: { status: 'failed' },
      refused: [stepsOf(plan)[1]?.accounts?.[1]?.account.email],
    })
  })
})

const at = '2026-11-24T08:00:00Z'
const step = 'api/move/x'
const begin = {
  type: 'begin',
  at,
  run: 'r',
  by: 'alice',
  plan: { steps: [] },
  remember: true,
} as unknown as JournalEntry
const sending = (request: number): JournalEntry => ({ type: 'sending', at, step, request })
const accepted = (request: number, taskId?: string): JournalEntry => ({
  type: 'accepted',
  at,
  step,
  request,
  ...(taskId !== undefined && { taskId }),
})
const refused = (request: number, carriedOut: 'no' | 'maybe'): JournalEntry => ({
  type: 'refused',
  at,
  step,
  request,
  code: 'org/unreachable',
  carriedOut,
})
const ended: JournalEntry = { type: 'step', at, result: { id: step, status: 'done' } }

describe('a journal that breaks off', () => {
  it.each<readonly [string, readonly JournalEntry[], string | undefined, readonly string[]]>([
    ['before the first request', [begin], undefined, []],
    ['while a request is under way', [begin, sending(0)], step, ['0']],
    ['after an answer that says all', [begin, sending(0), accepted(0)], step, []],
    ['while a task goes on', [begin, sending(0), accepted(0, 't')], step, ['0 t']],
    ['after one task and within the next', [begin, sending(0), accepted(0, 't'), sending(1)], step, ['0 t', '1']],
    ['after a refusal', [begin, sending(0), refused(0, 'no')], step, []],
    ['after an answer that was lost', [begin, sending(0), refused(0, 'maybe')], step, ['0']],
    ['after one that was lost and seen', [begin, sending(0), refused(0, 'maybe'), accepted(0)], step, []],
    ['after a step', [begin, sending(0), accepted(0, 't'), ended], undefined, []],
  ])('%s', (_, entries, underWay, open) => {
    const run = readJournal(entries)
    expect(run?.underWay).toBe(underWay)
    expect(
      run?.open.map(({ request, taskId }) => [request, taskId].filter(part => part !== undefined).join(' ')),
    ).toEqual(open)
    expect([run?.ended, readJournal([...entries, { type: 'end', at }])?.ended]).toEqual([false, true])
  })

  it('before it began is no run', () => {
    expect(readJournal([])).toBeUndefined()
    expect(readJournal([sending(0)])).toBeUndefined()
  })
})

describe('a ledger that fails in the middle of a run', () => {
  /** It refuses the nth line of the journal; for good, or that one alone. */
  function failing(ledger: Ledger, nth: number, forGood: boolean): Ledger {
    let count = 0
    const refuse = () => Promise.reject(new LedgerError(diagnostic('ledger/unwritable', { file: 'x', why: 'full' })))
    const fails = () => count >= nth && (forGood || count === nth)
    return {
      ...ledger,
      journal: {
        ...ledger.journal,
        append: (run, entries) => {
          count += 1
          return fails() ? refuse() : ledger.journal.append(run, entries)
        },
      },
      update: (section, change) => (forGood && fails() ? refuse() : ledger.update(section, change)),
    }
  }

  const told = async ({ ledger }: Started) =>
    (await ledger.journal.read('run-1')).flatMap(entry =>
      entry.type === 'sending' ? [`${entry.step} ${entry.request}`] : [],
    )

  it.each(whole.slice(1, -1).map((line, index) => [index + 2, line] as const))(
    'at line %i (%s): nothing is sent that the journal does not tell of, and it ends there',
    async nth => {
      const { started, folder } = await begun()
      const plan = await planned(started, folder)
      const applied = await started.apply(plan, { ledger: failing(started.ledger, nth, true) })
      const sent = await told(started)
      expect(writesOf(started.simulator)).toHaveLength(sent.length)
      expect(sent).toHaveLength(whole.slice(0, nth - 1).filter(text => text.startsWith('sending')).length)
      expect(new Set(codesOf(applied))).toEqual(new Set(['ledger/unwritable']))
      const { results, record } = valueOf(applied)
      expect(record).toBeUndefined()
      for (const { id, status } of results)
        if (!sent.some(text => text.startsWith(id))) expect([id, status]).not.toEqual([id, 'done'])
      expect((await started.ledger.read('runs'))?.open).toBe('run-1')
      expect(await started.ledger.read('last-applied')).toBeUndefined()
    },
  )

  it.each(whole.slice(1, -1).map((line, index) => [index + 2, line] as const))(
    'at line %i (%s) alone: no line says of a request that was carried out that it was not',
    async nth => {
      const { started, folder } = await begun()
      await started.apply(await planned(started, folder), { ledger: failing(started.ledger, nth, false) })
      expect(writesOf(started.simulator)).toHaveLength((await told(started)).length)
      expect(lines(await started.ledger.journal.read('run-1')).filter(text => text.startsWith('refused'))).toEqual([])
    },
  )
})
