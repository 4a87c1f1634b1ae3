import { describe, expect, it } from 'vitest'
import { madeBy, removedBy, revertOf, type RevertInput } from '../../src/engine/revert.ts'
import type { LiveField } from '../../src/model/evidence.ts'
import type { Live, LiveAccount } from '../../src/kinds/live.ts'
import type { JsonObject } from '../../src/model/json.ts'
import type { Step } from '../../src/model/plan.ts'

const step = (rest: Partial<Step>): Step => ({
  id: 'x',
  status: 'ready',
  dependsOn: [],
  channel: 'api',
  action: 'update',
  kind: 'IpAllowlist',
  name: 'Office',
  direction: 'neutral',
  changes: [],
  ...rest,
})

const account = (email: string, rest: Partial<LiveAccount> = {}): LiveAccount =>
  ({
    accountId: `id-${email}`,
    email,
    active: true,
    status: 'active',
    roles: [],
    domain: 'acme.com',
    ...rest,
  }) as LiveAccount

const moving = (email: string, from: string) => ({ account: { accountId: `id-${email}`, email }, from })
/** What the API shows of the allowlist. */
const observed = (fields: JsonObject) => ({
  address: { kind: 'IpAllowlist', name: 'Office' } as const,
  fields: {},
  observed: { address: { kind: 'IpAllowlist', name: 'Office' } as const, id: 'i', fields, raw: {} },
})

/** What evidence shows of the external user policy. */
const shown = (field: LiveField | undefined) => ({
  address: { kind: 'ExternalUserPolicy', name: 'external' } as const,
  fields: field === undefined ? {} : { 'settings.apiTokens': field },
})

interface Given {
  readonly steps: readonly Step[]
  readonly live?: Partial<Pick<Live, 'accounts' | 'externals'>> & { readonly objects?: readonly unknown[] }
  readonly documents?: RevertInput['documents']
  readonly policyOf?: RevertInput['policyOf']
  readonly before?: Partial<RevertInput['before']>
}

const revert = ({ steps, live = {}, documents = {}, policyOf = {}, before = {} }: Given) =>
  revertOf({
    run: 'r',
    steps,
    documents,
    policyOf,
    before: { policyOf: {}, objects: {}, ...before },
    live: { accounts: [], externals: [], objects: [], policyNames: new Map(), ...live } as unknown as Live,
    ids: new Map([
      ['P', 'id-P'],
      ['Q', 'id-Q'],
    ]),
  })

const office = (rest: JsonObject = {}): RevertInput['documents'] => ({
  'IpAllowlist/Office': { kind: 'IpAllowlist', name: 'Office', ranges: ['192.0.2.2'], ...rest },
})
const image = (fields: JsonObject) => ({ objects: { 'IpAllowlist/Office': { id: 'i', fields, raw: {} } } })

