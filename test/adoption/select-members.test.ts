import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crowdOf } from '../../src/adoption/crowd.ts'
import { fewSelectors } from '../../src/adoption/few-selectors.ts'
import { selectMembers } from '../../src/adoption/select-members.ts'
import type { MemberToSelect, Selection } from '../../src/adoption/selection.ts'
import { weigh } from '../../src/adoption/weight.ts'
import { claimants, type Policy } from '../../src/engine/claims.ts'

type Selections = ReadonlyMap<string, Selection>

const domains = new Set(['acme.com', 'acme.io'])

/** Accounts as `address policy group group`. */
const members = (...lines: readonly string[]): readonly MemberToSelect[] =>
  lines.map(line => {
    const [email = '', policy = '', ...groups] = line.split(' ')
    return { email, policy, groups }
  })

const documentsOf = (selections: Selections): readonly Policy[] =>
  [...selections].map(([name, selection]): Policy => {
    const { except, ...lists } = selection
    const own = { ...copied(lists), ...(except && { except: copied(except) }) }
    return {
      kind: 'AuthenticationPolicy',
      address: { kind: 'AuthenticationPolicy', name },
      spec: { kind: 'AuthenticationPolicy', name, directory: 'local', members: own },
      locate: () => ({ file: 'some.yaml', start: 0, end: 0 }),
    }
  })

/** The same with lists that documents may hold: theirs can be written to. */
const copied = (lists: Omit<Selection, 'except'>) => ({
  ...(lists.accounts && { accounts: [...lists.accounts] }),
  ...(lists.groups && { groups: [...lists.groups] }),
  ...(lists.domains && { domains: [...lists.domains] }),
  ...(lists.everyoneElse && { everyoneElse: true }),
})

/** The policies that the engine gives an account to. */
const judged = (policies: readonly Policy[], { email, groups }: MemberToSelect): readonly string[] =>
  claimants(policies, { email, groups: new Set(groups) }, 'local').winners.map(({ spec }) => spec.name)

const itemsIn = ({ accounts = [], groups = [], domains: names = [] }: Omit<Selection, 'everyoneElse' | 'except'>) =>
  accounts.length + groups.length + names.length

const costOf = (selections: Selections): number =>
  [...selections.values()].reduce(
    (sum, selection) => sum + itemsIn(selection) + itemsIn(selection.except ?? {}) + (selection.everyoneElse ? 1 : 0),
    0,
  )

