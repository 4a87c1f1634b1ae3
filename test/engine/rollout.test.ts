import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { orgAdmin } from '../../src/kinds/access-rules.ts'
import type { LiveAccount } from '../../src/kinds/live.ts'
import { wordsOf } from '../../src/diagnostics/to-document.ts'
import { account, accountId, placesOf, textOf } from './documents.ts'
import { claimed, codes, moves, policy, resolve, type Situation } from './situation.ts'

const rest = policy('Rest', '{ everyoneElse: true }')
const strict = (rollout: string): string => policy('Strict', `{ domains: [acme.com], rollout: ${rollout} }`)
const percent = (share: number): string => strict(`{ percent: ${share} }`)
const people = (count: number, policyId = 'id-Rest'): readonly LiveAccount[] =>
  Array.from({ length: count }, (_, index) => account(`user${String(index).padStart(3, '0')}@acme.com`, policyId))
const moved = async (situation: Situation): Promise<readonly string[]> =>
  (moves(await resolve(situation))['Strict'] ?? []).map(([email = '']) => email)

describe('a share', () => {
  it.each([
    [0, 0],
    [1, 2],
    [25, 30],
    [25.1, 31],
    [99, 119],
    [100, 120],
    [33.333, 40],
  ])('of %d percent 120 accounts make %d: rounded up', async (share, expected) => {
    const resolved = await resolve({ policies: [rest, percent(share)], accounts: people(120) })
    expect(moves(resolved)['Strict'] ?? []).toHaveLength(expected)
    expect(resolved.rollouts).toEqual([
      { policy: 'Strict', claimed: 120, reached: expected, waiting: 120 - expected, stage: `${share} %` },
    ])
  })

  it.each([
    [1.1, 1000, 11],
    [7, 100, 7],
    [0.1, 1000, 1],
    [14, 50, 7],
    [55, 100, 55],
    [0.0001, 3, 1],
  ])('of %d percent %d accounts make %d: decimals leave nothing over', async (share, count, expected) => {
    expect(await moved({ policies: [rest, percent(share)], accounts: people(count) })).toHaveLength(expected)
  })

  it('counts those that are in, and never moves one of them out', async () => {
    const accounts = [...people(10, 'id-Strict').slice(0, 6), ...people(10).slice(6)]
    for (const [share, expected] of [
      [0, 0],
      [50, 0],
      [60, 0],
      [70, 1],
      [100, 4],
    ] as const) {
      const resolved = await resolve({ policies: [rest, percent(share)], accounts })
      expect(moves(resolved)['Strict'] ?? []).toHaveLength(expected)
      expect(moves(resolved)['Rest']).toBeUndefined()
      for (const { accountId: id } of accounts.slice(0, 6)) expect(resolved.claimed.get(id)).toBe('Strict')
    }
  })

  it('takes other people first for another policy: nobody is always the first', async () => {
    const accounts = people(200)
    const other = policy('Other', '{ domains: [acme.com], rollout: { percent: 25 } }')
    const first = new Set(await moved({ policies: [rest, percent(25)], accounts }))
    const second = (moves(await resolve({ policies: [rest, other], accounts }))['Other'] ?? []).map(
      ([email = '']) => email,
    )
    const both = second.filter(email => first.has(email)).length
    expect(both).toBeGreaterThan(0)
    expect(both).toBeLessThan(30)
  })

  it('takes organization admins after everybody else, whoever may be one with them, and break-glass accounts last', async () => {
    const plain = people(6)
    const admins: readonly LiveAccount[] = [
      { ...account('admin@acme.com', 'id-Rest'), roles: [orgAdmin] },
      { ...account('untold@acme.com', 'id-Rest'), rolesUnknown: true },
    ]
    const accounts = [{ ...account('Root@acme.com', 'id-Rest'), roles: [orgAdmin] }, ...admins, ...plain]
    const at = (share: number) => moved({ policies: [rest, percent(share)], accounts, breakGlass: ['root@acme.com'] })
    expect(await at(66)).toEqual(plain.map(({ email }) => email))
    expect(await at(88)).toEqual(['admin@acme.com', 'untold@acme.com', ...plain.map(({ email }) => email)])
    expect(await at(89)).toContain('Root@acme.com')
  })

  it('takes back first whom somebody moved out since; a lower share leaves them where they are', async () => {
    const accounts = people(20)
    const recorded = { 'user007@acme.com': 'Strict', 'user013@acme.com': 'Strict' }
    const out = Object.keys(recorded)
    expect(await moved({ policies: [rest, percent(10)], accounts, recorded })).toEqual(out)
    expect(await moved({ policies: [rest, percent(25)], accounts, recorded })).toEqual(expect.arrayContaining(out))
    expect(await moved({ policies: [rest, percent(0)], accounts, recorded })).toEqual([])
  })

  it('takes nobody in where not everybody was read', async () => {
    const accounts = [...people(1), account('in@acme.com', 'id-Strict')]
    const one = { policies: [rest, percent(99)], accounts, isPartial: true }
    expect(await moved(one)).toEqual([])
    expect((await resolve(one)).waiting).toEqual(new Map([[accountId('user000@acme.com'), 'Strict']]))
    expect(await moved({ ...one, policies: [rest, percent(100)] })).toEqual(['user000@acme.com'])
  })
})