describe('an object', () => {
  const changed = step({ changes: [{ path: 'ranges', before: ['192.0.2.1'], after: ['192.0.2.2'] }] })
  const was = image({ ranges: ['192.0.2.1'], enabled: true })

  it.each<readonly [string, Given, RevertInput['documents'], readonly string[], readonly string[]]>([
    [
      'that was changed',
      { steps: [changed], documents: office(), before: was, live: { objects: [observed({ ranges: ['192.0.2.2'] })] } },
      office({ ranges: ['192.0.2.1'] }),
      ['IpAllowlist/Office'],
      [],
    ],
    [
      'that is as it was',
      { steps: [changed], documents: office(), before: was, live: { objects: [observed({ ranges: ['192.0.2.1'] })] } },
      office(),
      [],
      [],
    ],
    [
      'that was changed again',
      { steps: [changed], documents: office(), before: was, live: { objects: [observed({ ranges: ['192.0.2.3'] })] } },
      office(),
      [],
      ['ranges of IpAllowlist/Office: it was changed again since'],
    ],
    [
      'that no document names any more',
      { steps: [changed], before: was, live: { objects: [observed({ ranges: ['192.0.2.2'] })] } },
      {},
      [],
      ['IpAllowlist/Office: it is not governed any more'],
    ],
    [
      'that is gone',
      { steps: [changed], documents: office(), before: was },
      office(),
      [],
      ['IpAllowlist/Office: it is not governed any more'],
    ],
    [
      'whose state was not kept',
      { steps: [changed], documents: office(), live: { objects: [observed({ ranges: ['192.0.2.2'] })] } },
      office(),
      [],
      ['IpAllowlist/Office: its former state was not kept'],
    ],
    [
      'that was made',
      {
        steps: [step({ action: 'create', changes: [{ path: 'ranges', after: ['192.0.2.2'] }] })],
        documents: office(),
        live: { objects: [observed({ ranges: ['192.0.2.2'] })] },
      },
      {},
      ['IpAllowlist/Office'],
      [],
    ],
    [
      'that was made with a part of its resources',
      {
        steps: [step({ action: 'create', changes: [{ path: 'resources', after: ['a', 'b'] }] })],
        live: { objects: [observed({ resources: ['b'] })] },
      },
      {},
      ['IpAllowlist/Office'],
      [],
    ],
    [
      'that was removed',
      { steps: [step({ action: 'delete' })], before: was },
      { 'IpAllowlist/Office': { kind: 'IpAllowlist', name: 'Office', ranges: ['192.0.2.1'], enabled: true } },
      ['IpAllowlist/Office'],
      [],
    ],
    [
      'that was removed and is there again',
      { steps: [step({ action: 'delete' })], before: was, live: { objects: [observed({ ranges: [] })] } },
      {},
      [],
      ['IpAllowlist/Office: there is an object of that name again'],
    ],
  ])('%s', (_, given, documents, addresses, left) => {
    const reverted = revert(given)
    expect(reverted.documents).toEqual(documents)
    expect([...reverted.part.addresses]).toEqual(addresses)
    expect(reverted.notReverted.map(({ what, why }) => `${what}: ${why}`)).toEqual(left)
  })

  it('that was removed or made is told as a document, for it has to be looked for', () => {
    expect(removedBy({ steps: [step({ action: 'delete' }), changed], before: { policyOf: {}, ...was } })).toEqual({
      'IpAllowlist/Office': { kind: 'IpAllowlist', name: 'Office', ranges: ['192.0.2.1'], enabled: true },
    })
    const made = step({ action: 'create', changes: [{ path: 'ranges', after: ['192.0.2.2'] }] })
    expect(madeBy([made, { ...made, channel: 'console' }, changed])).toEqual(office())
  })
})

describe('a setting of the console', () => {
  const known = (value: string): LiveField => ({ state: 'known', value, evidence: [] as never })
  const documents = {
    'ExternalUserPolicy/external': { kind: 'ExternalUserPolicy', name: 'external', settings: { apiTokens: 'block' } },
  }
  const setting = (rest: Partial<Step>, before: string | undefined): Step =>
    step({
      channel: 'console',
      kind: 'ExternalUserPolicy',
      name: 'external',
      changes: [{ path: 'settings.apiTokens', ...(before !== undefined && { before }), after: 'block' }],
      ...rest,
    })

  it.each<readonly [string, Step, LiveField | undefined, 'allow' | 'block', readonly string[]]>([
    ['that was changed', setting({}, 'allow'), known('block'), 'allow', []],
    ['that nobody changed', setting({}, 'allow'), known('allow'), 'block', []],
    ['that nobody knows now', setting({}, 'allow'), { state: 'unknown' }, 'allow', []],
    ['that was confirmed to be so', setting({ action: 'confirm' }, 'block'), known('block'), 'block', []],
    ['of which nobody knows what it was', setting({ action: 'confirm' }, undefined), undefined, 'block', []],
    [
      'that was set where nobody knows what it was',
      setting({ action: 'confirm' }, undefined),
      known('block'),
      'block',
      ['settings.apiTokens of ExternalUserPolicy/external: what it was before is not known'],
    ],
    [
      'of a policy that a person made',
      setting({ action: 'create' }, undefined),
      undefined,
      'block',
      ['ExternalUserPolicy/external: only the console can delete a policy: move its members away first'],
    ],
  ])('%s', (_, given, field, value, left) => {
    const reverted = revert({ steps: [given], documents, live: { objects: [shown(field)] } })
    expect(reverted.documents['ExternalUserPolicy/external']).toMatchObject({ settings: { apiTokens: value } })
    expect(reverted.part.addresses.size).toBe(value === 'allow' ? 1 : 0)
    expect(reverted.notReverted.map(({ what, why }) => `${what}: ${why}`)).toEqual(left)
  })
})

