import { describe, expect, it } from 'vitest'
import type { Assessed } from '../../src/coverage/assess.ts'
import type { Json } from '../../src/model/json.ts'
import { policy } from '../engine/documents.ts'
import { covered, exception, judge, requirement, someone, uncovered, type Someone } from './requiring.ts'

it('what a document leaves out: all of the population, live tokens count, an unmet requirement is an error', async () => {
  const { result, problems } = await judge([requirement()], [...covered(1), ...uncovered(1)])
  expect(result).toMatchObject({ required: 100, tokens: 'live', severity: 'error', met: false, percent: 50 })
  expect(problems).toEqual([['coverage/unmet', 'error']])
})

it.each([
  [undefined, false],
  ['live', false],
  ['possible', false],
  ['ignore', true],
] as const)('a live token of an account that passes a passcode, tokens %s: met %s', async (tokens, met) => {
  const rows = [someone({ level: 'step-up', liveTokens: 1 })]
  expect((await judge([requirement(tokens === undefined ? {} : { tokens })], rows)).result.met).toBe(met)
})

it.each(['error', 'warning', 'note'] as const)('an unmet requirement of severity %s is that', async severity => {
  expect((await judge([requirement({ severity })], uncovered(1))).problems).toEqual([['coverage/unmet', severity]])
})

it('is judged by the level of the time that is asked for', async () => {
  const rows = [someone({ level: 'none', declared: 'step-up' })]
  expect((await judge([requirement()], rows, 'now')).result.met).toBe(false)
  expect((await judge([requirement()], rows, 'declared')).result.met).toBe(true)
})

it('leaves out who is not counted at that time', async () => {
  const gone: Assessed = { ...someone({ level: 'none' }), declared: undefined }
  const rows = [gone, ...covered(1)]
  expect((await judge([requirement()], rows, 'now')).result).toMatchObject({ population: 2, meeting: 1, met: false })
  expect((await judge([requirement()], rows, 'declared')).result).toMatchObject({
    population: 1,
    meeting: 1,
    met: true,
  })
})

describe('percent', () => {
  it.each([
    // meeting, of, percent
    [0, 3, 0],
    [1, 3, 33.33],
    [2, 3, 66.66],
    [3, 3, 100],
    [1, 7, 14.28],
    [1, 8, 12.5],
    [6, 7, 85.71],
    [29, 100, 29],
    [57, 100, 57],
    [999, 1000, 99.9],
    [2999, 3000, 99.96],
    [19_999, 20_000, 99.99],
    [99_999, 100_000, 99.99],
    [1, 20_000, 0],
  ])('%i of %i is %f', async (meeting, of, percent) => {
    const { result } = await judge([requirement()], [...covered(meeting), ...uncovered(of - meeting)])
    expect(result).toMatchObject({ percent, meeting, population: of, met: meeting === of })
  })
})

describe('minimumPercent', () => {
  it.each([
    // meeting, of, asked for, met
    [2, 3, 66.66, true],
    [2, 3, 66.67, false],
    [2, 3, 66.666, true],
    [1, 2, 50, true],
    [1, 2, 50.01, false],
    [999, 1000, 99.9, true],
    [999, 1000, 99.91, false],
    [99_999, 100_000, 100, false],
    [0, 5, 0, true],
    // What is asked for and what there is are the same number, whatever binary fractions make of it.
    [161, 1000, 16.1, true],
    [327, 1000, 32.7, true],
    [649, 1000, 64.9, true],
    [160, 1000, 16.1, false],
  ])('%i of %i, where %f percent are asked for, met: %s', async (meeting, of, minimumPercent, met) => {
    const rows = [...covered(meeting), ...uncovered(of - meeting)]
    const { result, problems } = await judge([requirement({ minimumPercent })], rows)
    expect(result).toMatchObject({ met, required: minimumPercent })
    expect(problems).toEqual(met ? [] : [['coverage/unmet', 'error']])
  })
})

