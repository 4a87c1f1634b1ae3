import { describe, expect, it } from 'vitest'
import { resolveMembership, type Membership } from '../../src/engine/membership.ts'
import type { LiveAccount, NamedAccount } from '../../src/kinds/live.ts'
import { account, accountId, documents, placesOf, textOf } from './documents.ts'

/** A policy document; `local` unless told otherwise. */
const policy = (name: string, members: string, directory = 'local'): string =>
  `kind: AuthenticationPolicy\nname: ${name}\ndirectory: ${directory}\nmembers: ${members}`

interface Situation {
  readonly policies: readonly string[]
  readonly accounts: readonly LiveAccount[]
  readonly groups?: Readonly<Record<string, readonly string[]>>
  readonly recorded?: Readonly<Record<string, string>>
  readonly elsewhere?: readonly NamedAccount[]
  readonly names?: ReadonlyMap<string, string>
}

/** Resolves a situation. The id of a declared policy is `id-NAME`. */
async function resolve({
  policies,
  accounts,
  groups = {},
  recorded = {},
  elsewhere = [],
  names = new Map(),
}: Situation) {
  const desired = await documents(...policies)
  return resolveMembership({
    policies: desired.AuthenticationPolicy,
    live: {
      accounts,
      groupsOf: new Map(Object.entries(groups).map(([email, list]) => [accountId(email), new Set(list)])),
      policyNames: names,
      namedElsewhere: elsewhere,
    },
    ids: new Map(desired.AuthenticationPolicy.map(({ spec }) => [spec.name, `id-${spec.name}`])),
    recorded: new Map(Object.entries(recorded).map(([email, name]) => [accountId(email), name])),
  })
}

/** The policy of each claimed account, by address. */
const claimed = (membership: Membership, accounts: readonly LiveAccount[]) =>
  Object.fromEntries(accounts.map(({ email, accountId: id }) => [email, membership.claimed.get(id)]))

const moves = ({ moves: all }: Membership) =>
  Object.fromEntries([...all].map(([name, list]) => [name, list.map(({ account: { email }, from }) => [email, from])]))

const codes = ({ diagnostics }: Membership): readonly string[] => diagnostics.map(({ code }) => code)

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
