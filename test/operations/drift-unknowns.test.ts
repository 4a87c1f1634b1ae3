import { describe, expect, it } from 'vitest'
import { drift } from '../../src/operations/drift.ts'
import { edit } from './console.ts'
import { check, minutes, moveInConsole, settled, told } from './drift-world.ts'
import { codesOf, policiesFolder } from './start.ts'

describe('what the audit log does not tell', () => {
  it.each(['documented', 'none'] as const)(
    'audit %s: a move is seen all the same, and it is said whether anybody can be named',
    async audit => {
      const started = await settled({ audit })
      await check(started)
      started.clock.time += 60 * minutes
      await moveInConsole(started, 'Local accounts', 'jo@acme.com')
      started.clock.time += 5 * minutes
      const [found] = (await check(started)).differences
      expect(found?.class).toBe('changed-outside')
      if (audit === 'documented') expect(found?.actor?.email).toBe('alice@acme.com')
      else expect(found?.why).toContain('no audit log')
    },
  )

  it.each(['documented', 'none'] as const)(
    'audit %s: an edit of the external policy leaves no trace, and nothing is claimed of it',
    async audit => {
      const started = await settled({ audit })
      await edit(started, 'ExternalUserPolicy', 'external', { 'settings.sessionDuration': '30d' })
      started.clock.time += 60 * minutes
      expect((await check(started)).differences).toEqual([])
      // Its evidence ages like any other, and then it is said that nobody looked.
      started.clock.time += 91 * 24 * 60 * minutes
      const later = (await check(started)).differences.filter(
        ({ name, path }) => name === 'external' && path === 'settings.sessionDuration',
      )
      expect(later.map(({ class: which, why }) => [which, why])).toEqual([
        ['stale', 'it was last seen longer ago than 90d'],
      ])
    },
  )

  it('an event without an actor', async () => {
    const started = await settled()
    await check(started)
    started.clock.time += 60 * minutes
    await moveInConsole(started, 'Local accounts', 'jo@acme.com')
    const transport: NonNullable<typeof started.connection.transport> = async request => {
      const answer = await started.connection.transport?.(request)
      if (answer === undefined) throw new Error('no transport')
      return { ...answer, body: answer.body.replaceAll('"actor"', '"nobody"') }
    }
    const report = await check(started, { connection: { ...started.connection, transport } })
    expect(report.differences.map(told)).toEqual([
      ['changed-outside', 'AuthenticationPolicy/Contractors and break-glass', 'members', 'jo@acme.com'],
    ])
    expect(report.differences[0]?.why).toContain('the event names no actor')
  })

  it('an audit log that refuses for an hour: what else is known is told, and the check is not complete', async () => {
    const started = await settled()
    started.simulator.fault({
      match: { path: '/events-stream' },
      times: 10_000,
      then: { status: 429, headers: { 'Retry-After': '3600' } },
    })
    await moveInConsole(started, 'Local accounts', 'jo@acme.com')
    const report = await check(started)
    expect([report.complete, report.differences.length]).toEqual([false, 1])
    expect(report.notRead[0]?.what).toBe('the audit log')
    expect(report.differences[0]?.why).toContain('who did it is not known')
  })

  it('a page of events that repeats ends the reading', async () => {
    const started = await settled()
    await check(started)
    await moveInConsole(started, 'Local accounts', 'jo@acme.com')
    const before = started.simulator.requests.length
    await check(started)
    expect(
      started.simulator.requests.slice(before).filter(({ path }) => path.includes('events-stream')).length,
    ).toBeLessThan(5)
  })

  it('a ledger of another organization is refused', async () => {
    const started = await settled()
    await started.ledger.update('organization', () => ({ id: '00000000-0000-4000-8000-000000000000', name: 'other' }))
    const { connection, ledger } = started
    const { outcome } = await drift({ folder: policiesFolder, connection, ledger, now: started.now() })
    expect(codesOf(outcome)).toContain('ledger/other-organization')
  })
})