describe('the fewest selectors', () => {
  it.each<[string, readonly string[], Readonly<Record<string, Selection>>]>([
    ['of nobody are none', [], {}],
    ['of one policy are everybody', ['a@acme.com Staff x', 'b@acme.io Staff'], { Staff: { everyoneElse: true } }],
    [
      'leave the biggest policy everybody else, and select by domain before group',
      ['a@acme.com Staff', 'b@acme.com Staff', 'c@acme.com Staff', 'd@acme.io Labs labs', 'e@acme.io Labs labs'],
      { Labs: { domains: ['acme.io'] }, Staff: { everyoneElse: true } },
    ],
    [
      'are one group rather than its one member',
      ['a@acme.com Staff', 'b@acme.com Staff', 'c@acme.com Contractors contractors'],
      { Contractors: { groups: ['contractors'] }, Staff: { everyoneElse: true } },
    ],
    [
      'except the odd one out of a group',
      ['a@acme.com Staff', 'b@acme.com Staff', 'o@acme.com Staff x', 'p@acme.com X x', 'q@acme.com X x'],
      { Staff: { everyoneElse: true }, X: { except: { accounts: ['o@acme.com'] }, groups: ['x'] } },
    ],
    [
      'except a group within a group',
      ['a@acme.com S', 'b@acme.com S', 'c@acme.com S', 'd@acme.com S', 'e@acme.com S']
        .concat(['f@acme.com C c', 'g@acme.com C c', 'h@acme.com C c'])
        .concat(['i@acme.com A c a', 'j@acme.com A c a']),
      { A: { groups: ['a'] }, C: { groups: ['c'], except: { groups: ['a'] } }, S: { everyoneElse: true } },
    ],
    [
      'list who has nothing in common',
      ['a@acme.com Staff x', 'b@acme.com Staff x', 'c@acme.com Root x'],
      { Root: { accounts: ['c@acme.com'] }, Staff: { everyoneElse: true } },
    ],
    [
      'write accounts as they are given, domains in lower case',
      ['a@acme.com S', 'b@acme.com S', 'C@Acme.Io T', 'd@ACME.io T', 'Root@Acme.com R', 'e@acme.io S', 'f@acme.com S'],
      {
        R: { accounts: ['Root@Acme.com'] },
        S: { everyoneElse: true },
        T: { domains: ['acme.io'], except: { accounts: ['e@acme.io'] } },
      },
    ],
    [
      'tell groups apart by case',
      ['a@acme.com S Ops', 'b@acme.com S Ops', 'c@acme.com S Ops', 'd@acme.com T ops', 'e@acme.com T ops'],
      { S: { everyoneElse: true }, T: { groups: ['ops'] } },
    ],
    [
      'give everybody else to those of a domain that documents may not name',
      ['a@acme.com S', 'b@acme.com S', 'c@acme.com S', 'd@other.example T'],
      { S: { domains: ['acme.com'] }, T: { everyoneElse: true } },
    ],
    [
      'except one of them by domain',
      ['a@acme.com S g', 'b@acme.com S g', 'c@acme.com S', 'd@other.example S', 'e@other.example T g'],
      { S: { everyoneElse: true }, T: { groups: ['g'], except: { domains: ['acme.com'] } } },
    ],
    [
      'name no domain that documents refuse',
      ['a@odd_host.example S g', 'b@odd_host.example S g', 'c@acme.com S', 'd@acme.com T g', 'e@acme.com T g'],
      { S: { everyoneElse: true }, T: { domains: ['acme.com'], except: { accounts: ['c@acme.com'] } } },
    ],
    [
      'take a name that is like a member of objects',
      ['a@acme.com __proto__', 'b@acme.com __proto__', 'c@acme.com constructor toString'],
      { ['__proto__']: { everyoneElse: true }, constructor: { groups: ['toString'] } },
    ],
    [
      'pass over an account without an address',
      ['712020:1 T', 'a@acme.com S', 'b@acme.com S'],
      { S: { everyoneElse: true }, T: {} },
    ],
  ])('%s', (_, lines, expected) => {
    const { selections, unexpressed } = selectMembers({ members: members(...lines), domains })
    expect([...selections]).toEqual(Object.entries(expected).sort(([a], [b]) => (a < b ? -1 : 1)))
    expect(unexpressed).toEqual([])
  })

  it('leave unclaimed, and report, whom nothing can select', () => {
    const input = members('a@x.example S', 'b@x.example S', 'c@x.example T', 'd@acme.com T', 'A@x.example T')
    const { selections, unexpressed } = selectMembers({ members: input, domains })
    expect(unexpressed).toEqual(['A@x.example', 'c@x.example'])
    expect(judged(documentsOf(selections), { email: 'c@x.example', policy: 'T', groups: [] })).toEqual([])
  })
})

describe('the selectors of any organization', () => {
  const size = (most: number) => ({ minLength: 1, maxLength: most })
  const organization = (
    most: number,
    policies: readonly string[],
    groups: readonly string[],
    hosts: readonly string[],
  ) =>
    fc
      .array(
        fc.record({
          host: fc.constantFrom(...hosts),
          policy: fc.constantFrom(...policies),
          groups: fc.uniqueArray(fc.constantFrom(...groups), { maxLength: 3 }),
        }),
        size(most),
      )
      .map(rows =>
        rows.map(({ host, policy, groups: own }, index): MemberToSelect => ({
          email: `u${index}@${host}`,
          policy,
          groups: own,
        })),
      )
  const some = ['acme.com', 'acme.com', 'Acme.io', 'other.example']

  it('put each member where it is, whatever the order of the input; nobody is double-claimed', () => {
    fc.assert(
      fc.property(organization(40, ['A', 'B', 'C', 'D'], ['e', 'f', 'g', 'h', 'i'], some), input => {
        const { selections, unexpressed } = selectMembers({ members: input, domains })
        const policies = documentsOf(selections)
        for (const member of input)
          expect(judged(policies, member)).toEqual(unexpressed.includes(member.email) ? [] : [member.policy])
        expect(selectMembers({ members: [...input].reverse(), domains })).toEqual({ selections, unexpressed })
        for (const { accounts = [], domains: names = [] } of selections.values())
          expect([...accounts, ...names].filter(name => name.includes('other'))).toEqual([])
      }),
      { numRuns: 30 },
    )
  })

  it('are right, too, where there are too many sorts of accounts to search', () => {
    const input = Array.from({ length: 2_000 }, (_, at): MemberToSelect => {
      const groups = [at % 7, at % 11, at % 13, at % 17].map((group, list) => `g${list}-${group}`)
      return { email: `u${at}@${some[at % 4]}`, policy: ['A', 'B', 'C'][at % 7 < 3 ? 0 : (at >> 3) % 3] ?? '', groups }
    })
    const { selections, unexpressed } = selectMembers({ members: input, domains })
    const policies = documentsOf(selections)
    expect(unexpressed).toEqual([])
    expect(input.filter(member => judged(policies, member).join() !== member.policy)).toEqual([])
  })

  it('lose nobody who is in a group, though the effort be spent', () => {
    const crowd = crowdOf({ members: members('a@acme.com A', 'b@x.example B g', 'c@x.example C g h'), domains })
    const selectors = fewSelectors(crowd, 0, { left: 0 })
    expect(weigh(crowd, selectors)[0]).toBe(0)
  })

  it('are as few as trying out everything finds', () => {
    fc.assert(
      fc.property(organization(4, ['A', 'B', 'C'], ['g', 'h'], ['acme.com', 'acme.io', 'other.example']), input => {
        const { selections, unexpressed } = selectMembers({ members: input, domains })
        expect(unexpressed).toHaveLength(leastUnexpressed(input))
        const fewer = subsets(itemsFor(input), costOf(selections) - 1)
        expect(fewer.find(items => isRight(items, input, unexpressed.length))).toBeUndefined()
      }),
      { numRuns: 40 },
    )
  })
})

