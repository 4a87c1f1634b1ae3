import { describe, expect, it } from 'vitest'
import { account, placesOf, textOf } from './documents.ts'
import { claimed, codes, moves, policy, resolve, type Situation } from './situation.ts'

describe('specificity', () => {
  const policies = [
    policy('Accounts', '{ accounts: [a@acme.com] }'),
    policy('Groups', '{ groups: [g] }'),
    policy('Domains', '{ domains: [acme.com] }'),
    policy('Rest', '{ everyoneElse: true }'),
  ]

  it('is accounts over groups over domains over everyoneElse', async () => {
    const accounts = ['a@acme.com', 'g@acme.com', 'd@acme.com', 'r@acme.io'].map(email => account(email, 'id-Rest'))
    const resolved = await resolve({ policies, accounts, groups: { 'a@acme.com': ['g'], 'g@acme.com': ['g'] } })
    expect(claimed(resolved, accounts)).toEqual({
      'a@acme.com': 'Accounts',
      'g@acme.com': 'Groups',
      'd@acme.com': 'Domains',
      'r@acme.io': 'Rest',
    })
    expect(moves(resolved)).toEqual({
      Accounts: [['a@acme.com', 'Rest']],
      Groups: [['g@acme.com', 'Rest']],
      Domains: [['d@acme.com', 'Rest']],
    })
    expect(codes(resolved)).toEqual([])
  })

  it('takes emails and domains in whatever case, and keeps the case that Atlassian serves', async () => {
    const accounts = [account('A@Acme.COM', 'id-Rest'), account('D@ACME.com', 'id-Rest')]
    const resolved = await resolve({
      policies: [
        policy('Accounts', '{ accounts: [a@ACME.com] }'),
        policy('Domains', '{ domains: [Acme.Com] }'),
        policy('Rest', '{ everyoneElse: true }'),
      ],
      accounts,
    })
    expect(moves(resolved)).toEqual({ Accounts: [['A@Acme.COM', 'Rest']], Domains: [['D@ACME.com', 'Rest']] })
  })

  it('takes a subdomain for another domain', async () => {
    const accounts = [account('x@sub.acme.com', 'id-Rest')]
    expect(claimed(await resolve({ policies, accounts }), accounts)).toEqual({ 'x@sub.acme.com': 'Rest' })
  })
})

describe('except', () => {
  it.each([
    ['accounts', '{ accounts: [x@acme.com] }'],
    ['groups', '{ groups: [g] }'],
    ['domains', '{ domains: [acme.com] }'],
  ])('by %s means “not claimed here”: a weaker selector of another policy still applies', async (_, except) => {
    const accounts = [account('x@acme.com', 'id-Strong')]
    const resolved = await resolve({
      policies: [
        policy('Strong', `{ domains: [acme.com], except: ${except} }`),
        policy('Rest', '{ everyoneElse: true }'),
      ],
      accounts,
      groups: { 'x@acme.com': ['g'] },
    })
    expect(claimed(resolved, accounts)).toEqual({ 'x@acme.com': 'Rest' })
  })

  it('holds for every selector of its own policy', async () => {
    const accounts = [account('x@acme.com', 'id-P')]
    const resolved = await resolve({
      policies: [policy('P', '{ domains: [acme.com], everyoneElse: true, except: { accounts: [X@acme.com] } }')],
      accounts,
    })
    expect(claimed(resolved, accounts)).toEqual({ 'x@acme.com': undefined })
    expect(codes(resolved)).toEqual(['plan/unclaimed'])
  })
})

