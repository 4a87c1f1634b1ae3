import { describe, expect, it } from 'vitest'
import type { JournalEntry } from '../../src/model/journal.ts'
import type { RunRecord } from '../../src/model/run-record.ts'
import { lockRun } from '../../src/operations/apply.ts'
import { audit } from '../../src/operations/audit.ts'
import { openRun } from '../../src/operations/open-run.ts'
import { planned } from './acme-documents.ts'
import { applyFolder, begun, death, die, dying, dyingAfter, organizationNow, stepsOf, watched } from './cut-off.ts'
import { full, spread } from '../survival/extent.ts'
import { codesOf, valueOf, writesOf, type Started, type StartOptions } from './start.ts'

/** What matters of the ledger in the end, without times and names of runs. */
async function remembered({ ledger }: Started) {
  const { documents, policyOf } = (await ledger.read('last-applied')) ?? {}
  const { accounts = {} } = (await ledger.read('suspensions')) ?? {}
  const runs = await ledger.read('runs')
  return {
    documents,
    policyOf,
    taken: Object.values(accounts).map(({ email, restoredAt }) => [email, restoredAt]),
    bindings: await ledger.read('bindings'),
    open: runs?.open,
  }
}

/** An apply that nothing disturbs, and what it leaves. */
async function undisturbed() {
  const { started, folder } = await begun()
  let writes = 0
  const ledger = watched(started.ledger, work => ((writes += 1), work()))
  valueOf(await started.apply(await planned(started, folder), { ledger }))
  return { organization: organizationNow(started), ledger: await remembered(started), writes }
}

let once: ReturnType<typeof undisturbed> | undefined
const undisturbedOnce = () => (once ??= undisturbed())

const requestsOf = ({ simulator }: Started, end: string) => writesOf(simulator).filter(({ path }) => path.endsWith(end))

/** How often an apply of every sort of step writes to its ledger. */
const writesOfARun = 33

describe('a run that dies at any of its writes to the ledger', () => {
  it('has so many of them', async () => {
    expect((await undisturbedOnce()).writes).toBe(writesOfARun)
  })

  const deaths = Array.from({ length: writesOfARun }, (_, index) => index + 1)

  // Dying before a write leaves the ledger as dying after the one before it does.
  it.each([['before', 1] as const, ...(full ? deaths : spread(deaths, 12)).map(nth => ['after', nth] as const)])(
    'is closed by the next, which does the rest: %s write %i',
    async (when, nth) => {
      const expected = await undisturbedOnce()
      const { started, folder } = await begun()
      const plan = await planned(started, folder)
      await expect(started.apply(plan, { ledger: dying(started.ledger, nth, when) })).rejects.toBe(death)
      await die(started.ledger)

      const { applied } = await applyFolder(started, folder)
      expect(applied.diagnostics).toEqual([])
      expect(organizationNow(started)).toEqual(expected.organization)
      expect(await remembered(started)).toEqual(expected.ledger)
      expect(requestsOf(started, '/policies')).toHaveLength(1)
      expect(stepsOf(await planned(started, folder))).toEqual([])
      const { intact, runs } = valueOf(await audit(started.ledger, undefined))
      expect([intact, runs.map(({ run }) => run).sort()]).toEqual([true, await started.ledger.records.list('run')])
    },
  )
})

