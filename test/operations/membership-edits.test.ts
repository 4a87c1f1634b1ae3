import { describe, expect, it } from 'vitest'
import type { ListedAccounts, Resource } from '../../src/kinds/resource.ts'
import { accountEdits, type AccountChange } from '../../src/operations/membership-edits.ts'

/** A policy as it leaves validation: what its lists hold stands after its own. */
const policyOf = (
  own: readonly string[] | undefined,
  lists: readonly ListedAccounts[] = [],
): Resource<'AuthenticationPolicy'> => {
  const listed = lists.flatMap(({ accounts }) => accounts)
  const accounts = own === undefined && listed.length === 0 ? undefined : [...(own ?? []), ...listed]
  return {
    kind: 'AuthenticationPolicy',
    address: { kind: 'AuthenticationPolicy', name: 'A' },
    spec: {
      kind: 'AuthenticationPolicy',
      name: 'A',
      directory: 'local',
      members: { ...(accounts && { accounts }) },
    },
    locate: () => ({ file: 'a.yaml', start: 0, end: 1 }),
    ...(lists.length > 0 && { lists }),
  }
}

const l = (...accounts: readonly string[]): ListedAccounts => ({ name: 'L', accounts })
const m = (...accounts: readonly string[]): ListedAccounts => ({ name: 'M', accounts })
const none: readonly string[] = []

/** What the edits write, by the document and the member. */
const written = (policy: Resource<'AuthenticationPolicy'>, change: AccountChange) =>
  Object.fromEntries(
    accountEdits(policy, change).map(({ address, path, value }) => [
      `${address.kind === 'AccountList' ? address.name : ''} ${path.join('.')}`,
      value,
    ]),
  )

describe('the edits by which a policy names other accounts', () => {
  type Row = readonly [string, Parameters<typeof policyOf>, AccountChange, Readonly<Record<string, unknown>>]
  const own = ' members.accounts'
  const inL = 'L accounts'
  const table: readonly Row[] = [
    ['nothing to do', [['a', 'b']], { add: none, remove: ['c'] }, {}],
    ['who comes, last', [['b']], { add: ['c', 'a'], remove: none }, { [own]: ['b', 'c', 'a'] }],
    ['who comes where nobody was named', [undefined], { add: ['a'], remove: none }, { [own]: ['a'] }],
    ['who goes, in another case', [['a', 'B', 'c']], { add: none, remove: ['b'] }, { [own]: ['a', 'c'] }],
    ['the last one goes, and the member with it', [['a']], { add: none, remove: ['a'] }, { [own]: undefined }],
    ['who goes and comes stays', [['a', 'b']], { add: ['A'], remove: ['a'] }, {}],
    ['who comes twice comes once', [['a']], { add: ['b', 'B'], remove: none }, { [own]: ['a', 'B'] }],
    ['who is there does not come', [['a'], [l('b')]], { add: ['A', 'B'], remove: none }, {}],
    ['who goes from the list', [['a'], [l('b', 'c')]], { add: none, remove: ['B'] }, { [inL]: ['c'] }],
    ['the last one goes from the list, which stays', [['a'], [l('b')]], { add: none, remove: ['b'] }, { [inL]: [] }],
    [
      'who goes wherever it is named',
      [
        ['a', 'b'],
        [l('b', 'c'), m('B')],
      ],
      { add: none, remove: ['b'] },
      { [own]: ['a'], [inL]: ['c'], 'M accounts': [] },
    ],
    [
      'into the list, where nobody is named besides',
      [undefined, [l('a')]],
      { add: ['b'], remove: none },
      { [inL]: ['a', 'b'] },
    ],
    ['into an empty list', [undefined, [l()]], { add: ['b'], remove: none }, { [inL]: ['b'] }],
    ['a list named twice is one', [undefined, [l('a'), l()]], { add: ['b'], remove: ['a'] }, { [inL]: ['b'] }],
    ['to its own, where it has some', [['a'], [l('b')]], { add: ['c'], remove: none }, { [own]: ['a', 'c'] }],
    [
      'to its own, where nothing says which list',
      [undefined, [l('a'), m('b')]],
      { add: ['c'], remove: none },
      { [own]: ['c'] },
    ],
  ]
  it.each(table)('%s', (_, policy, change, edits) => {
    expect(written(policyOf(...policy), change)).toEqual(edits)
  })

  it('are for the documents that they name', () => {
    expect(accountEdits(policyOf(['a'], [l('b')]), { add: ['c'], remove: ['b'] })).toEqual([
      { address: { kind: 'AuthenticationPolicy', name: 'A' }, path: ['members', 'accounts'], value: ['a', 'c'] },
      { address: { kind: 'AccountList', name: 'L' }, path: ['accounts'], value: [] },
    ])
  })
})
