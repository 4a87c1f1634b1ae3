import { describe, expect, it } from 'vitest'
import { account, placesOf, textOf } from './documents.ts'
import { codes, moves, policy, resolve } from './situation.ts'

describe('an account that stays where it is', () => {
  it('is one that no policy claims; it is reported', async () => {
    const accounts = [account('z@acme.io', 'id-P'), account('y@acme.io', 'id-P')]
    const resolved = await resolve({ policies: [policy('P', '{ domains: [acme.com] }')], accounts })
    expect(moves(resolved)).toEqual({})
    expect(resolved.diagnostics.map(({ code, severity, facts }) => [code, severity, facts])).toEqual([
      ['plan/unclaimed', 'note', { accounts: ['y@acme.io', 'z@acme.io'] }],
    ])
  })

  it('is one that is not active', async () => {
    const accounts = [account('gone@acme.com', 'id-Rest', false)]
    const policies = [policy('P', '{ domains: [acme.com] }'), policy('Rest', '{ everyoneElse: true }')]
    const resolved = await resolve({ policies, accounts })
    expect([moves(resolved), codes(resolved), resolved.claimed.size]).toEqual([{}, [], 0])
  })

  it('is every one where no policy has members', async () => {
    const resolved = await resolve({
      policies: ['kind: AuthenticationPolicy\nname: P\ndirectory: local'],
      accounts: [account('x@acme.com', 'id-other')],
    })
    expect([moves(resolved), codes(resolved)]).toEqual([{}, []])
  })
})

describe('an account that a document names', () => {
  const policies = [policy('P', '{ accounts: [x@acme.com] }')]
  const other = account('other@acme.com', 'id-P')

  it.each([
    ['is deactivated', [account('X@acme.com', 'id-P', false)], [], 'plan/account-inactive', 'warning'],
    [
      'is on a domain of the organization, but not claimed',
      [],
      [{ email: 'x@acme.com', found: 'external' }],
      'policy/account-not-managed',
      'error',
    ],
    ['is nowhere', [], [{ email: 'x@acme.com', found: 'nowhere' }], 'plan/account-not-found', 'warning'],
  ] as const)('and that %s is reported at its line', async (_, accounts, elsewhere, code, severity) => {
    const resolved = await resolve({ policies, accounts: [other, ...accounts], elsewhere })
    const found = resolved.diagnostics.find(item => item.code === code)
    if (found === undefined) throw new Error(`no ${code}`)
    const place = placesOf(policies).document(found)
    const line = textOf(policies).split('\n')[(place.line ?? 0) - 1] ?? ''
    expect([place.severity, line.slice((place.column ?? 0) - 1, (place.endColumn ?? 0) - 1)]).toEqual([
      severity,
      'x@acme.com',
    ])
  })

  it('says why an external account cannot be held', async () => {
    const resolved = await resolve({
      policies,
      accounts: [other],
      elsewhere: [{ email: 'x@acme.com', found: 'external' }],
    })
    expect(resolved.diagnostics.find(({ code }) => code === 'policy/account-not-managed')?.facts).toEqual({
      account: 'x@acme.com',
      domain: 'acme.com',
      because: 'unclaimed',
    })
  })
})
