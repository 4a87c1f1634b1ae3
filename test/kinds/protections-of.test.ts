import { describe, expect, it } from 'vitest'
import { endOf, momentOf } from '../../src/kinds/freeze.ts'
import type { Organization } from '../../src/kinds/organization.ts'
import { protectionsOf } from '../../src/kinds/protections-of.ts'
import type { Protections } from '../../src/kinds/protections.ts'
import type { JsonObject } from '../../src/model/json.ts'

/** Documents as people write them: the types of the schema hold defaults for members, which nobody fills in. */
const organization = (more: JsonObject = {}): Organization => ({
  kind: 'Organization',
  name: 'acme',
  id: '96c9b91d-3eab-41b4-9d9c-09eb84db70cf',
  ...more,
})

const alice = { name: 'alice', email: 'alice@acme.com', logins: ['alice-gh'] }
const bob = { name: 'bob', email: 'bob@acme.com' }

describe('protections', () => {
  it('have defaults', () => {
    expect(protectionsOf(undefined, organization())).toEqual({
      moves: { percent: 10, atLeast: 20 },
      suspensions: { percent: 5, atLeast: 5 },
      minimumOrgAdmins: 2,
      planMinutes: 1440,
      approvals: { suspensions: 0, everything: 0, minutes: 1440, attestations: false, approvers: [] },
      breakGlass: new Set(),
      freeze: [],
    })
  })

  it('are what the document says', () => {
    const said = organization({
      guards: { moves: { percent: 1 }, planExpiresAfter: '2h', externalTestedFor: '7d', minimumOrgAdmins: 0 },
      approvals: { loosening: 0, expiresAfter: '1h', attestations: true, approvers: [alice, bob] },
      breakGlass: ['Root@acme.com', { account: 'out@x.example', mailbox: 'independent' }],
      freeze: [{ from: '2026-12-24', until: '2026-12-24', reason: 'holidays' }],
    })
    expect(protectionsOf(undefined, said)).toMatchObject({
      moves: { percent: 1, atLeast: 20 },
      planMinutes: 120,
      testedMinutes: 10080,
      minimumOrgAdmins: 0,
      approvals: { loosening: 0, minutes: 60, attestations: true, approvers: [alice, { ...bob, logins: [] }] },
      breakGlass: new Set(['root@acme.com', 'out@x.example']),
      freeze: [
        { from: Date.parse('2026-12-24T00:00:00Z'), until: Date.parse('2026-12-25T00:00:00Z'), reason: 'holidays' },
      ],
    })
  })

  type Case = readonly [string, JsonObject, JsonObject, (own: Protections) => unknown, unknown]
  const guards = (more: JsonObject) => ({ guards: more })
  const approvals = (more: JsonObject) => ({ approvals: more })

  it.each<Case>([
    [
      'the lower percent',
      guards({ moves: { percent: 5 } }),
      guards({ moves: { percent: 50 } }),
      own => own.moves.percent,
      5,
    ],
    [
      'the lower number',
      guards({ suspensions: { atLeast: 9 } }),
      guards({ suspensions: { atLeast: 3 } }),
      own => own.suspensions.atLeast,
      3,
    ],
    [
      'each by itself',
      guards({ moves: { percent: 5, atLeast: 99 } }),
      guards({ moves: { percent: 50, atLeast: 1 } }),
      own => own.moves,
      { percent: 5, atLeast: 1 },
    ],
    [
      'a default that is stricter than what is proposed',
      {},
      guards({ moves: { percent: 50 } }),
      own => own.moves.percent,
      10,
    ],
    ['more admins', guards({ minimumOrgAdmins: 3 }), guards({ minimumOrgAdmins: 1 }), own => own.minimumOrgAdmins, 3],
    ['the shorter life of plans', guards({ planExpiresAfter: '1h' }), {}, own => own.planMinutes, 60],
    [
      'the longer test',
      guards({ externalTestedFor: '7d' }),
      guards({ externalTestedFor: '1d' }),
      own => own.testedMinutes,
      10080,
    ],
    ['a test at all', guards({ externalTestedFor: '7d' }), {}, own => own.testedMinutes, 10080],
    [
      'more approvals',
      approvals({ loosening: 2, suspensions: 1 }),
      approvals({ loosening: 1, everything: 1 }),
      own => [own.approvals.loosening, own.approvals.suspensions, own.approvals.everything],
      [2, 1, 1],
    ],
    ['one approval over none declared', approvals({ loosening: 1 }), {}, own => own.approvals.loosening, 1],
    [
      'none declared, which takes a flag, over no approval at all',
      {},
      approvals({ loosening: 0 }),
      own => own.approvals.loosening,
      undefined,
    ],
    [
      'no approval at all where both say so',
      approvals({ loosening: 0 }),
      approvals({ loosening: 0 }),
      own => own.approvals.loosening,
      0,
    ],
    ['the shorter life of approvals', {}, approvals({ expiresAfter: '7d' }), own => own.approvals.minutes, 1440],
    ['attestations with a code', approvals({ attestations: true }), {}, own => own.approvals.attestations, true],
    [
      'approvers of both, with the logins of both',
      approvals({ approvers: [alice, bob] }),
      approvals({ approvers: [{ name: 'alice', email: 'Alice@Acme.com', logins: ['al'] }] }),
      own => own.approvals.approvers,
      [{ name: 'alice', email: 'Alice@Acme.com', logins: ['alice-gh', 'al'] }],
    ],
    [
      'no approver whose address changed',
      approvals({ approvers: [alice] }),
      approvals({ approvers: [{ ...alice, email: 'mallory@acme.com' }] }),
      own => own.approvals.approvers,
      [],
    ],
    ['no approver who is new', {}, approvals({ approvers: [alice] }), own => own.approvals.approvers, []],
    [
      'break-glass accounts of either',
      { breakGlass: ['a@acme.com'] },
      { breakGlass: ['B@acme.com'] },
      own => [...own.breakGlass],
      ['a@acme.com', 'b@acme.com'],
    ],
    [
      'freezes of either',
      { freeze: [{ from: '2026-12-24', until: '2026-12-24' }] },
      { freeze: [{ from: '2026-12-31', until: '2026-12-31' }] },
      own => own.freeze.length,
      2,
    ],
  ])('of what was applied and what is proposed: %s', (_, last, proposed, of, expected) => {
    expect(of(protectionsOf(organization(last), organization(proposed)))).toEqual(expected)
  })
})

describe('moments of a freeze', () => {
  it.each([
    ['2026-12-24', '2026-12-24T00:00:00.000Z', '2026-12-25T00:00:00.000Z'],
    ['2028-02-29', '2028-02-29T00:00:00.000Z', '2028-03-01T00:00:00.000Z'],
    ['2026-12-24T18:00Z', '2026-12-24T18:00:00.000Z', '2026-12-24T18:00:00.000Z'],
    ['2026-12-24T18:00:30+01:00', '2026-12-24T17:00:30.000Z', '2026-12-24T17:00:30.000Z'],
  ])('%s', (text, start, end) => {
    expect([momentOf(text), endOf(text)].map(time => new Date(time ?? NaN).toISOString())).toEqual([start, end])
  })

  it.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-06-31', '2026-12-24T25:00Z', '2026-02-30T10:00Z'])(
    '%s is in no calendar',
    text => {
      expect([momentOf(text), endOf(text)]).toEqual([undefined, undefined])
    },
  )
})
