import { describe, expect, it } from 'vitest'
import type { Live } from '../../src/kinds/live.ts'
import {
  account,
  documents,
  emptyLive,
  known,
  livePolicy,
  organizationId,
  planOf,
  policy,
  remembering,
  served,
} from './documents.ts'

describe('ids', () => {
  it('name channel, action, kind and name, and are unique', async () => {
    const desired = await documents(
      policy('A/B', 'settings: { apiTokens: block, idleSession: 1h }\nmembers: { everyoneElse: true }'),
      'kind: ExternalUserPolicy\nname: external\nsettings: { apiTokens: block }',
      'kind: IpAllowlist\nname: Office\nranges: [192.0.2.1]',
    )
    const live: Live = {
      ...emptyLive,
      objects: [
        livePolicy('A/B', 'id-A', { 'settings.apiTokens': known('settings.apiTokens', 'allow') }),
        { address: { kind: 'IpAllowlist', name: 'Office' }, exists: 'no', fields: {} },
      ],
      accounts: [account('x@acme.com', 'id-B')],
    }
    const { steps } = planOf(desired, live, {
      remembered: {
        governed: undefined,
        policyOf: new Map([['id-x@acme.com', 'A/B']]),
        suspended: new Map(),
      },
    })
    expect(steps.map(({ id }) => id)).toEqual([
      'console/update/AuthenticationPolicy/A/B',
      'console/confirm/AuthenticationPolicy/A/B',
      'api/move/AuthenticationPolicy/A/B',
      'console/confirm/ExternalUserPolicy/external',
      'api/create/IpAllowlist/Office',
    ])
  })
})

describe('order', () => {
  it('is by kind, then name, then what must come first, whatever the order of documents', async () => {
    const texts = [
      'kind: IpAllowlist\nname: B\nranges: [192.0.2.1]\nenabled: true',
      'kind: IpAllowlist\nname: a\nranges: [192.0.2.1]\nenabled: true',
      'kind: ExternalUserPolicy\nname: test\nsettings: { apiTokens: block }',
      'kind: ExternalUserPolicy\nname: external\nsettings: { apiTokens: block }',
      policy('Z', 'members: { everyoneElse: true }'),
      policy('Ä'),
    ]
    const live: Live = {
      ...emptyLive,
      objects: [
        { address: { kind: 'AuthenticationPolicy', name: 'Z' }, exists: 'no', fields: {} },
        { address: { kind: 'AuthenticationPolicy', name: 'Ä' }, exists: 'no', fields: {} },
        served('B', { ranges: ['192.0.2.1'], enabled: false }),
        served('gone', { ranges: ['192.0.2.9'] }),
        { address: { kind: 'IpAllowlist', name: 'a' }, exists: 'no', fields: {} },
      ],
    }
    const ids = async (order: readonly string[]) =>
      planOf(await documents(...order), live, remembering('IpAllowlist/gone')).steps.map(({ id }) => id)
    const expected = [
      'console/create/AuthenticationPolicy/Z',
      'console/create/AuthenticationPolicy/Ä',
      'console/confirm/ExternalUserPolicy/external',
      'console/confirm/ExternalUserPolicy/test',
      'api/update/IpAllowlist/B',
      'api/create/IpAllowlist/a',
      'api/delete/IpAllowlist/gone',
    ]
    expect(await ids(texts)).toEqual(expected)
    expect(await ids([...texts].reverse())).toEqual(expected)
  })
})

describe('a console step', () => {
  it('gives the page, the clicks, each setting from and to, and how it is verified', async () => {
    const desired = await documents(policy('P', 'settings: { apiTokens: block, idleSession: 1h }'))
    const live = {
      ...emptyLive,
      objects: [
        {
          ...livePolicy('P', 'id-P', {
            'settings.apiTokens': known('settings.apiTokens', 'allow'),
            'settings.idleSession': known('settings.idleSession', '30d'),
          }),
          accounts: 3,
        },
      ],
    }
    const [step] = planOf(desired, live).steps
    expect(step).toMatchObject({
      channel: 'console',
      action: 'update',
      direction: 'tightens',
      changes: [
        { path: 'settings.idleSession', before: '30d', after: '1h' },
        { path: 'settings.apiTokens', before: 'allow', after: 'block' },
      ],
      console: {
        url: `https://admin.example/o/${organizationId}/authentication-policies/id-P`,
        settings: [
          { path: 'settings.idleSession', from: '30d', to: '1h' },
          { path: 'settings.apiTokens', from: 'allow', to: 'block' },
        ],
        affects: '3 accounts',
      },
    })
    expect(step?.console?.clicks).toContain('P')
    expect(step?.console?.verify).toEqual(['postern observe members.csv', 'postern attest AuthenticationPolicy/P'])
    expect(step).not.toHaveProperty('requests')
  })

  it('points at the first field it is about', async () => {
    const text = policy('P', 'settings:\n  apiTokens: block')
    const [step] = planOf(await documents(text), { ...emptyLive, objects: [livePolicy('P', 'id-P')] }).steps
    const start = step?.source?.column ?? 0
    const [resource] = (await documents(text)).AuthenticationPolicy
    expect(start).toBe(resource?.locate(['settings', 'apiTokens']).start)
  })
})

it('no api step comes without a basis, and no console step with requests', async () => {
  const { steps } = planOf(
    await documents(
      policy('P', 'settings: { apiTokens: block }\nmembers: { domains: [acme.com] }'),
      policy('Q', 'members: { everyoneElse: true }'),
      'kind: IpAllowlist\nname: Office\nranges: [192.0.2.1]',
    ),
    {
      ...emptyLive,
      objects: [livePolicy('P', 'id-P'), livePolicy('Q', 'id-Q'), served('Office', { ranges: ['192.0.2.2'] })],
      accounts: [account('a@acme.com', 'id-Q')],
    },
  )
  expect(steps.map(({ channel, basis, requests }) => [channel, basis !== undefined, requests !== undefined])).toEqual([
    ['console', false, false],
    ['api', true, true],
    ['api', true, true],
  ])
})
