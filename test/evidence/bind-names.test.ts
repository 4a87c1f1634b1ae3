import { describe, expect, it } from 'vitest'
import { idsByName, resolveId, type IdSources } from '../../src/evidence/bind-names.ts'

const none: IdSources = { declared: undefined, bound: undefined, served: new Set(), exported: new Set() }

describe('resolveId', () => {
  it.each<readonly [string, Partial<IdSources>, string | undefined]>([
    ['nothing', {}, undefined],
    ['`id` before the ledger', { declared: 'd', bound: 'b', served: new Set(['s']), exported: new Set(['e']) }, 'd'],
    ['the ledger before a served name', { bound: 'b', served: new Set(['s']), exported: new Set(['e']) }, 'b'],
    ['a served name before an export', { served: new Set(['s']), exported: new Set(['e']) }, 's'],
    ['an export', { exported: new Set(['e']) }, 'e'],
    ['an `id` whatever else is ambiguous', { declared: 'd', served: new Set(['s', 't']) }, 'd'],
    ['a served name where the export is ambiguous', { served: new Set(['s']), exported: new Set(['e', 'f']) }, 's'],
  ])('takes %s', (_, sources, id) => {
    expect(resolveId('P', { ...none, ...sources })).toEqual({ ok: true, value: id, diagnostics: [] })
  })

  it.each<readonly [string, Partial<IdSources>]>([
    ['served', { served: new Set(['t', 's']) }],
    ['exported', { exported: new Set(['t', 's']) }],
  ])('refuses two ids that are %s for one name', (_, sources) => {
    const resolved = resolveId('P', { ...none, ...sources })
    expect(resolved.ok).toBe(false)
    expect(resolved.diagnostics.map(({ code, facts }) => [code, facts])).toEqual([
      ['evidence/ambiguous-binding', { policy: 'P', ids: ['s', 't'] }],
    ])
  })
})

describe('idsByName', () => {
  const now = new Map([
    ['a@acme.com', 'one'],
    ['b@acme.com', 'one'],
    ['c@acme.com', 'two'],
    ['d@acme.com', 'two'],
    ['e@acme.com', 'two'],
  ])
  const joined = (members: Readonly<Record<string, readonly string[]>>) =>
    Object.fromEntries([...idsByName(members, now)].map(([name, ids]) => [name, [...ids]]))

  it.each([
    [
      'joins names and ids on the addresses',
      { P: ['a@acme.com', 'b@acme.com'], Q: ['c@acme.com'] },
      { P: ['one'], Q: ['two'] },
    ],
    ['whatever their case', { P: ['A@ACME.com'] }, { P: ['one'] }],
    [
      'leaves out who is not there any more',
      { P: ['a@acme.com', 'gone@acme.com'], R: ['gone@acme.com'] },
      { P: ['one'], R: [] },
    ],
    [
      'shows every id where the members are in several policies',
      { P: ['a@acme.com', 'c@acme.com'] },
      { P: ['one', 'two'] },
    ],
    // Who was alone in P was moved into Q after the export: that does not make Q's id that of P.
    [
      'does not follow members that were moved',
      { P: ['e@acme.com'], Q: ['c@acme.com', 'd@acme.com'] },
      { P: [], Q: ['two'] },
    ],
    [
      'tells neither where two names have as many members in one policy',
      { P: ['c@acme.com'], Q: ['d@acme.com'] },
      { P: [], Q: [] },
    ],
  ])('%s', (_, members, expected) => {
    expect(joined(members)).toEqual(expected)
  })
})