describe('a group', () => {
  const pilots = strict('{ group: pilots }')
  const groups = { 'user001@acme.com': ['pilots', 'other'], 'user002@acme.com': ['other'] }

  it('takes in its members among the claimed accounts, and nobody else', async () => {
    const accounts = [...people(4), account('jo@acme.io', 'id-Rest')]
    const resolved = await resolve({
      policies: [rest, pilots],
      accounts,
      groups: { ...groups, 'jo@acme.io': ['pilots'] },
    })
    expect(moves(resolved)).toEqual({ Strict: [['user001@acme.com', 'Rest']] })
    expect(resolved.rollouts).toEqual([
      { policy: 'Strict', claimed: 4, reached: 1, waiting: 3, stage: 'the group pilots' },
    ])
  })

  it('keeps who is in and left the group, and takes them back where somebody moved them out', async () => {
    const accounts = [account('in@acme.com', 'id-Strict'), account('out@acme.com', 'id-Rest')]
    const resolved = await resolve({
      policies: [rest, pilots],
      accounts,
      recorded: { 'in@acme.com': 'Strict', 'out@acme.com': 'Strict' },
    })
    expect(moves(resolved)).toEqual({ Strict: [['out@acme.com', 'Rest']] })
    expect(claimed(resolved, accounts)).toEqual({ 'in@acme.com': 'Strict', 'out@acme.com': 'Strict' })
  })
})

describe('an account that waits', () => {
  it('stays where it is: no weaker selector takes it, and it is not unclaimed', async () => {
    const accounts = [account('a@acme.com', 'id-Old'), account('b@acme.com', 'id-Rest')]
    const resolved = await resolve({
      policies: [policy('Old', '{ accounts: [x@acme.io] }'), rest, percent(0)],
      accounts,
    })
    expect(moves(resolved)).toEqual({})
    expect(claimed(resolved, accounts)).toEqual({ 'a@acme.com': 'Old', 'b@acme.com': 'Rest' })
    expect([...resolved.waiting.values()]).toEqual(['Strict', 'Strict'])
    expect(codes(resolved)).toEqual(['plan/account-not-found', 'plan/rollout-waiting'])
  })

  it('of a policy that no document declares is claimed for none, since no document could say where', async () => {
    const accounts = [account('a@acme.com', 'id-elsewhere')]
    const resolved = await resolve({
      policies: [rest, percent(0)],
      accounts,
      recorded: { 'a@acme.com': 'Rest' },
    })
    expect(claimed(resolved, accounts)).toEqual({ 'a@acme.com': undefined })
    expect(resolved.waiting.size).toBe(1)
  })

  it('is not one that another policy takes across directories', async () => {
    const accounts = [account('a@acme.com', 'id-Rest')]
    const far = policy('Far', '{ accounts: [a@acme.com], acrossDirectories: true }', 'Staff')
    expect(moves(await resolve({ policies: [rest, percent(0), far], accounts }))).toEqual({
      Far: [['a@acme.com', 'Rest']],
    })
  })

  it.each([
    ['{ percent: 25 }', 'percent: 25', '`Strict` takes in 25 %: 2 of 5 accounts are in or move now, 3 wait'],
    ['{ percent: 20 }', 'percent: 20', '`Strict` takes in 20 %: 1 of 5 accounts is in or moves now, 4 wait'],
    ['{ percent: 80 }', 'percent: 80', '`Strict` takes in 80 %: 4 of 5 accounts are in or move now, 1 waits'],
    ['{ group: g }', 'group: g', '`Strict` takes in the group g: 1 of 5 accounts is in or moves now, 4 wait'],
  ])('is told of at its line: %s', async (rollout, key, words) => {
    const policies = [rest, strict(rollout)]
    const resolved = await resolve({ policies, accounts: people(5), groups: { 'user000@acme.com': ['g'] } })
    const [found, ...others] = resolved.diagnostics
    if (found === undefined) throw new Error('nothing was said')
    expect(others).toEqual([])
    expect([found.severity, wordsOf(found).summary]).toEqual(['note', words])
    const { line, column } = placesOf(policies).document(found)
    const text = textOf(policies).split('\n')[(line ?? 0) - 1] ?? ''
    expect(text.slice((column ?? 0) - 1)).toMatch(new RegExp(`^${key}`))
  })

  it('is not told of where nobody waits', async () => {
    expect(codes(await resolve({ policies: [rest, percent(100)], accounts: people(3) }))).toEqual([])
  })
})

