import { describe, expect, it } from 'vitest'
import type { LockHolder } from '../../src/ledger/contract.ts'
import { wordsOf } from '../../src/diagnostics/to-document.ts'
import { applyFolder, begun, death, die, dying, organizationNow, stepsOf } from './cut-off.ts'
import { planned } from './acme-documents.ts'
import { codesOf, policyFolder, start, valueOf, writesOf, type Started } from './start.ts'

const holderOf = async ({ ledger }: Started): Promise<LockHolder | null | undefined> =>
  (await ledger.read('lock'))?.holder

const elsewhere: LockHolder = {
  run: 'theirs',
  command: 'apply',
  owner: 'carol',
  host: 'another-machine',
  pid: 4711,
  at: '2026-11-24T07:48:00Z',
}

describe('of two applies at once', () => {
  it('one is refused, and told who holds the lock and how long, before anything is sent', async () => {
    const { started, folder } = await begun()
    const plan = await planned(started, folder)
    let told: Awaited<ReturnType<typeof started.apply>> | undefined
    const { transport } = started.connection
    const first = await started.apply(plan, {
      run: 'first',
      connection: {
        ...started.connection,
        transport: async request => {
          if (told === undefined && request.url.endsWith('/add-users')) {
            started.clock.time += 120_000
            const before = writesOf(started.simulator).length
            told = await started.apply(plan, { run: 'second' })
            expect(writesOf(started.simulator)).toHaveLength(before)
          }
          return transport?.(request) ?? Promise.reject(new Error('no transport'))
        },
      },
    })
    expect(codesOf(first)).toEqual([])
    expect(told?.diagnostics).toMatchObject([
      { code: 'ledger/locked', facts: { owner: 'alice', command: 'apply', run: 'first', seconds: 120, here: true } },
    ])
    expect(told?.ok).toBe(false)
    expect(writesOf(started.simulator)).toHaveLength(stepsOf(plan).flatMap(({ requests = [] }) => requests).length)
    expect(await started.ledger.records.list('run')).toEqual(['first'])
  })

  it('that begin together one goes on and the other is refused', async () => {
    const { started, folder } = await begun()
    const plan = await planned(started, folder)
    const both = await Promise.all(['left', 'right'].map(run => started.apply(plan, { run })))
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true])
    expect(both.flatMap(codesOf)).toEqual(['ledger/locked'])
    expect(writesOf(started.simulator)).toHaveLength(stepsOf(plan).flatMap(({ requests = [] }) => requests).length)
  })
})

describe('the lock', () => {
  it('of a machine elsewhere is left alone, and it says what to do', async () => {
    const { started, folder } = await begun()
    const plan = await planned(started, folder)
    await started.ledger.update('lock', () => ({ holder: elsewhere }))
    const applied = await started.apply(plan)
    expect(codesOf(applied)).toEqual(['ledger/locked'])
    const [found] = applied.diagnostics
    const { summary, hint } = found === undefined ? { summary: '', hint: '' } : wordsOf(found)
    for (const part of ['carol', 'theirs', 'another-machine', '4711', '12 min']) expect(summary).toContain(part)
    expect(hint).toContain('postern unlock')
    expect(writesOf(started.simulator)).toEqual([])
    expect(await holderOf(started)).toEqual(elsewhere)
  })

  it('of a process of this machine that is gone is taken over, and that is said', async () => {
    const { started, folder } = await begun()
    const plan = await planned(started, folder)
    await expect(started.apply(plan, { ledger: dying(started.ledger, 8, 'after') })).rejects.toBe(death)
    const left = await holderOf(started)
    expect(left?.run).toBe('run-1')
    await die(started.ledger)
    const { locked } = await applyFolder(started, folder)
    expect(locked.diagnostics).toMatchObject([
      { code: 'apply/lock-taken-over', severity: 'warning', facts: { run: 'run-1', owner: 'alice', pid: left?.pid } },
      { code: 'apply/continued', severity: 'warning', facts: { run: 'run-1', by: 'alice' } },
    ])
    expect(await holderOf(started)).toBeNull()
  })

  it.each<readonly [string, (started: Started) => void | Promise<void>, readonly string[], boolean]>([
    ['all went well', () => undefined, [], true],
    [
      'a step failed',
      ({ simulator }) => simulator.fault({ match: { method: 'PUT' }, then: { status: 400 } }),
      ['org/refused'],
      true,
    ],
    [
      'nothing could be begun',
      ({ simulator }) => {
        for (const key of simulator.state.apiKeys) key.revoked = true
      },
      ['org/key-refused'],
      false,
    ],
    [
      'the ledger is of another organization',
      ({ ledger }) => ledger.update('organization', () => ({ id: 'other', name: 'other' })),
      ['ledger/other-organization'],
      false,
    ],
  ])('is given back where %s', async (_, prepare, codes, ok) => {
    const { started, folder } = await begun()
    const plan = await planned(started, folder)
    await prepare(started)
    const applied = await started.apply(plan)
    expect([applied.ok, codesOf(applied)]).toEqual([ok, codes])
    expect(await holderOf(started)).toBeNull()
  })

  it('is given back where a guard blocks', async () => {
    const started = await start()
    const folder = await policyFolder({
      'a.yaml': `kind: Organization\nname: acme\nid: ${started.simulator.organizationId}\n---\nkind: IpAllowlist\nname: New\nranges: [192.0.2.1]\n`,
    })
    const plan = await planned(started, folder)
    const blocking = { ...plan, guards: plan.guards.map(guard => ({ ...guard, status: 'blocks' as const })) }
    expect(valueOf(await started.apply(blocking)).blocked).toBe(true)
    expect(await holderOf(started)).toBeNull()
  })

  it('that was broken while the run went on is not taken from whoever holds it then', async () => {
    const { started, folder } = await begun()
    const plan = await planned(started, folder)
    const { transport } = started.connection
    const applied = await started.apply(plan, {
      connection: {
        ...started.connection,
        transport: async request => {
          if (request.url.endsWith('/add-users')) await started.ledger.update('lock', () => ({ holder: elsewhere }))
          return transport?.(request) ?? Promise.reject(new Error('no transport'))
        },
      },
    })
    expect(codesOf(applied)).toEqual([])
    expect(await holderOf(started)).toEqual(elsewhere)
  })
})

it('many applies after one another, each waiting for its turn, do everything once', async () => {
  const { started, folder } = await begun()
  for (let turn = 0; turn < 4; turn++) await applyFolder(started, folder, { run: `turn-${turn}` })
  const before = organizationNow(started)
  expect(stepsOf(await planned(started, folder))).toEqual([])
  expect(organizationNow(started)).toEqual(before)
  expect(await started.ledger.records.list('run')).toEqual(['turn-0', 'turn-1', 'turn-2', 'turn-3'])
})
