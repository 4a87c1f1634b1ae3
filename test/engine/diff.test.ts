import { describe, expect, it } from 'vitest'
import { diff } from '../../src/engine/diff.ts'
import type { LiveObject } from '../../src/kinds/live.ts'
import type { Resource } from '../../src/kinds/resource.ts'
import type { LiveField } from '../../src/model/evidence.ts'
import type { Json } from '../../src/model/json.ts'
import { documents } from './documents.ts'

const at = '2026-11-24T07:00:00.000Z'
const evidence = (path: string, from: 'attestation' | 'api') => ({ path, from, at })

const known = (path: string, value: Json, from: 'attestation' | 'api' = 'attestation'): LiveField => ({
  state: 'known',
  value,
  evidence: evidence(path, from),
})
const stale = (path: string, value: Json): LiveField => ({
  state: 'stale',
  value,
  evidence: evidence(path, 'attestation'),
  because: { reason: 'expired', after: '90d' },
})
const unknown: LiveField = { state: 'unknown' }

async function policy(text: string): Promise<Resource> {
  const { AuthenticationPolicy } = await documents(`kind: AuthenticationPolicy\nname: P\ndirectory: local\n${text}`)
  return AuthenticationPolicy[0] as Resource
}

async function allowlist(text: string): Promise<Resource> {
  const { IpAllowlist } = await documents(`kind: IpAllowlist\nname: P\n${text}`)
  return IpAllowlist[0] as Resource
}

const live = (fields: LiveObject['fields'], exists: LiveObject['exists'] = 'yes'): LiveObject => ({
  address: { kind: 'AuthenticationPolicy', name: 'P' },
  exists,
  fields,
})

const tokens = 'settings.apiTokens'
const enabled = await allowlist('ranges: [192.0.2.1]\nenabled: true')
const blocked = await policy('settings: { apiTokens: block }')

describe('a console field', () => {
  it.each([
    ['known and equal', known(tokens, 'block'), []],
    [
      'known and different',
      known(tokens, 'allow'),
      [['console', 'update', { path: tokens, before: 'allow', after: 'block' }]],
    ],
    [
      'stale and equal',
      stale(tokens, 'block'),
      [['console', 'confirm', { path: tokens, before: 'block', after: 'block', state: 'stale' }]],
    ],
    [
      'stale and different',
      stale(tokens, 'allow'),
      [['console', 'confirm', { path: tokens, before: 'allow', after: 'block', state: 'stale' }]],
    ],
    ['unknown', unknown, [['console', 'confirm', { path: tokens, after: 'block', state: 'unverified' }]]],
  ])('that is %s', (_, field, expected) => {
    const { changes } = diff(blocked, live({ [tokens]: field }))
    expect(
      changes.map(({ channel, change }) => [channel, change.action, ...('fields' in change ? change.fields : [])]),
    ).toEqual(expected)
  })

  it('is in sync only where it is known, and names its evidence', () => {
    expect(diff(blocked, live({ [tokens]: known(tokens, 'block') })).inSync).toEqual([
      {
        kind: 'AuthenticationPolicy',
        name: 'P',
        path: tokens,
        value: 'block',
        evidence: [evidence(tokens, 'attestation')],
      },
    ])
    expect(diff(blocked, live({ [tokens]: stale(tokens, 'block') })).inSync).toEqual([])
    expect(diff(blocked, live({})).inSync).toEqual([])
  })

  it('is listed as unverified or stale until it is known', () => {
    const states = (field: LiveField | undefined) =>
      diff(blocked, live(field === undefined ? {} : { [tokens]: field })).unverified.map(item => [
        item.path,
        item.state,
        item.evidence?.length,
      ])
    expect(states(undefined)).toEqual([[tokens, 'unverified', undefined]])
    expect(states(unknown)).toEqual([[tokens, 'unverified', undefined]])
    expect(states(stale(tokens, 'allow'))).toEqual([[tokens, 'stale', 1]])
    expect(states(known(tokens, 'allow'))).toEqual([])
  })

  it('that the document leaves out is neither compared nor shown', () => {
    const path = 'settings.idleSession'
    for (const field of [known(path, '1h'), stale(path, '1h'), unknown]) {
      const { changes, inSync, unverified } = diff(blocked, live({ [tokens]: known(tokens, 'block'), [path]: field }))
      expect([changes, inSync.map(item => item.path), unverified]).toEqual([[], [tokens], []])
    }
  })

  it('compares as the kind says', async () => {
    const path = 'settings.idleSession'
    const { changes } = diff(await policy('settings: { idleSession: 24h }'), live({ [path]: known(path, '1d') }))
    expect(changes).toEqual([])
  })
})

describe('a field of the API', () => {
  it.each([
    ['equal', known('enabled', true, 'api'), []],
    ['different', known('enabled', false, 'api'), [['api', 'update', ['enabled']]]],
    // Nobody can confirm what the API serves in a form that is not understood: it is reported, not guessed.
    ['not understood', unknown, []],
  ])('that is %s', (_, field, expected) => {
    const fields = { enabled: field, ranges: known('ranges', ['192.0.2.1'], 'api') }
    const { changes } = diff(enabled, live(fields))
    expect(
      changes.map(({ channel, change }) => [
        channel,
        change.action,
        'fields' in change ? change.fields.map(({ path }) => path) : [],
      ]),
    ).toEqual(expected)
  })

  it('that is not understood is never in sync', () => {
    const { inSync, unverified } = diff(enabled, live({ ranges: known('ranges', ['192.0.2.1'], 'api') }))
    expect(inSync.map(({ path }) => path)).toEqual(['ranges'])
    expect(unverified.map(({ path }) => path)).toEqual(['enabled'])
  })
})

describe('an object', () => {
  it('that is not there is created in the channel that can make it', async () => {
    const channels = [blocked, await allowlist('ranges: [192.0.2.1]')].map(resource =>
      diff(resource, live({}, 'no')).changes.map(({ channel, change }) => [channel, change.action]),
    )
    expect(channels).toEqual([[['console', 'create']], [['api', 'create']]])
  })

  it('that is not there proves nothing', () => {
    const { inSync, unverified } = diff(blocked, live({ [tokens]: known(tokens, 'block') }, 'no'))
    expect([inSync, unverified]).toEqual([[], []])
  })

  it('has one update and one confirmation where some fields differ and others are not known', async () => {
    const resource = await policy('settings: { apiTokens: block, idleSession: 1h, thirdPartyLogin: block }')
    const { changes } = diff(
      resource,
      live({
        [tokens]: known(tokens, 'allow'),
        'settings.thirdPartyLogin': known('settings.thirdPartyLogin', 'block'),
      }),
    )
    expect(
      changes.map(({ change }) => [change.action, 'fields' in change ? change.fields.map(({ path }) => path) : []]),
    ).toEqual([
      ['update', [tokens]],
      ['confirm', ['settings.idleSession']],
    ])
  })

  it('is renamed where its id found it under another name', async () => {
    const resource = await policy('id: 90781be9-0863-45f0-92b9-1612379ffa5c')
    expect(diff(resource, live({ name: known('name', 'Old') })).changes).toEqual([
      {
        channel: 'console',
        change: {
          action: 'update',
          address: { kind: 'AuthenticationPolicy', name: 'P' },
          fields: [{ path: 'name', before: 'Old', after: 'P' }],
        },
      },
    ])
    expect(diff(resource, live({})).changes).toEqual([])
  })

  it('never has its members compared: they are moves', async () => {
    expect(diff(await policy('members: { everyoneElse: true }'), live({})).changes).toEqual([])
  })
})