/** One selector of one policy, as it would stand in its document. */
interface Item {
  readonly policy: string
  readonly list: 'accounts' | 'groups' | 'domains' | 'everyoneElse'
  readonly name: string
  readonly except: boolean
}

const isOwn = ({ email }: MemberToSelect): boolean => domains.has(hostOf(email))
const hostOf = (email: string): string => email.slice(email.indexOf('@') + 1).toLowerCase()

/** Of those whom only everybody else can select, one policy can have its own. */
function leastUnexpressed(input: readonly MemberToSelect[]): number {
  const bare = input.filter(member => !isOwn(member) && member.groups.length === 0)
  const counts = ['A', 'B', 'C'].map(name => bare.filter(({ policy }) => policy === name).length)
  return bare.length - Math.max(...counts)
}

/** Everything that documents may say of these accounts. */
const itemsFor = (input: readonly MemberToSelect[]): readonly Item[] =>
  [...new Set(input.map(({ policy }) => policy))].flatMap(policy =>
    [true, false].flatMap((except): readonly Item[] => {
      const allowed = input.filter(member => except || isOwn(member))
      const names = {
        accounts: allowed.map(({ email }) => email),
        groups: [...new Set(input.flatMap(({ groups }) => groups))],
        domains: [...new Set(allowed.map(({ email }) => hostOf(email)))],
      }
      return [
        ...(['accounts', 'groups', 'domains'] as const).flatMap(list =>
          names[list].map(name => ({ policy, list, name, except })),
        ),
        ...(except ? [] : [{ policy, list: 'everyoneElse', name: '', except } as const]),
      ]
    }),
  )

/** All choices of up to so many items. */
const subsets = (items: readonly Item[], most: number): readonly (readonly Item[])[] =>
  most <= 0
    ? [[]]
    : [[], ...items.flatMap((item, at) => subsets(items.slice(at + 1), most - 1).map(others => [item, ...others]))]

function isRight(items: readonly Item[], input: readonly MemberToSelect[], unexpressed: number): boolean {
  if (items.filter(({ list }) => list === 'everyoneElse').length > 1) return false
  const listed = (policy: string, except: boolean) => {
    const own = items.filter(item => item.policy === policy && item.except === except)
    const names = (list: Item['list']) => own.filter(item => item.list === list).map(({ name }) => name)
    return { accounts: names('accounts'), groups: names('groups'), domains: names('domains') }
  }
  const policies = documentsOf(
    new Map(
      [...new Set(items.map(({ policy }) => policy))].map((name): [string, Selection] => [
        name,
        {
          ...listed(name, false),
          ...(items.some(({ policy, list }) => policy === name && list === 'everyoneElse') && { everyoneElse: true }),
          except: listed(name, true),
        },
      ]),
    ),
  )
  let lost = 0
  return input.every(member => {
    const winners = judged(policies, member)
    if (winners.length === 0 && !isOwn(member)) return ++lost <= unexpressed
    return winners.length === 1 && winners[0] === member.policy
  })
}