describe('two claims at one level', () => {
  const two = [policy('A', '{ groups: [one] }'), policy('B', '{ groups: [two] }')]
  const groups = { 'x@acme.com': ['one', 'two'] }

  it('are an error that names the account and both lines', async () => {
    const resolved = await resolve({ policies: two, accounts: [account('x@acme.com', 'id-A')], groups })
    const [found] = resolved.diagnostics
    if (found === undefined) throw new Error('nothing was found')
    const { code, summary, line, related } = placesOf(two).document(found)
    expect(code).toBe('policy/double-claim')
    expect(summary).toContain('x@acme.com')
    const lines = [...(related ?? []).map(other => other.line), line]
    const text = ['members: { groups: [one] }', 'members: { groups: [two] }']
    const all = textOf(two).split('\n')
    expect(lines.map(number => all[(number ?? 0) - 1])).toEqual(text)
    expect(resolved.claimed.size).toBe(0)
    expect(resolved.moves.size).toBe(0)
  })

  it('are one error for all their accounts, and another one at another level', async () => {
    const accounts = ['z@acme.com', 'x@acme.com', 'y@acme.io'].map(email => account(email, 'id-A'))
    const policies = [
      policy('A', '{ groups: [one], domains: [acme.io] }', 'Staff'),
      policy('B', '{ groups: [two], domains: [acme.io], acrossDirectories: true }'),
    ]
    const resolved = await resolve({
      policies,
      accounts,
      groups: { 'z@acme.com': ['one', 'two'], 'x@acme.com': ['one', 'two'] },
    })
    const found = resolved.diagnostics.map(({ code, facts }) => [code, facts])
    expect(found).toEqual([
      ['policy/double-claim', { claim: 'the account `y@acme.io`', level: 'domains', policies: ['A', 'B'] }],
      [
        'policy/double-claim',
        { claim: '2 accounts', level: 'groups', policies: ['A', 'B'], accounts: ['x@acme.com', 'z@acme.com'] },
      ],
    ])
  })

  it('are decided by priority for groups: the higher one wins', async () => {
    const accounts = [account('x@acme.com', 'id-A')]
    const policies = [
      policy('A', '{ groups: [one], priority: 1 }'),
      policy('B', '{ groups: [two], priority: 2 }'),
      policy('C', '{ groups: [three] }'),
    ]
    const resolved = await resolve({ policies, accounts, groups: { 'x@acme.com': ['one', 'two', 'three'] } })
    expect(claimed(resolved, accounts)).toEqual({ 'x@acme.com': 'B' })
    expect(codes(resolved)).toEqual([])
  })

  it('count a missing priority as 0, which a negative one loses to', async () => {
    const accounts = [account('x@acme.com', 'id-A')]
    const policies = [policy('A', '{ groups: [one], priority: -1 }'), policy('B', '{ groups: [two] }')]
    expect(claimed(await resolve({ policies, accounts, groups }), accounts)).toEqual({ 'x@acme.com': 'B' })
  })

  it('stay an error where priority is equal', async () => {
    const policies = [policy('A', '{ groups: [one], priority: 5 }'), policy('B', '{ groups: [two], priority: 5 }')]
    expect(codes(await resolve({ policies, accounts: [account('x@acme.com', 'id-A')], groups }))).toEqual([
      'policy/double-claim',
    ])
  })

  it('are not decided by priority at other levels', async () => {
    const policies = [
      policy('A', '{ domains: [acme.com], priority: 1 }', 'Staff'),
      policy('B', '{ domains: [acme.com], acrossDirectories: true, priority: 2 }'),
    ]
    expect(codes(await resolve({ policies, accounts: [account('x@acme.com', 'id-A')] }))).toEqual([
      'policy/double-claim',
    ])
  })
})

it('does not depend on the order of accounts or documents', async () => {
  const policies = [
    policy('A', '{ groups: [one] }'),
    policy('B', '{ groups: [two] }'),
    policy('C', '{ groups: [three] }'),
    policy('D', '{ domains: [acme.com] }'),
  ]
  const groups = {
    'p@acme.com': ['one', 'two'],
    'q@acme.com': ['two', 'three'],
    'r@acme.com': ['one', 'three'],
    's@acme.com': ['one'],
    't@acme.com': [],
  }
  const accounts = [...Object.keys(groups), 'u@acme.io', 'v@acme.io'].map(email => account(email, 'id-D'))
  const seen = async (situation: Situation) => {
    const { moves: all, claimed: held, diagnostics } = await resolve(situation)
    return {
      moves: [...all].sort(),
      claimed: [...held].sort(),
      diagnostics: diagnostics.map(({ code, facts }) => [code, facts]),
    }
  }
  expect(await seen({ policies: [...policies].reverse(), accounts: [...accounts].reverse(), groups })).toEqual(
    await seen({ policies, accounts, groups }),
  )
})
