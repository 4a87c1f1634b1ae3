import { describe, expect, it } from 'vitest'
import type { Live, LiveObject } from '../../src/kinds/live.ts'
import type { LiveField } from '../../src/model/evidence.ts'
import type { Json, JsonObject } from '../../src/model/json.ts'
import { account, documents, emptyLive, livePolicy, organizationId, planInput, planOf } from './documents.ts'
import { makePlan } from '../../src/engine/make-plan.ts'

const at = '2026-11-24T08:00:00.000Z'
const control = `/admin/control/v1/orgs/${organizationId}`

const policy = (name: string, text = ''): string =>
  `kind: AuthenticationPolicy\nname: ${name}\ndirectory: local\n${text}`

/** An allowlist as the API serves it. */
const served = (
  name: string,
  fields: Readonly<Record<string, Json>>,
  raw: JsonObject = {},
  id = `id-${name}`,
): LiveObject => ({
  address: { kind: 'IpAllowlist', name },
  exists: 'yes',
  id,
  observed: { address: { kind: 'IpAllowlist', name }, id, fields, raw },
  fields: Object.fromEntries(
    Object.entries(fields).map(([path, value]): [string, LiveField] => [
      path,
      { state: 'known', value, evidence: { path, from: 'api', at } },
    ]),
  ),
})

const known = (path: string, value: Json): LiveField => ({
  state: 'known',
  value,
  evidence: { path, from: 'attestation', at },
})

const remembering = (...governed: readonly string[]) => ({
  remembered: { organization: organizationId, governed, policyOf: new Map<string, string>() },
})

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
      remembered: { organization: undefined, governed: undefined, policyOf: new Map([['id-x@acme.com', 'A/B']]) },
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

