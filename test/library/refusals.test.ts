import { describe, expect, it } from 'vitest'
import {
  apply,
  approve,
  audit,
  coverage,
  drift,
  explain,
  importOrganization,
  plan,
  readPlan,
  revert,
  validate,
} from '../../src/index.ts'
import type { Outcome } from '../../src/index.ts'
import { membersOf } from '../operations/start.ts'
import { calling, codesIn, planned, type Calling } from './calls.ts'

type Call = (options: Calling) => Promise<Outcome<unknown>>

const connected = (change: Partial<Calling['connection']>): ((options: Calling) => Calling) => {
  return options => ({ ...options, connection: { ...options.connection, ...change } })
}

const live: readonly (readonly [string, Call])[] = [
  ['plan', plan],
  ['drift', drift],
  ['coverage', coverage],
  ['explain', options => explain({ ...options, email: 'root@acme.com' })],
]

const bad: readonly (readonly [string, string, (options: Calling) => Calling])[] = [
  ['a folder that is not there', 'policy/not-a-folder', options => ({ ...options, folder: 'no-such-folder' })],
  ['an empty key', 'org/no-key', connected({ apiKey: ' ' })],
  ['a key with a line break', 'org/bad-key', connected({ apiKey: 'a\nb' })],
  ['a key that nobody knows', 'org/key-refused', connected({ apiKey: 'someone-else' })],
  ['an address that is none', 'org/bad-url', connected({ apiUrl: 'nonsense' })],
  ['plain http', 'org/bad-url', connected({ apiUrl: 'http://example.com' })],
  ['a console that is no web page', 'org/bad-url', connected({ consoleUrl: 'javascript:alert(1)' })],
  ['a ledger of no known kind', 'ledger/unsupported', options => ({ ...options, ledger: 'gs://bucket' })],
]

describe('bad input is an outcome, never an exception', () => {
  it.each(live.flatMap(([name, call]) => bad.map(row => [name, ...row, call] as const)))(
    '%s with %s: %s',
    async (_, __, code, change, call) => {
      const { options } = await calling()
      const outcome = await call(change(options))
      expect([outcome.ok, codesIn(outcome)]).toEqual([false, [code]])
      expect(outcome.diagnostics[0]?.summary).not.toBe('')
    },
  )

  const others: readonly (readonly [string, string, Call])[] = [
    ['validate', 'policy/not-a-folder', options => validate({ ...options, folder: 'no-such-folder' })],
    ['plan', 'guard/unknown-code', options => plan({ ...options, allow: ['everything'] })],
    ['explain', 'coverage/unknown-account', options => explain({ ...options, email: 'nobody@acme.com' })],
    ['revert', 'revert/unknown-run', options => revert({ ...options, run: '../../etc' })],
    ['audit', 'ledger/unsupported', () => audit({ ledger: 'ftp://example.com' })],
    ['importOrganization', 'org/no-key', options => importOrganization(connected({ apiKey: '' })(options))],
    ['importOrganization', 'evidence/no-file', options => importOrganization({ ...options, exports: ['no.csv'] })],
    ['readPlan', 'plan/file-unreadable', () => readPlan('no-such-file.json')],
  ]
  it.each(others)('%s: %s', async (_, code, call) => {
    const { options } = await calling()
    const outcome = await call(options)
    expect([outcome.ok, codesIn(outcome)]).toEqual([false, [code]])
  })

  it('refuses to apply under a name that is no name, or with a wrong code, and sends nothing', async () => {
    const { options, started } = await calling()
    const { connection, ledger, clock } = options
    const made = await planned(options)
    const before = membersOf(started.simulator, 'Contractors and break-glass')
    expect(codesIn(await apply({ plan: made, connection, ledger, clock, by: 'alice', run: '../x' }))).toContain(
      'ledger/no-run-name',
    )
    for (const approver of ['alice', 'a:b', ''])
      expect(
        codesIn(await approve({ plan: made, ledger, clock, codes: [{ approver, code: '12' }], secrets: {} })),
      ).toEqual(['approval/bad-otp'])
    expect(membersOf(started.simulator, 'Contractors and break-glass')).toEqual(before)
  })

  it('throws for a mistake in the call', async () => {
    await expect(plan({} as Calling)).rejects.toThrow(TypeError)
  })
})

describe('a signal', () => {
  it.each(live)('ends %s early', async (_, call) => {
    const { options } = await calling()
    const outcome = await call({ ...options, ...{ signal: AbortSignal.abort() } })
    expect([outcome.ok, codesIn(outcome)]).toEqual([false, ['org/stopped']])
  })

  it('keeps apply from sending what is left', async () => {
    const { options, started } = await calling()
    const { connection, ledger, clock } = options
    const stop = new AbortController()
    const applied = await apply({
      plan: await planned(options),
      connection,
      ledger,
      clock,
      by: 'alice',
      signal: stop.signal,
      onStep: (step, result) => {
        if (step.channel === 'api' && result !== undefined) stop.abort()
      },
    })
    expect(codesIn(applied)).toEqual(['apply/interrupted'])
    const ended = applied.ok ? applied.value.steps.filter(({ id }) => id.startsWith('api/')) : []
    expect(ended.map(({ status }) => status)).toEqual(['done', 'not-attempted'])
    expect(membersOf(started.simulator, 'Contractors and break-glass')).toContain('owen.price@acme.com')
  })
})
