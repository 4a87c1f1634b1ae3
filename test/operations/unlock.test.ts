import { describe, expect, it } from 'vitest'
import type { LockHolder } from '../../src/ledger/contract.ts'
import { thisProcess } from '../../src/ledger/process-identity.ts'
import { lockHolder, unlock } from '../../src/operations/unlock.ts'
import { die } from './cut-off.ts'
import { codesOf, start, valueOf, type Started } from './start.ts'

const holder = (changes: Partial<LockHolder> = {}): LockHolder => ({
  run: 'r',
  command: 'apply',
  owner: 'alice',
  ...thisProcess(),
  at: '2026-11-24T08:00:00Z',
  ...changes,
})

const held = async (by: LockHolder | null): Promise<Started> => {
  const started = await start()
  await started.ledger.update('lock', () => ({ holder: by }))
  return started
}

const now = async ({ ledger }: Started) => (await ledger.read('lock'))?.holder

describe('who holds the lock', () => {
  it('is nobody, where it was never taken and where it was given back', async () => {
    expect(valueOf(await lockHolder((await start()).ledger))).toBeNull()
    expect(valueOf(await lockHolder((await held(null)).ledger))).toBeNull()
  })

  it('is a process that is alive here, or gone, or elsewhere', async () => {
    const { ledger } = await held(holder())
    expect(valueOf(await lockHolder(ledger))).toEqual({ ...holder(), state: 'alive' })
    await die(ledger)
    expect(valueOf(await lockHolder(ledger))?.state).toBe('gone')
    const elsewhere = await held(holder({ host: 'another-machine' }))
    expect(valueOf(await lockHolder(elsewhere.ledger))?.state).toBe('elsewhere')
  })
})

describe('unlock', () => {
  it.each<readonly [string, Partial<LockHolder>, boolean, readonly string[]]>([
    ['of a machine elsewhere', { host: 'another-machine' }, false, []],
    ['that is alive here', {}, false, ['unlock/alive']],
    ['that is alive here, by force', {}, true, []],
  ])('of a holder %s', async (_, changes, force, codes) => {
    const started = await held(holder(changes))
    const found = valueOf(await lockHolder(started.ledger))
    if (found === null) throw new Error('nobody holds it')
    const broken = await unlock(started.ledger, found, force)
    expect(codesOf(broken)).toEqual(codes)
    expect(await now(started)).toEqual(codes.length === 0 ? null : holder(changes))
  })

  it('of one that is gone', async () => {
    const started = await held(holder())
    await die(started.ledger)
    const found = valueOf(await lockHolder(started.ledger))
    if (found === null) throw new Error('nobody holds it')
    expect(valueOf(await unlock(started.ledger, found, false)).run).toBe('r')
    expect(await now(started)).toBeNull()
  })

  it.each<readonly [string, LockHolder | null, string]>([
    ['taken it since', holder({ run: 'other', host: 'another-machine' }), 'unlock/other-run'],
    ['given it back', null, 'unlock/not-locked'],
  ])('is refused where whoever was looked at has meanwhile, or somebody has, %s', async (_, next, code) => {
    const started = await held(holder({ host: 'another-machine' }))
    const found = valueOf(await lockHolder(started.ledger))
    if (found === null) throw new Error('nobody holds it')
    await started.ledger.update('lock', () => ({ holder: next }))
    const broken = await unlock(started.ledger, found, true)
    expect([broken.ok, codesOf(broken)]).toEqual([false, [code]])
    expect(await now(started)).toEqual(next)
  })
})
