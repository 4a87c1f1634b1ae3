import { describe, expect, it } from 'vitest'
import { wordsOf } from '../../src/diagnostics/to-document.ts'
import { readInventory } from '../../src/lambda/inventory.ts'

const one = { id: 'a1', name: 'Acme', folder: 'organizations/acme' }
const other = { id: 'b2', name: 'Beta', folder: 'organizations/beta' }
const read = (list: unknown, only: readonly string[] = []) => readInventory(JSON.stringify(list), only)
const told = (list: unknown, only: readonly string[] = []): readonly string[] =>
  read(list, only).diagnostics.map(found => wordsOf(found).summary)

describe('an inventory', () => {
  it('is sorted by id, and an organization has its id for a ledger unless told otherwise', () => {
    const read1 = read([{ ...other, ledger: 'emea/beta' }, one])
    expect(read1.ok && read1.value).toEqual([
      { ...one, ledger: 'a1' },
      { ...other, ledger: 'emea/beta' },
    ])
    expect(read([one, other])).toEqual(read([other, one]))
  })

  it('may be narrowed to some', () => {
    const some = read([one, other], ['b2'])
    expect(some.ok && some.value.map(({ id }) => id)).toEqual(['b2'])
  })

  const refusals: readonly (readonly [string, unknown, readonly string[]])[] = [
    ['no list', { organizations: [] }, ['inventory.json: it must be a list of organizations']],
    ['nothing', [], ['inventory.json: it names no organization: an empty fleet is never in sync']],
    ['a text', ['acme'], ['[0]: must be an object with `id`, `name` and `folder`']],
    [
      'an entry without anything',
      [{}],
      [
        '[0].id: must be the id of an organization: small letters, digits and `-`',
        '[0].name: must be a text',
        '[0].folder: must be a relative path of plain names, without `.` and `..`',
        '[0].ledger: must be a relative path of plain names, without `.` and `..`',
      ],
    ],
    [
      'a member that is not known',
      [{ ...one, key: 'x' }],
      ['[0].key: is not known; an entry has id, name, folder, ledger'],
    ],
    [
      'an organization twice',
      [one, { ...other, id: 'a1', ledger: 'b' }],
      ['[1].id: the organization of entry [0] again'],
    ],
    [
      'a folder inside another',
      [one, { ...other, folder: 'organizations/acme/beta' }],
      ['[1].folder: lies in `organizations/acme`, the folder of entry [0]: each organization has its own'],
    ],
    [
      'one ledger for two, and one inside',
      [
        { ...one, ledger: 'x' },
        { ...other, ledger: 'x' },
        { id: 'c3', name: 'C', folder: 'c', ledger: 'x/y' },
        { id: 'd4', name: 'D', folder: 'd', ledger: 'x-y' },
      ],
      [
        '[1].ledger: lies in `x`, the ledger of entry [0]: each organization has its own',
        '[2].ledger: lies in `x`, the ledger of entry [0]: each organization has its own',
      ],
    ],
    ...['../b', '/b', 'a//b', 'a/./b', 'a/..', 'a\\b', 'a.', 's3://x'].map(
      folder =>
        [
          `the folder ${folder}`,
          [{ ...one, folder }],
          ['[0].folder: must be a relative path of plain names, without `.` and `..`'],
        ] as const,
    ),
  ]
  it.each(refusals)('with %s is refused', (_, list, problems) => {
    expect(told(list)).toEqual(problems)
    expect(read(list).ok).toBe(false)
  })

  it('that is no JSON, or too long, is refused', () => {
    expect(readInventory('[').ok).toBe(false)
    expect(told(Array.from({ length: 10_001 }, () => one))).toEqual([
      'inventory.json: it names 10001 organizations; at most 10000',
    ])
  })

  it('that lacks one which was asked for is refused', () => {
    expect(told([one], ['zz'])).toEqual(['organizations: `zz` is not in the inventory'])
  })
})
