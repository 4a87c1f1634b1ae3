import { describe, expect, it } from 'vitest'
import { documentNames } from '../../src/adoption/document-names.ts'
import type { SeenPolicy } from '../../src/adoption/sighting.ts'

const ids = ['aaaaaaaa-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000002'] as const
const [first, second] = ids

type Row = Pick<SeenPolicy, 'name' | 'document'>
const live = (name: string): Row => ({ name: { name, from: 'api' } })
const bound = (name: string): Row => ({ name: { name, from: 'ledger' } })

const cases: readonly (readonly [what: string, rows: readonly Row[], names: readonly string[], whys: number])[] = [
  ['its own', [live('Staff'), live('Guests')], ['Staff', 'Guests'], 0],
  ['what the ledger knows', [bound('Staff'), {}], ['Staff', 'Policy aaaaaaaa'], 1],
  ['its id where nothing tells it, whole where that is needed', [{}, {}], ['Policy aaaaaaaa', `Policy ${second}`], 2],
  ['told apart by its id where two have it', [live('X'), live('X')], ['X (aaaaaaaa)', `X (${second})`], 2],
  ['what of it can be shown', [live(' a\nb\u2028 '), live('')], ['a b (aaaaaaaa)', 'Policy aaaaaaaa'], 2],
  ['the beginning of one that is too long', [live('x'.repeat(300))], [`${'x'.repeat(200)} (aaaaaaaa)`], 1],
  [
    'that of its document before one that is made up',
    [{ document: 'Mine' }, live('Mine')],
    ['Policy aaaaaaaa', 'Mine'],
    1,
  ],
  [
    'that of its document where two have its own',
    [{ ...live('X'), document: 'X' }, live('X')],
    ['X', 'X (aaaaaaaa)'],
    1,
  ],
  ['its own before that of its document', [{ ...live('New'), document: 'Old' }], ['New'], 0],
  ['another one than a live policy has', [bound('Staff'), live('Staff')], ['Staff (aaaaaaaa)', 'Staff'], 0],
]

describe('the name of a document', () => {
  it.each(cases)('is %s', (_, rows, names, whys) => {
    const policies = rows.map((row, index) => ({ id: ids[index] ?? '', ...row }))
    const found = documentNames(policies)
    expect(policies.map(({ id }) => found.get(id)?.name)).toEqual(names)
    expect([...found.values()].filter(({ why }) => why !== undefined)).toHaveLength(whys)
    expect(documentNames([...policies].reverse())).toEqual(found)
  })

  it('does not take a made-up name from the policy that bears it', () => {
    const found = documentNames([{ id: first }, { id: second, ...live('Policy aaaaaaaa') }])
    expect(found.get(first)?.name).toBe(`Policy ${first}`)
    expect(found.get(second)?.name).toBe('Policy aaaaaaaa')
  })

  it('is nobody else’s while its policy holds nobody', () => {
    const unseen = new Map([['cccccccc-0000-4000-8000-000000000000', 'Staff']])
    const found = documentNames([{ id: first, ...live('Staff') }, { id: second }], unseen)
    expect(found.get(first)?.name).toBe('Staff (aaaaaaaa)')
    expect([...found.keys()]).toEqual([first, second])
    const made = new Map([['cccccccc-0000-4000-8000-000000000000', 'Policy aaaaaaaa']])
    expect(documentNames([{ id: first }], made).get(first)?.name).toBe(`Policy ${first}`)
  })
})
