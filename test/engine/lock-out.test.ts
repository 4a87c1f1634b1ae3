import { describe, expect, it } from 'vitest'
import type { Role, SignIn } from '../../src/engine/lock-out/lock-out.ts'
import { reachable } from '../../src/engine/lock-out/reachable.ts'
import { signIn } from '../../src/engine/lock-out/sign-in.ts'
import {
  type AccountState,
  type Effect,
  type ExternalState,
  type PolicyState,
  type World,
} from '../../src/engine/lock-out/world.ts'
import { external, managed, worldOf } from './lock-out-world.ts'

const inPolicy = (policy: PolicyState, expired: readonly string[] = []): World =>
  worldOf({
    policies: new Map([['P', policy]]),
    expired: new Map(expired.map(name => [name, '2026-11-23'])),
  })

const enforced: PolicyState = { singleSignOn: 'enforced', provider: 'okta', directoryProvider: 'okta' }
const free: SignIn = { can: 'yes', through: null }
const viaOkta: SignIn = { can: 'yes', through: 'okta' }

const judged = (world: World, state: AccountState, role: Role = 'admin') => {
  const { can, through, reason } = signIn({ world, state }, role)
  expect((reason === undefined) === (can === 'yes')).toBe(true)
  return { can, ...(through !== undefined && { through }) }
}

describe('a managed account', () => {
  it.each<readonly [string, World, AccountState, Role, object]>([
    ['without single sign-on', inPolicy({ singleSignOn: 'off' }), managed(), 'admin', free],
    ['with it', inPolicy(enforced), managed(), 'admin', viaOkta],
    [
      'with it, at the identity provider of the directory',
      inPolicy({ ...enforced, provider: undefined }),
      managed(),
      'admin',
      viaOkta,
    ],
    [
      'with it, at an unknown one',
      inPolicy({ singleSignOn: 'enforced' }),
      managed({ home: undefined }),
      'admin',
      { can: 'yes' },
    ],
    [
      'with it, at an unknown one, where a certificate ended',
      inPolicy({ singleSignOn: 'enforced' }, ['okta']),
      managed({ home: undefined }),
      'admin',
      { can: 'unknown' },
    ],
    ['with it, where the certificate ended', inPolicy(enforced, ['okta']), managed(), 'admin', { can: 'no' }],
    ['with it, where that of another ended', inPolicy(enforced, ['azure']), managed(), 'admin', viaOkta],
    ['with it, and not of its directory', inPolicy(enforced), managed({ home: null }), 'admin', { can: 'no' }],
    [
      'with it, of the directory of another',
      inPolicy(enforced),
      managed({ home: 'azure' }),
      'admin',
      { can: 'unknown' },
    ],
    ['with it, for break-glass', inPolicy(enforced), managed(), 'break-glass', { can: 'no' }],
    ['where nothing is known', inPolicy({ directoryProvider: 'okta' }), managed(), 'admin', { can: 'yes' }],
    [
      'where nothing is known, for break-glass',
      inPolicy({ directoryProvider: 'okta' }),
      managed(),
      'break-glass',
      { can: 'unknown' },
    ],
    [
      'where nothing is known, and the certificate ended',
      inPolicy({ directoryProvider: 'okta' }, ['okta']),
      managed(),
      'admin',
      { can: 'unknown' },
    ],
    [
      'where nothing is known in a directory without a provider',
      inPolicy({ directoryProvider: null }, ['okta']),
      managed(),
      'break-glass',
      free,
    ],
    ['in a policy that nobody knows', worldOf(), managed(), 'admin', { can: 'unknown' }],
    ['in no known policy', worldOf(), managed({ policy: undefined }), 'admin', { can: 'unknown' }],
    ['that is suspended', inPolicy({ singleSignOn: 'off' }), managed({ shut: 'suspended' }), 'admin', { can: 'no' }],
  ])('%s', (_, world, state, role, expected) => {
    expect(judged(world, state, role)).toEqual(expected)
  })
})

describe('an external account', () => {
  const asked = (method: ExternalState['method'], changes: Partial<World> = {}) =>
    worldOf({ external: { method }, ...changes })
  const tested = { test: { method: 'single-sign-on' }, testUsers: new Set(['x@partner.example']) } as const

  it.each<readonly [string, World, AccountState, Role, object]>([
    ['asked for nothing', asked('none'), external(), 'break-glass', free],
    ['asked for a passcode', asked('one-time-passcode'), external(), 'admin', free],
    [
      'asked for a passcode, for break-glass',
      asked('one-time-passcode'),
      external(),
      'break-glass',
      { can: 'unknown' },
    ],
    [
      'with an independent mailbox',
      asked('one-time-passcode'),
      external({ mailbox: 'independent' }),
      'break-glass',
      free,
    ],
    [
      'with a dependent mailbox',
      asked('one-time-passcode'),
      external({ mailbox: 'dependent' }),
      'break-glass',
      { can: 'no' },
    ],
    [
      'with a dependent mailbox, as an admin',
      asked('one-time-passcode'),
      external({ mailbox: 'dependent' }),
      'admin',
      { can: 'yes' },
    ],
    ['sent to single sign-on', asked('single-sign-on'), external(), 'admin', { can: 'no' }],
    ['of which nothing is known', asked(undefined), external(), 'admin', { can: 'unknown' }],
    ['in the test policy', asked('none', tested), external(), 'admin', { can: 'no' }],
    [
      'that may be in the test policy',
      asked('none', { ...tested, testUsers: new Set(), maybeTestUsers: tested.testUsers }),
      external(),
      'admin',
      { can: 'unknown' },
    ],
    ['that is not in the test policy', asked('none', { ...tested, testUsers: new Set() }), external(), 'admin', free],
    ['that is suspended', asked('none'), external({ shut: 'suspended' }), 'admin', { can: 'no' }],
  ])('%s', (_, world, state, role, expected) => {
    expect(judged(world, state, role)).toEqual(expected)
  })
})

describe('what a plan can lead to', () => {
  const world = worldOf({
    policies: new Map<string, PolicyState>([
      ['P', { singleSignOn: 'off', directoryProvider: 'okta' }],
      ['Q', { singleSignOn: 'off', directoryProvider: null }],
    ]),
    expired: new Map([['okta', '2026-11-23']]),
  })
  const out: Effect = { step: 'out', type: 'move', accounts: new Set(['a']), into: 'Q' }
  const on: Effect = { step: 'on', type: 'policy', policy: 'P', set: { singleSignOn: 'enforced', provider: 'okta' } }
  const other: Effect = { step: 'other', type: 'policy', policy: 'R', set: { singleSignOn: 'enforced' } }
  const reached = (effects: readonly Effect[], dependsOn: Readonly<Record<string, readonly string[]>> = {}) =>
    reachable(effects, new Map(Object.entries(dependsOn)))({ world, state: managed() }, 'admin').map(
      ({ step, can }) => [step, can],
    )

  it.each([
    ['nothing', [], {}, []],
    ['a step that does not concern it', [other], {}, []],
    [
      'single sign-on before it is out',
      [on, out],
      {},
      [
        ['on', 'no'],
        ['out', 'yes'],
      ],
    ],
    ['it is out first', [on, out], { on: ['out'] }, [['out', 'yes']]],
    ['it is out first, by way of another step', [on, out], { on: ['between'], between: ['out'] }, [['out', 'yes']]],
    ['it waits for a step that does not concern it', [on], { on: ['other'], other: [] }, [['on', 'no']]],
  ] as const)('%s', (_, effects, dependsOn, expected) => {
    expect(reached(effects, dependsOn)).toEqual(expected)
  })
})