describe('population', () => {
  const admin = 'atlassian/org-admin'
  const staff: Someone = {
    email: 'jo@acme.com',
    accountClass: 'managed',
    policy: 'Staff',
    roles: [admin, 'atlassian/user'],
  }
  const guest: Someone = { email: 'sam@partner.example', accountClass: 'external', policy: 'external' }

  it.each<readonly [string, Json, Someone, boolean]>([
    ['nothing: everybody', {}, staff, true],
    ['nothing: everybody', {}, guest, true],
    ['managed accounts', { accounts: ['managed'] }, staff, true],
    ['managed accounts', { accounts: ['managed'] }, guest, false],
    ['external accounts', { accounts: ['external'] }, guest, true],
    ['external accounts', { accounts: ['external'] }, staff, false],
    ['both classes', { accounts: ['managed', 'external'] }, staff, true],
    ['both classes', { accounts: ['managed', 'external'] }, guest, true],
    ['a role', { roles: [admin] }, staff, true],
    ['a role', { roles: [admin] }, guest, false],
    ['one of the roles', { roles: ['atlassian/site-admin', admin] }, staff, true],
    ['another role', { roles: ['atlassian/site-admin'] }, staff, false],
    ['a domain', { domains: ['acme.com'] }, staff, true],
    ['a domain, case aside', { domains: ['acme.com'] }, { ...staff, email: 'Jo@ACME.com' }, true],
    ['a domain written in capitals', { domains: ['ACME.com'] }, staff, true],
    ['one of the domains', { domains: ['acme.io', 'acme.com'] }, staff, true],
    ['another domain', { domains: ['acme.io'] }, staff, false],
    ['a domain, not one below it', { domains: ['acme.com'] }, { ...staff, email: 'jo@eu.acme.com' }, false],
    ['a domain, not one that ends like it', { domains: ['acme.com'] }, { ...staff, email: 'jo@notacme.com' }, false],
    ['a policy', { policies: ['Staff'] }, staff, true],
    ['one of the policies', { policies: ['Contractors', 'Staff'] }, staff, true],
    ['another policy', { policies: ['Contractors'] }, staff, false],
    [
      'a policy, of an account whose policy is not known',
      { policies: ['Staff'] },
      { ...staff, policy: undefined },
      false,
    ],
    [
      'an authentication policy that is called external',
      { policies: ['external'] },
      { ...staff, policy: 'external' },
      true,
    ],
    ['an authentication policy that is called external', { policies: ['external'] }, guest, false],
    ['all of it', { accounts: ['managed'], roles: [admin], domains: ['acme.com'], policies: ['Staff'] }, staff, true],
    [
      'all but the class',
      { accounts: ['external'], roles: [admin], domains: ['acme.com'], policies: ['Staff'] },
      staff,
      false,
    ],
    [
      'all but the role',
      { accounts: ['managed'], roles: ['x'], domains: ['acme.com'], policies: ['Staff'] },
      staff,
      false,
    ],
    [
      'all but the domain',
      { accounts: ['managed'], roles: [admin], domains: ['acme.io'], policies: ['Staff'] },
      staff,
      false,
    ],
    [
      'all but the policy',
      { accounts: ['managed'], roles: [admin], domains: ['acme.com'], policies: ['Contractors'] },
      staff,
      false,
    ],
  ] as const)('%s: %j, of %j: %s', async (_, population, one, isIn) => {
    const named = ['Staff', 'Contractors', 'external'].map(name => policy(name))
    const { result } = await judge([...named, requirement({ population })], [someone(one)])
    expect(result.population).toBe(isIn ? 1 : 0)
  })

  it.each([0, 100])('that is empty is an error and not met, where %i percent are asked for', async minimumPercent => {
    const text = requirement({ population: { accounts: ['managed'] }, minimumPercent, severity: 'note' })
    const { result, problems } = await judge([text], covered(2))
    expect(result).toMatchObject({ met: false, percent: 0, population: 0, meeting: 0 })
    expect(problems).toEqual([['coverage/empty-population', 'error']])
  })
})

describe('exceptions', () => {
  const short = 'u0@partner.example'

  it('leave the population, case aside, and are listed', async () => {
    const { result, problems } = await judge(
      [requirement(), exception('U0@Partner.example')],
      [...covered(2), ...uncovered(1)],
    )
    expect(result).toMatchObject({ met: true, percent: 100, population: 2, meeting: 2 })
    expect(result.excepted).toEqual([
      {
        account: { accountId: `id-${short}`, email: short },
        exception: 'U0@Partner.example',
        owner: 'alice@acme.com',
        expires: '2027-03-31',
      },
    ])
    expect(problems).toEqual([])
  })

  it('hold for an account whose address the API writes in another case', async () => {
    const rows = [...covered(1), someone({ email: 'U0@Partner.Example' })]
    const { result } = await judge([requirement(), exception(short)], rows)
    expect(result).toMatchObject({ met: true, population: 1 })
    expect(result.excepted).toMatchObject([{ account: { email: 'U0@Partner.Example' }, exception: short }])
  })

  it('do not lower what is asked of the others', async () => {
    const { result } = await judge([requirement(), exception(short)], [...covered(1), ...uncovered(2)])
    expect(result).toMatchObject({ met: false, percent: 50, population: 2, meeting: 1 })
  })

  it('are for one requirement', async () => {
    const other = requirement({ name: 'other', minimumPercent: 0 })
    const texts = [requirement(), other, exception(short, { requirement: 'other' })]
    expect((await judge(texts, [...covered(1), ...uncovered(1)])).result).toMatchObject({ met: false, excepted: [] })
  })

  it('from a difference change no requirement', async () => {
    const difference = { kind: 'ExternalUserPolicy', name: 'external', path: 'settings.apiTokens', account: short }
    const text = JSON.stringify({
      kind: 'Exception',
      name: 'd',
      difference,
      owner: 'alice@acme.com',
      reason: 'a reason',
      expires: '2027-03-31',
    })
    const external = 'kind: ExternalUserPolicy\nname: external\nsettings: { apiTokens: block }'
    expect((await judge([external, requirement(), text], uncovered(1))).result.excepted).toEqual([])
  })

  it('for everybody leave nobody: an error and not met', async () => {
    const { result, problems } = await judge([requirement({ minimumPercent: 0 }), exception(short)], uncovered(1))
    expect(result).toMatchObject({ met: false, percent: 0, population: 0 })
    expect(problems).toEqual([['coverage/empty-population', 'error']])
  })

  it.each([
    ['meets the requirement', 'c0@partner.example'],
    ['is not in the population', 'nobody@partner.example'],
  ])('that nobody needs are a warning: the account %s', async (_, account) => {
    const { problems } = await judge([requirement(), exception(account)], covered(2))
    expect(problems).toEqual([['coverage/exception-unneeded', 'warning']])
  })

  it('are sorted by address, in whatever order the accounts come', async () => {
    const texts = [requirement(), exception('u1@partner.example'), exception(short)]
    const rows = [...uncovered(2), ...covered(1)]
    const emails = async (order: readonly Assessed[]) =>
      (await judge(texts, order)).result.excepted.map(({ account }) => account.email)
    expect(await emails(rows)).toEqual([short, 'u1@partner.example'])
    expect(await emails(rows.toReversed())).toEqual([short, 'u1@partner.example'])
  })
})