describe('a move', () => {
  const members = 'members: { everyoneElse: true }'
  const recorded = new Map([
    ['id-b@acme.com', 'P'],
    ['id-a@acme.com', 'P'],
  ])
  const accounts = [account('b@acme.com', 'id-other'), account('a@acme.com', 'id-other')]
  const remembered = { organization: undefined, governed: undefined, policyOf: recorded }

  it('is add-users by email, in batches, in the order of the addresses', async () => {
    const { steps } = planOf(
      await documents(policy('P', members)),
      { ...emptyLive, objects: [livePolicy('P', 'id-P')], accounts },
      { remembered, addUsersBatch: 1 },
    )
    const path = `${control}/auth-policy/id-P/add-users`
    expect(steps.find(({ action }) => action === 'move')).toMatchObject({
      status: 'ready',
      dependsOn: [],
      channel: 'api',
      accounts: [
        { account: { accountId: 'id-a@acme.com', email: 'a@acme.com' }, from: 'id-other' },
        { account: { accountId: 'id-b@acme.com', email: 'b@acme.com' }, from: 'id-other' },
      ],
      requests: [
        { method: 'POST', path, body: { users: ['a@acme.com'] } },
        { method: 'POST', path, body: { users: ['b@acme.com'] } },
      ],
    })
  })

  it('into a policy that does not exist yet waits for its creation, without requests', async () => {
    const { steps } = planOf(
      await documents(policy('P', members)),
      {
        ...emptyLive,
        objects: [{ address: { kind: 'AuthenticationPolicy', name: 'P' }, exists: 'no', fields: {} }],
        accounts,
      },
      { remembered },
    )
    const [creation, move] = steps
    expect(creation).toMatchObject({ id: 'console/create/AuthenticationPolicy/P', channel: 'console', status: 'ready' })
    expect(move).toMatchObject({
      action: 'move',
      status: 'blocked',
      dependsOn: ['console/create/AuthenticationPolicy/P'],
    })
    expect(move).not.toHaveProperty('requests')
    expect(move?.reason).toMatch(/id/)
  })

  it('into a policy that exists but whose id nothing tells is blocked and depends on nothing', async () => {
    const { steps } = planOf(
      await documents(policy('P', members)),
      {
        ...emptyLive,
        objects: [{ address: { kind: 'AuthenticationPolicy', name: 'P' }, exists: 'yes', fields: {} }],
        accounts,
      },
      { remembered },
    )
    expect(steps).toMatchObject([{ action: 'move', status: 'blocked', dependsOn: [] }])
    expect(steps[0]).not.toHaveProperty('requests')
    // The two ways to tell the id.
    expect(steps[0]?.reason).toContain('`id:`')
    expect(steps[0]?.reason).toContain('postern observe')
  })

  it.each([
    ['allow', 'block', 'tightens'],
    ['block', 'allow', 'loosens'],
    ['block', 'block', 'neutral'],
  ])('from a policy with tokens %s into one with %s %s', async (from, to, direction) => {
    const { steps } = planOf(
      await documents(
        policy('From', `settings: { apiTokens: ${from} }`),
        policy('To', `settings: { apiTokens: ${to} }\nmembers: { domains: [acme.com] }`),
      ),
      {
        ...emptyLive,
        objects: [livePolicy('From', 'id-F'), livePolicy('To', 'id-T')],
        accounts: [account('a@acme.com', 'id-F')],
      },
    )
    expect(steps.find(({ action }) => action === 'move')?.direction).toBe(direction)
  })

  it('from a policy that no document declares is of unknown direction', async () => {
    const { steps } = planOf(
      await documents(policy('P', `${members}\nsettings: { apiTokens: block }`)),
      { ...emptyLive, objects: [livePolicy('P', 'id-P')], accounts },
      { remembered },
    )
    expect(steps.find(({ action }) => action === 'move')?.direction).toBe('unknown')
  })

  it('compares the policy that is left as it is known to be, not as its document wants it', async () => {
    const { steps } = planOf(
      await documents(
        policy('From', 'settings: { apiTokens: allow }'),
        policy('To', 'settings: { apiTokens: allow }\nmembers: { domains: [acme.com] }'),
      ),
      {
        ...emptyLive,
        objects: [
          livePolicy('From', 'id-F', { 'settings.apiTokens': known('settings.apiTokens', 'block') }),
          livePolicy('To', 'id-T'),
        ],
        accounts: [account('a@acme.com', 'id-F')],
      },
    )
    expect(steps.find(({ action }) => action === 'move')?.direction).toBe('loosens')
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

describe('an allowlist', () => {
  const live = (...objects: readonly LiveObject[]): Live => ({ ...emptyLive, objects })
  const office = 'kind: IpAllowlist\nname: Office\nranges: [192.0.2.1/32]'

  it('that is written in another spelling of its ranges needs no step', async () => {
    expect(planOf(await documents(office), live(served('Office', { ranges: ['192.0.2.1'] }))).steps).toEqual([])
  })

  it('whose rule is not understood is not written over', async () => {
    const { steps } = planOf(await documents(`${office}\nenabled: true`), live(served('Office', { enabled: false })))
    expect(steps).toMatchObject([{ action: 'update', status: 'blocked', dependsOn: [] }])
    expect(steps[0]?.reason).toContain('`ranges`')
    expect(steps[0]).not.toHaveProperty('requests')
  })

  it('that was never applied is left alone when no document names it', async () => {
    const found = live(served('Foreign', { ranges: ['192.0.2.1'] }))
    expect(planOf(await documents(policy('P')), found).steps.filter(({ action }) => action === 'delete')).toEqual([])
  })

  it('that was applied once is deleted when no document names it any more; that loosens', async () => {
    const { steps } = planOf(
      await documents(office),
      live(served('Office', { ranges: ['192.0.2.1'] }), served('Old', { ranges: ['192.0.2.9'], enabled: true })),
      remembering('IpAllowlist/Office', 'IpAllowlist/Old'),
    )
    expect(steps).toMatchObject([
      {
        id: 'api/delete/IpAllowlist/Old',
        direction: 'loosens',
        changes: [
          { path: 'ranges', before: ['192.0.2.9'], after: null },
          { path: 'enabled', before: true, after: null },
        ],
        requests: [{ method: 'DELETE', path: `${control}/policies/id-Old` }],
      },
    ])
    expect(steps[0]).not.toHaveProperty('source')
  })

  it('that was applied once and is gone already needs no step', async () => {
    const { steps } = planOf(
      await documents(office),
      live(served('Office', { ranges: ['192.0.2.1'] })),
      remembering('IpAllowlist/Old'),
    )
    expect(steps).toEqual([])
  })

  it('is not deleted where two have its name: the ledger does not say which one it was', async () => {
    const desired = await documents(office)
    const made = makePlan(
      planInput(
        desired,
        live(
          served('Office', { ranges: ['192.0.2.1'] }),
          served('Old', { ranges: ['192.0.2.9'] }, {}, 'one'),
          served('Old', { ranges: ['192.0.2.8'] }, {}, 'two'),
        ),
        remembering('IpAllowlist/Old'),
      ),
    )
    expect(made.ok).toBe(false)
    expect(made.diagnostics.map(({ code, facts }) => [code, facts])).toEqual([
      ['plan/two-objects', { kind: 'IpAllowlist', name: 'Old', ids: ['one', 'two'] }],
    ])
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