/** People in either policy, some of them admins, some recorded elsewhere. */
const situations = fc
  .array(
    fc.record({
      inside: fc.boolean(),
      admin: fc.boolean(),
      recorded: fc.constantFrom('Strict', 'Rest', undefined),
      pilot: fc.boolean(),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map(rows => ({
    accounts: rows.map(({ inside, admin }, index): LiveAccount => ({
      ...account(`user${index}@acme.com`, inside ? 'id-Strict' : 'id-Rest'),
      roles: admin ? [orgAdmin] : [],
    })),
    recorded: Object.fromEntries(
      rows.flatMap(({ recorded }, index) => (recorded === undefined ? [] : [[`user${index}@acme.com`, recorded]])),
    ),
    groups: Object.fromEntries(rows.flatMap(({ pilot }, index) => (pilot ? [[`user${index}@acme.com`, ['g']]] : []))),
  }))

const shares = fc.integer({ min: 0, max: 100 })

/** Where everybody is once the plan is carried out. */
const after = async (situation: Situation) => {
  const resolved = await resolve(situation)
  const into = new Map(
    [...resolved.moves].flatMap(([name, list]) => list.map(({ account: { email } }) => [email, name] as const)),
  )
  return situation.accounts.map(one => ({
    ...one,
    policyId: `id-${into.get(one.email) ?? one.policyId?.slice(3) ?? ''}`,
  }))
}

const inside = (accounts: readonly LiveAccount[]): readonly string[] =>
  accounts.filter(({ policyId }) => policyId === 'id-Strict').map(({ email }) => email)

describe('whatever the situation', () => {
  it('a wider share only adds people, and nobody is moved out', () =>
    fc.assert(
      fc.asyncProperty(situations, shares, shares, async (found, a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)]
        const narrow = inside(await after({ ...found, policies: [rest, percent(low)] }))
        const wide = inside(await after({ ...found, policies: [rest, percent(high)] }))
        expect(narrow).toEqual(expect.arrayContaining([...inside(found.accounts)]))
        expect(wide).toEqual(expect.arrayContaining([...narrow]))
      }),
      { numRuns: 60 },
    ))

  it('the stages end where the policy ends without any', () =>
    fc.assert(
      fc.asyncProperty(situations, fc.array(shares, { maxLength: 3 }), async (found, steps) => {
        let accounts: readonly LiveAccount[] = found.accounts
        for (const share of [...steps, 100])
          accounts = await after({ ...found, accounts, policies: [rest, percent(share)] })
        const whole = await after({ ...found, policies: [rest, policy('Strict', '{ domains: [acme.com] }')] })
        expect(inside(accounts)).toEqual(inside(whole))
      }),
      { numRuns: 40 },
    ))

  it('a plan once applied leaves nothing to move, and what is recorded then is where everybody is', () =>
    fc.assert(
      fc.asyncProperty(situations, shares, fc.boolean(), async (found, share, byGroup) => {
        const policies = [rest, byGroup ? strict('{ group: g }') : percent(share)]
        const resolved = await resolve({ ...found, policies })
        const accounts = await after({ ...found, policies })
        const recorded = Object.fromEntries(accounts.map(one => [one.email, resolved.claimed.get(one.accountId) ?? '']))
        expect(recorded).toEqual(Object.fromEntries(accounts.map(one => [one.email, one.policyId.slice(3)])))
        expect(moves(await resolve({ ...found, policies, accounts, recorded }))).toEqual({})
      }),
      { numRuns: 60 },
    ))

  it('the order of the input does not matter', () =>
    fc.assert(
      fc.asyncProperty(situations, shares, async (found, share) => {
        const policies = [rest, percent(share)]
        const one = await resolve({ ...found, policies })
        const other = await resolve({
          ...found,
          accounts: [...found.accounts].reverse(),
          policies: [...policies].reverse(),
        })
        expect(moves(other)).toEqual(moves(one))
        expect(other.rollouts).toEqual(one.rollouts)
        expect(new Set(other.waiting.keys())).toEqual(new Set(one.waiting.keys()))
      }),
      { numRuns: 60 },
    ))
})