describe('a move', () => {
  const move = step({ action: 'move', kind: 'AuthenticationPolicy', name: 'P', accounts: [moving('a@acme.com', 'Q')] })
  const before = { policyOf: { 'id-a@acme.com': 'id-Q' } }

  it.each<readonly [string, readonly LiveAccount[], Given['before'], readonly string[], readonly string[]]>([
    ['is turned around', [account('a@acme.com', { policyId: 'id-P' })], before, ['Q: a@acme.com from P'], []],
    ['that was turned around already', [account('a@acme.com', { policyId: 'id-Q' })], before, [], []],
    [
      'that somebody carried on',
      [account('a@acme.com', { policyId: 'id-R' })],
      before,
      [],
      ['a@acme.com: it was changed again since'],
    ],
    ['of an account that is gone', [], before, [], ['a@acme.com: it is no active managed account any more']],
    [
      'of an account that is not active',
      [account('a@acme.com', { policyId: 'id-P', active: false })],
      before,
      [],
      ['a@acme.com: it is no active managed account any more'],
    ],
    [
      'whose origin was not kept',
      [account('a@acme.com', { policyId: 'id-P' })],
      {},
      [],
      ['a@acme.com: the policy that it came from was not kept'],
    ],
    [
      'out of a policy that no document names',
      [account('a@acme.com', { policyId: 'id-P' })],
      { policyOf: { 'id-a@acme.com': 'id-R' } },
      [],
      ['a@acme.com: the policy id-R that it came from is in no document'],
    ],
  ])('%s', (_, accounts, kept, moves, left) => {
    const { part, notReverted } = revert({
      steps: [move],
      live: { accounts },
      policyOf: { 'id-a@acme.com': 'P' },
      ...(kept && { before: kept }),
    })
    expect(
      [...part.moves].flatMap(([into, list]) =>
        list.map(({ account: { email }, from }) => `${into}: ${email} from ${from}`),
      ),
    ).toEqual(moves)
    expect(part.claimed.get('id-a@acme.com')).toBe(moves.length === 0 ? 'P' : 'Q')
    expect(notReverted.map(({ what, why }) => `${what}: ${why}`)).toEqual(left)
  })
})

describe('access', () => {
  const given = (action: 'suspend' | 'restore', rest: Partial<LiveAccount>, breakGlass: readonly string[] = []) =>
    revert({
      steps: [
        step({ action, kind: 'ExternalUserPolicy', name: 'external', accounts: [moving('e@b.example', 'active')] }),
      ],
      documents: { 'Organization/acme': { kind: 'Organization', name: 'acme', id: 'x', breakGlass } },
      live: { externals: [account('e@b.example', { roles: [], products: ['jira'], ...rest })] },
    })

  it.each([
    ['that was taken is given back', 'suspend', 'suspended', ['e@b.example the run r suspended it'], []],
    ['that was taken and given back is left', 'suspend', 'active', [], []],
    ['that was given back is taken', 'restore', 'active', [], ['e@b.example the run r gave it its access back']],
    ['that was given back and taken is left', 'restore', 'suspended', [], []],
  ] as const)('%s', (_, action, status, restore, suspend) => {
    const { part } = given(action, { status })
    const told = (list: typeof part.suspend) => list.map(({ account: { email }, because }) => `${email} ${because}`)
    expect([told(part.restore), told(part.suspend)]).toEqual([restore, suspend])
  })

  it.each([
    ['an organization admin', { status: 'active', roles: ['atlassian/org-admin'] }, []],
    ['a break-glass account', { status: 'active' }, ['e@b.example']],
  ] as const)('is never taken from %s', (_, rest, breakGlass) => {
    const { part, notReverted } = given('restore', rest, breakGlass)
    expect(part.suspend).toEqual([])
    expect(notReverted).toMatchObject([{ what: 'e@b.example', why: expect.stringContaining('never taken') as string }])
  })
})

it('what the run did not touch is not in it', () => {
  const { part, documents } = revert({ steps: [], documents: office(), policyOf: { a: 'P' } })
  expect([part.addresses.size, part.moves.size, documents]).toEqual([0, 0, office()])
})
