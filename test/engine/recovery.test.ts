import { describe, expect, it } from 'vitest'
import { recoveryOf } from '../../src/engine/recovery.ts'
import type { SavedPlan, Step } from '../../src/model/plan.ts'
import type { Undo } from '../../src/model/recovery.ts'
import { organizationId } from './documents.ts'
import { allowlist, move, organization, page, people, place, savedPlan, step, suspend } from './recovery-plan.ts'

const recovery = (steps: readonly Step[], more: Partial<SavedPlan> = {}) =>
  recoveryOf(savedPlan(steps, more), organization, place)

const undo = (steps: readonly Step[], more: Partial<SavedPlan> = {}): readonly Undo[] =>
  recovery(steps, more)?.undo ?? []

const base = `https://admin.example/o/${organizationId}`
const ranges = (before: readonly string[] | null, after: readonly string[] | null) => ({
  path: 'ranges',
  before,
  after,
})

describe('what needs a card', () => {
  const loosening = step({ action: 'move', kind: 'AuthenticationPolicy', name: 'Rest', direction: 'loosens' })
  const staffToRest = { ...loosening, accounts: people(1).map(account => ({ account, from: 'Staff behind Okta' })) }

  it.each<readonly [string, readonly Step[], readonly string[]]>([
    ['nothing', [], []],
    ['a stricter policy', [move(1)], ['move']],
    ['a policy of which nobody knows whether it is stricter', [move(1, 'p-x', { direction: 'unknown' })], ['move']],
    ['a policy that loosens and tightens', [move(1, 'Rest', { direction: 'loosens' })], ['move']],
    ['a weaker policy', [staffToRest], []],
    ['a policy as strict', [move(1, 'Staff behind Okta', { direction: 'neutral' })], []],
    ['a move that waits for its policy', [move(1, 'Rest', { status: 'blocked' })], []],
    ['a suspension', [suspend], ['suspend']],
    ['access that is given back', [{ ...suspend, action: 'restore', direction: 'loosens' }], []],
    ['a new allowlist', [allowlist('create', [ranges(null, ['192.0.2.0/24'])])], ['create']],
    ['fewer addresses', [allowlist('update', [ranges(['192.0.2.1', '192.0.2.2'], ['192.0.2.1'])])], ['update']],
    ['other addresses', [allowlist('update', [ranges(['192.0.2.1'], ['192.0.2.2'])])], ['update']],
    ['more addresses', [allowlist('update', [ranges(['192.0.2.1'], ['192.0.2.1', '192.0.2.2'])])], []],
    ['an allowlist that goes', [allowlist('delete', [ranges(['192.0.2.1'], null)])], []],
    [
      'one that goes beside something stricter',
      [suspend, allowlist('delete', [ranges(['192.0.2.1'], null)])],
      ['delete', 'suspend'],
    ],
    [
      'one that was off and goes',
      [suspend, allowlist('delete', [{ path: 'enabled', before: false, after: null }])],
      ['suspend'],
    ],
    ['a stricter setting', [page('update', 'settings.authorizationMethod', 'none', 'one-time-passcode')], ['update']],
    ['a weaker setting', [page('update', 'settings.apiTokens', 'block', 'allow')], []],
    ['a setting without an order', [page('update', 'settings.identityProvider', 'a', 'b')], []],
    ['a page to look at', [page('confirm', 'settings.apiTokens', undefined, 'block')], []],
    [
      'a page to look at beside it',
      [page('confirm', 'settings.apiTokens', undefined, 'block'), suspend],
      ['suspend', 'confirm'],
    ],
    [
      'a page that cannot become stricter',
      [page('confirm', 'settings.apiTokens', undefined, 'allow'), suspend],
      ['suspend'],
    ],
    ['a field that nobody knows', [page('update', 'settings.aroma', 'a', 'b')], []],
  ])('%s', (_, steps, actions) => {
    expect(undo(steps).map(({ action }) => action)).toEqual(actions)
    expect(recovery(steps) === undefined).toBe(actions.length === 0)
  })
})

