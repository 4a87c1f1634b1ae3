import { describe, expect, it } from 'vitest'
import { account } from './documents.ts'
import { claimed, codes, moves, policy, resolve } from './situation.ts'

describe('the directory of an account', () => {
  const policies = [policy('Staff', '{ domains: [acme.com] }', 'Staff'), policy('Local', '{ everyoneElse: true }')]

  it('is that of the policy it is in', async () => {
    const accounts = [account('s@acme.com', 'id-Staff'), account('l@acme.com', 'id-Local')]
    const resolved = await resolve({ policies, accounts })
    expect(claimed(resolved, accounts)).toEqual({ 's@acme.com': 'Staff', 'l@acme.com': 'Local' })
    expect(moves(resolved)).toEqual({})
  })

  it('is that of the recorded policy where it was moved elsewhere since: it is put back', async () => {
    const accounts = [account('s@acme.com', 'id-Local')]
    const resolved = await resolve({ policies, accounts, recorded: { 's@acme.com': 'Staff' } })
    expect(moves(resolved)).toEqual({ Staff: [['s@acme.com', 'Local']] })
  })

  it('is not known in a policy that no document declares: not moved, but reported', async () => {
    const accounts = [account('s@acme.com', 'id-of-another')]
    const resolved = await resolve({ policies, accounts })
    expect(moves(resolved)).toEqual({})
    expect(resolved.diagnostics.map(({ code, severity, facts }) => [code, severity, facts])).toEqual([
      ['plan/unknown-directory', 'warning', { accounts: ['s@acme.com'] }],
    ])
  })

  it('is not known where bulk-fetch left the account out', async () => {
    expect(codes(await resolve({ policies, accounts: [account('s@acme.com')] }))).toEqual(['plan/unknown-directory'])
  })

  it('is the recorded one where the account sits in a policy that no document declares', async () => {
    const accounts = [account('s@acme.com', 'id-of-another')]
    const resolved = await resolve({
      policies,
      accounts,
      recorded: { 's@acme.com': 'Staff' },
      names: new Map([['id-of-another', 'Console-made']]),
    })
    expect(moves(resolved)).toEqual({ Staff: [['s@acme.com', 'Console-made']] })
  })
})

describe('acrossDirectories', () => {
  it('is needed to claim an account of another directory; others fall to the next claim', async () => {
    const accounts = [account('s@acme.com', 'id-Staff')]
    const staff = policy('Staff', '{ everyoneElse: true }', 'Staff')
    const without = await resolve({ policies: [staff, policy('Local', '{ accounts: [s@acme.com] }')], accounts })
    expect(claimed(without, accounts)).toEqual({ 's@acme.com': 'Staff' })
    const across = policy('Local', '{ accounts: [s@acme.com], acrossDirectories: true }')
    expect(claimed(await resolve({ policies: [staff, across], accounts }), accounts)).toEqual({ 's@acme.com': 'Local' })
  })

  it('does not reach for everybody else of other directories', async () => {
    const accounts = [account('s@acme.com', 'id-Staff')]
    const policies = [
      policy('Staff', '{ accounts: [other@acme.com] }', 'Staff'),
      policy('Local', '{ everyoneElse: true, acrossDirectories: true }'),
    ]
    const resolved = await resolve({ policies, accounts })
    expect(claimed(resolved, accounts)).toEqual({ 's@acme.com': undefined })
  })

  it('is followed into the other directory, so that a second plan moves nobody', async () => {
    const accounts = [account('s@acme.com', 'id-Staff')]
    const policies = [
      policy('Staff', '{ everyoneElse: true }', 'Staff'),
      policy('Gate', '{ domains: [acme.com], acrossDirectories: true }'),
      policy('Local', '{ groups: [g] }'),
    ]
    const groups = { 's@acme.com': ['g'] }
    const first = await resolve({ policies, accounts, groups })
    expect(claimed(first, accounts)).toEqual({ 's@acme.com': 'Local' })
    const moved = [account('s@acme.com', 'id-Local')]
    expect(moves(await resolve({ policies, accounts: moved, groups, recorded: { 's@acme.com': 'Local' } }))).toEqual({})
  })

  it('is an error where two directories claim at one level', async () => {
    const accounts = [account('s@acme.com', 'id-Staff')]
    const policies = [
      policy('Staff', '{ domains: [acme.com] }', 'Staff'),
      policy('Local', '{ domains: [acme.com], acrossDirectories: true }'),
    ]
    expect(codes(await resolve({ policies, accounts }))).toEqual(['policy/double-claim'])
  })
})
