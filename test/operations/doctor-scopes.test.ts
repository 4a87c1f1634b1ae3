import { describe, expect, it } from 'vitest'
import type { DoctorCheck } from '../../src/model/doctor-report.ts'
import type { ConnectedCommand } from '../../src/operations/command-operations.ts'
import { checkKey } from '../../src/operations/doctor/check-key.ts'
import { allScopes, found, statusOf, withKey, wordsOf } from './doctor-key-world.ts'
import { start } from './start.ts'

describe('the scopes of each command', () => {
  const without = (...lacking: readonly string[]) => allScopes.filter(scope => !lacking.includes(scope))

  /** What is not ok where one scope is missing. */
  const cases: readonly (readonly [string, Readonly<Record<string, DoctorCheck['status']>>])[] = [
    ['read:domains:admin', { import: 'failed', plan: 'failed', coverage: 'failed', drift: 'failed', apply: 'failed' }],
    [
      'read:policies:admin',
      { import: 'warning', plan: 'failed', coverage: 'failed', drift: 'failed', apply: 'failed' },
    ],
    [
      'read:tokens:admin',
      { import: 'warning', plan: 'warning', coverage: 'warning', drift: 'warning', apply: 'warning' },
    ],
    [
      'read:events:admin',
      { import: 'warning', plan: 'warning', coverage: 'warning', drift: 'failed', apply: 'warning' },
    ],
    ['read:accounts:admin', { coverage: 'warning' }],
    ['read:directories:admin', { import: 'warning', drift: 'warning' }],
    ['read:keys:admin', { drift: 'warning' }],
    ['write:policies:admin', { apply: 'warning' }],
    ['delete:policies:admin', {}],
  ]

  it('have a case each', () => {
    expect([...cases.map(([scope]) => scope), 'read:orgs:admin'].sort()).toEqual([...allScopes].sort())
  })

  it.each(cases)('without %s', async (scope, expected) => {
    const { checks } = await found({ scenario: withKey(without(scope)) })
    const wrong = checks.filter(({ check, status }) => check.startsWith('scopes-') && status !== 'ok')
    expect(Object.fromEntries(wrong.map(({ check, status }) => [check.slice('scopes-'.length), status]))).toEqual(
      expected,
    )
    for (const { summary, fix } of wrong) {
      expect(summary).toContain(scope)
      expect(fix).toMatch(/create a new key with .*read:orgs:admin/)
    }
  })

  it('without read:orgs:admin the others are looked at all the same', async () => {
    const { checks } = await found({ scenario: withKey(without('read:orgs:admin')) })
    expect(['key', 'organization', 'scopes-plan', 'scopes-observe'].map(name => statusOf(checks, name))).toEqual([
      'failed',
      'not-checked',
      'failed',
      'ok',
    ])
    expect(wordsOf(checks, 'scopes-plan')).toMatch(/lacks read:orgs:admin \|/)
  })

  it('a key that only reads is wrong only where it is meant to apply', async () => {
    const scenario = withKey(without('write:policies:admin'))
    const of = async (...commands: readonly ConnectedCommand[]) =>
      statusOf((await found({ scenario }, { commands })).checks, 'scopes-apply')
    expect([await of(), await of('apply'), await of('plan')]).toEqual(['warning', 'failed', undefined])
  })

  it('are not told where no answer comes', async () => {
    const started = await start({ key: 'the-key', scenario: withKey(allScopes) })
    started.simulator.fault({ match: { path: '/domains' }, then: { status: 503 } })
    const { checks } = await checkKey(started.connection, { now: started.now })
    expect([statusOf(checks, 'scopes-plan'), wordsOf(checks, 'scopes-plan')]).toEqual([
      'not-checked',
      expect.stringContaining('503'),
    ])
  })

  it('an API that is off is no scope', async () => {
    const { connection, now } = await start({ scenario: 'without-guard' })
    const { checks } = await checkKey(connection, { now })
    expect(['scopes-import', 'scopes-plan', 'scopes-drift'].map(name => statusOf(checks, name))).toEqual([
      'ok',
      'warning',
      'warning',
    ])
    expect(wordsOf(checks, 'scopes-plan')).toMatch(/does not let anybody list policies/)
  })
})