describe('the undo', () => {
  it('of moves is by the policy that each account was in, with its page', () => {
    const [one, two, three, four] = people(4)
    if (!one || !two || !three || !four) throw new Error('not four')
    const accounts = [
      { account: one, from: 'Rest' },
      { account: two, from: 'p-hidden' },
      { account: three, from: 'Rest' },
      { account: four, from: 'unknown' },
    ]
    const before = { policyOf: { [two.accountId]: 'p-hidden' }, objects: {} }
    const [found] = undo([move(0, 'Rest', { accounts })], { before })
    expect(found?.parts).toEqual([
      {
        url: `${base}/authentication-policies/p-rest`,
        clicks: ['Security', 'Authentication policies', 'Rest'],
        policy: 'Rest',
        accounts: [one, three],
        settings: [],
      },
      {
        // The console does not list ids.
        url: `${base}/authentication-policies/p-hidden`,
        clicks: ['Security', 'Authentication policies'],
        policy: 'p-hidden',
        accounts: [two],
        settings: [],
      },
      {
        url: `${base}/authentication-policies`,
        clicks: ['Security', 'Authentication policies'],
        accounts: [four],
        settings: [],
      },
    ])
  })

  it('of a suspension names whom to give access back', () => {
    expect(undo([suspend])[0]?.parts).toEqual([
      {
        url: `${base}/users`,
        clicks: ['Directory', 'Users'],
        accounts: [{ accountId: 'x', email: 'sam@partner.example' }],
        settings: [],
      },
    ])
  })

  it.each([
    ['create', [ranges(null, ['192.0.2.0/24'])], [], ['203.0.113.0/24', '2001:db8::/48'], ['Office']],
    [
      'update',
      [
        ranges(['192.0.2.1', '192.0.2.2'], ['192.0.2.1']),
        { path: 'enabled', before: false, after: true },
        { path: 'allowMobileBypass', after: false },
      ],
      [
        { label: 'Addresses', was: ['192.0.2.1', '192.0.2.2'] },
        { label: 'Status', was: ['off'] },
        { label: 'Mobile bypass' },
      ],
      ['203.0.113.0/24', '2001:db8::/48'],
      ['Office'],
    ],
    [
      'delete',
      [
        ranges(['192.0.2.1'], null),
        { path: 'resources', before: [], after: null },
        { path: 'enabled', before: true, after: null },
      ],
      [
        { label: 'Addresses', was: ['192.0.2.1'] },
        { label: 'Sites', was: ['none'] },
        { label: 'Status', was: ['on'] },
      ],
      [],
      [],
    ],
  ] as const)('of an allowlist: %s', (action, changes, settings, letsIn, clicked) => {
    const found = undo([allowlist(action, changes), suspend]).find(({ kind }) => kind === 'IpAllowlist')
    expect(found).toMatchObject({
      letsIn,
      parts: [{ url: `${base}/ip-allowlists`, clicks: ['Security', 'IP allowlists', ...clicked], settings }],
    })
  })

  it('of a page is what each setting was, where that is known', () => {
    const known = page('update', 'settings.authorizationMethod', 'none', 'one-time-passcode')
    const unknown = page('confirm', 'settings.apiTokens', undefined, 'block')
    expect(undo([known, unknown]).map(({ parts }) => parts[0]?.settings)).toEqual([
      [{ label: 'A setting' }],
      [{ label: 'A setting', was: ['none'] }],
    ])
  })

  it('comes the last step first', () => {
    expect(undo([move(1), suspend]).map(({ action }) => action)).toEqual(['suspend', 'move'])
  })
})

describe('who and where', () => {
  it('are the people of the plan, with what is declared of their mail', () => {
    const found = recovery([suspend])
    expect(found?.admins).toEqual([{ email: 'ada@acme.com' }, { email: 'bo@acme.com' }])
    expect(found?.breakGlass).toEqual([
      { email: 'root@acme.com' },
      { email: 'root@acme-emergency.example', mailbox: 'independent' },
    ])
  })

  it('names the policies under single sign-on that the run touches, each once', () => {
    const sso = { path: 'settings.singleSignOn', before: 'off', after: 'enforced' }
    const staff = page('update', 'settings.singleSignOn', 'off', 'enforced')
    const set = { ...staff, kind: 'AuthenticationPolicy', name: 'Staff behind Okta', changes: [sso] }
    for (const steps of [[move(1)], [set], [set, move(1)]]) {
      expect(recovery(steps)?.singleSignOn).toEqual([
        {
          policy: 'Staff behind Okta',
          url: `${base}/authentication-policies/p-staff`,
          clicks: ['Security', 'Authentication policies', 'Staff behind Okta', 'Edit'],
        },
      ])
    }
    expect(recovery([suspend])?.singleSignOn).toEqual([])
  })
})
