import { describe, expect, it } from 'vitest'
import { fieldState, isFromTheFuture, mergeFacts } from '../../src/evidence/field-state.ts'
import type { Fact } from '../../src/model/evidence.ts'
import type { Json } from '../../src/model/json.ts'

const now = new Date('2026-11-24T08:00:00.000Z')
const validity = { now, expiresAfter: '90d' }
const day = 86_400_000

const ago = (milliseconds: number): string => new Date(now.getTime() - milliseconds).toISOString()

const fact = (value: Json, at: string, from: Fact['from'] = 'attestation', by?: string): Fact => ({
  address: { kind: 'ExternalUserPolicy', name: 'external' },
  path: 'settings.apiTokens',
  value,
  from,
  at,
  ...(by !== undefined && { by }),
})

describe('fieldState', () => {
  it.each<readonly [string, readonly Fact[], readonly [state: string, value?: Json]]>([
    ['without facts', [], ['unknown']],
    ['a fact', [fact('block', ago(0))], ['known', 'block']],
    ['the newest wins', [fact('block', ago(2 * day)), fact('allow', ago(day))], ['known', 'allow']],
    [
      'a newer attestation over an older export',
      [fact('block', ago(2 * day), 'export'), fact('allow', ago(day))],
      ['known', 'allow'],
    ],
    [
      'a newer export over an older attestation',
      [fact('block', ago(day), 'export'), fact('allow', ago(2 * day))],
      ['known', 'block'],
    ],
    [
      'at equal time the export over the attestation',
      [fact('allow', ago(day)), fact('block', ago(day), 'export')],
      ['known', 'block'],
    ],
    [
      'equal times in different spellings',
      [fact('allow', '2026-11-23T09:00:00+01:00'), fact('block', ago(day), 'export')],
      ['known', 'block'],
    ],
    ['on the last moment of its life', [fact('block', ago(90 * day))], ['known', 'block']],
    ['after it', [fact('block', ago(90 * day + 1))], ['stale', 'block']],
    ['a fact of the future', [fact('block', ago(-day))], ['unknown']],
    [
      'a fact of the future beside one of the past',
      [fact('block', ago(-day)), fact('allow', ago(day))],
      ['known', 'allow'],
    ],
    ['a fact within what two clocks may differ', [fact('block', ago(-5 * 60_000))], ['known', 'block']],
    ['a fact beyond that', [fact('block', ago(-5 * 60_000 - 1))], ['unknown']],
    ['a fact without a time', [fact('block', 'yesterday')], ['unknown']],
  ])('%s', (_, facts, [state, value]) => {
    for (const order of [facts, [...facts].reverse()]) {
      const found = fieldState(order, validity)
      expect([found.state, ...('value' in found ? [found.value] : [])]).toEqual(
        value === undefined ? [state] : [state, value],
      )
    }
  })

  it('names the evidence: from where, when, by whom', () => {
    expect(fieldState([fact('block', ago(day), 'attestation', 'alice')], validity)).toEqual({
      state: 'known',
      value: 'block',
      evidence: { path: 'settings.apiTokens', from: 'attestation', at: ago(day), by: 'alice' },
    })
  })

  it('says why a fact is stale', () => {
    expect(fieldState([fact('block', ago(91 * day))], validity)).toMatchObject({
      state: 'stale',
      because: { reason: 'expired', after: '90d' },
    })
  })

  it('lets a fact expire when the documents say', () => {
    expect(fieldState([fact('block', ago(2 * day))], { now, expiresAfter: '1d' }).state).toBe('stale')
    expect(fieldState([fact('block', ago(2 * day))], { now, expiresAfter: '3d' }).state).toBe('known')
  })
})

describe('mergeFacts', () => {
  const merged = (stored: readonly Fact[], added: readonly Fact[]) =>
    mergeFacts(stored, added, now).map(({ value, from, at }) => [value, from, at])

  it('keeps the newest fact of each source about a field', () => {
    expect(
      merged([fact('a', ago(3)), fact('b', ago(9), 'export')], [fact('c', ago(2)), fact('d', ago(8), 'export')]),
    ).toEqual([
      ['c', 'attestation', ago(2)],
      ['d', 'export', ago(8)],
    ])
  })

  it('lets an older export change nothing', () => {
    expect(merged([fact('a', ago(3), 'export')], [fact('b', ago(4), 'export')])).toEqual([['a', 'export', ago(3)]])
  })

  it('takes the later statement of one moment', () => {
    expect(merged([fact('a', ago(3))], [fact('b', ago(3))])).toEqual([['b', 'attestation', ago(3)]])
  })

  it('replaces a fact of the future, which a wrong clock left: else it could never be attested again', () => {
    expect(merged([fact('a', ago(-day))], [fact('b', ago(0))])).toEqual([['b', 'attestation', ago(0)]])
  })

  it('keeps fields and objects apart', () => {
    const others = [
      { ...fact('b', ago(1)), path: 'settings.sessionDuration' },
      { ...fact('c', ago(1)), address: { kind: 'ExternalUserPolicy', name: 'test' } },
      { ...fact('d', ago(1)), address: { kind: 'AuthenticationPolicy', name: 'external' } },
    ]
    expect(mergeFacts([fact('a', ago(1))], others, now)).toHaveLength(4)
  })

  it('has one order, whatever came first', () => {
    const facts = [fact('a', ago(1)), fact('b', ago(1), 'export'), { ...fact('c', ago(1)), path: 'testUsers' }]
    expect(mergeFacts([], [...facts].reverse(), now)).toEqual(mergeFacts(facts, [], now))
  })
})

describe('isFromTheFuture', () => {
  it.each([
    [0, false],
    [5 * 60_000, false],
    [5 * 60_000 + 1, true],
  ])('%i ms ahead: %s', (ahead, expected) => {
    expect(isFromTheFuture({ at: ago(-ahead) }, now)).toBe(expected)
  })
})