describe('what a run left when it died', () => {
  /** Lets a run die after a line of its journal. */
  async function left(last: (entry: JournalEntry) => boolean, options?: StartOptions) {
    const { started, folder } = await begun(undefined, options)
    const plan = await planned(started, folder)
    await expect(started.apply(plan, { ledger: dyingAfter(started.ledger, last) })).rejects.toBe(death)
    await die(started.ledger)
    return { started, folder, plan }
  }

  const isAccepted = (action: string) => (entry: JournalEntry) =>
    entry.type === 'accepted' && entry.step.includes(`/${action}/`)

  it('a task: it is followed to its end by its id before anything is planned', async () => {
    const { started, folder } = await left(isAccepted('move'), { switches: { taskMilliseconds: 240_000 } })
    const [open] = (await openRun(started.ledger))?.open ?? []
    const before = started.simulator.requests.length
    const { locked, plan, applied } = await applyFolder(started, folder)
    expect(codesOf(locked)).toEqual(['apply/lock-taken-over', 'apply/continued'])
    const asked = started.simulator.requests.slice(before).filter(({ path }) => path.includes('/auth-policy/'))
    expect(asked[0]?.path).toMatch(new RegExp(`/task/${open?.taskId ?? 'none'}$`))
    expect(stepsOf(plan).map(({ action }) => action)).not.toContain('move')
    expect(codesOf(applied)).toEqual([])
    expect(requestsOf(started, '/add-users')).toHaveLength(1)
  })

  const isSending = (entry: JournalEntry): boolean => entry.type === 'sending' && entry.step.includes('/create/')

  it('an allowlist that it had only just asked for: the next looks for it a while, and it is not made twice', async () => {
    const { started, folder, plan } = await left(isSending)
    const request = plan.steps.find(({ action }) => action === 'create')?.requests?.[0]
    const { connection, simulator } = started
    let waited = 0
    const sleep = async (milliseconds: number): Promise<void> => {
      waited += 1
      // What had left before the process was gone takes effect only now.
      if (waited === 2) {
        const headers = { authorization: `Bearer ${connection.apiKey}`, 'content-type': 'application/json' }
        const body = JSON.stringify(request?.body)
        expect((await simulator.fetch(request?.path ?? '', { method: 'POST', headers, body })).status).toBe(201)
      }
      await connection.sleep?.(milliseconds)
    }
    const { applied } = await applyFolder(started, folder, { connection: { ...connection, sleep } })
    expect(codesOf(applied)).toEqual([])
    expect(requestsOf(started, '/policies')).toHaveLength(1)
    expect(organizationNow(started)).toEqual((await undisturbedOnce()).organization)
  })

  it('an allowlist without its resources: they are attached to that one', async () => {
    const { started, folder } = await left(isAccepted('create'))
    const { plan } = await applyFolder(started, folder)
    expect(stepsOf(plan).map(({ id }) => id)).toContain('api/update/IpAllowlist/New')
    expect(requestsOf(started, '/policies')).toHaveLength(1)
    expect(organizationNow(started)).toEqual((await undisturbedOnce()).organization)
  })

  it('a record: what was done, what was under way, and that it was cut off', async () => {
    const { started, folder } = await left(isAccepted('create'))
    const { locked } = await applyFolder(started, folder)
    expect(locked.diagnostics.at(-1)).toMatchObject({
      code: 'apply/continued',
      facts: { run: 'run-1', by: 'alice', done: 2 },
    })
    const record = JSON.parse((await started.ledger.records.read('run', 'run-1')) ?? '') as RunRecord
    expect(record).toMatchObject({ run: 'run-1', complete: false, previous: null, origin: { by: 'alice' } })
    expect(record.steps.filter(({ id }) => id.startsWith('api/'))).toMatchObject([
      { id: expect.stringContaining('/move/') as string, status: 'done' },
      { id: expect.stringContaining('/suspend/') as string, status: 'done' },
      { id: expect.stringContaining('/create/') as string, status: 'failed', reason: 'the run was cut off' },
      { id: expect.stringContaining('/update/') as string, status: 'not-attempted', reason: 'the run was cut off' },
    ])
    const next = JSON.parse((await started.ledger.records.read('run', 'again')) ?? '') as RunRecord
    expect([next.previous?.run, next.complete]).toEqual(['run-1', true])
  })

  it('nothing, where it did not get as far as its journal: the mark is taken away, and the chain stays', async () => {
    const { started, folder } = await begun()
    const head = { run: 'earlier', digest: 'f'.repeat(64) }
    await started.ledger.update('organization', () => ({ id: started.simulator.organizationId, name: 'acme' }))
    await started.ledger.update('runs', () => ({ head, open: 'never' }))
    const { locked } = await applyFolder(started, folder)
    expect(codesOf(locked)).toEqual([])
    const record = JSON.parse((await started.ledger.records.read('run', 'again')) ?? '') as RunRecord
    expect(record.previous).toEqual(head)
  })

  it('is closed also while the organization cannot be reached: what became of it shows when it is read next', async () => {
    const { started, folder } = await left(isAccepted('move'))
    const { connection, ledger, now } = started
    const unreachable = { ...connection, transport: () => Promise.reject(new Error('no network')) }
    const origin = { command: 'apply', by: 'bob', version: '0.0.0' }
    const holder = { command: 'apply', owner: 'bob', run: 'offline', now, ledger }
    valueOf(await (await lockRun({ connection: unreachable, origin }, holder).then(valueOf)).release())
    expect((await ledger.read('runs'))?.open).toBeUndefined()
    expect(codesOf((await applyFolder(started, folder)).applied)).toEqual([])
    expect(organizationNow(started)).toEqual((await undisturbedOnce()).organization)
  })
})
