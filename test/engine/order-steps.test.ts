import { describe, expect, it } from 'vitest'
import { orderSteps } from '../../src/engine/order-steps.ts'
import type { LiveObject } from '../../src/kinds/live.ts'
import type { FieldChange } from '../../src/model/change.ts'
import type { Step } from '../../src/model/plan.ts'
import { documents, known } from './documents.ts'
import { step } from './guards/input.ts'

const nothing = await documents()

const settings = (name: string, changes: readonly FieldChange[], action: 'update' | 'confirm' | 'create' = 'update') =>
  step({ channel: 'console', action, name, changes })

const change = (path: string, before: FieldChange['before'], after: FieldChange['after']): FieldChange => ({
  path: `settings.${path}`,
  ...(before !== undefined && { before }),
  after,
})

const move = (name: string, from: string, ...emails: readonly string[]) =>
  step({
    action: 'move',
    name,
    accounts: emails.map(email => ({ account: { accountId: email, email }, from })),
  })

const policyOf = (name: string, fields: Readonly<Record<string, string>> = {}): LiveObject => ({
  address: { kind: 'AuthenticationPolicy', name },
  exists: 'yes',
  id: `id-${name}`,
  fields: Object.fromEntries(
    Object.entries(fields).map(([setting, value]) => [`settings.${setting}`, known(`settings.${setting}`, value)]),
  ),
})

const allowlist = (
  name: string,
  action: 'create' | 'update' | 'delete',
  ranges: readonly [readonly string[] | null, readonly string[] | null],
  rest: Partial<Step> = {},
) =>
  step({
    kind: 'IpAllowlist',
    name,
    action,
    changes: [{ path: 'ranges', before: ranges[0], after: ranges[1] }],
    ...rest,
  })

const site = 'ari:cloud:jira::site/1'

const servedAt = (name: string, ...resources: readonly string[]): LiveObject => ({
  address: { kind: 'IpAllowlist', name },
  exists: 'yes',
  fields: { resources: { state: 'known', value: resources, evidence: { path: 'resources', from: 'api', at: '' } } },
})

const order = (steps: readonly Step[], objects: readonly LiveObject[] = [], precious: readonly string[] = ['root']) =>
  orderSteps({ steps, desired: nothing, live: { objects }, precious: new Set(precious) })

const shape = (steps: readonly Step[]) =>
  steps.map(({ action, name, status, dependsOn }) => `${action} ${name} ${status} ${dependsOn.length}`)

const sso = change('singleSignOn', 'off', 'enforced')

describe('single sign-on in a policy', () => {
  it.each([
    [
      'waits for a break-glass account to leave',
      [settings('P', [sso]), move('Q', 'P', 'root')],
      ['move Q ready 0', 'update P blocked 1'],
    ],
    [
      'waits where it may be enforced already, too',
      [settings('P', [change('singleSignOn', undefined, 'enforced')], 'confirm'), move('Q', 'P', 'root')],
      ['move Q ready 0', 'confirm P blocked 1'],
    ],
    ['does not wait for others', [settings('P', [sso]), move('Q', 'P', 'x')], ['update P ready 0', 'move Q ready 0']],
    [
      'does not wait for who leaves another policy',
      [settings('P', [sso]), move('Q', 'R', 'root')],
      ['update P ready 0', 'move Q ready 0'],
    ],
    [
      'does not wait where it is switched off',
      [settings('P', [change('singleSignOn', 'enforced', 'off')]), move('Q', 'P', 'root')],
      ['update P ready 0', 'move Q ready 0'],
    ],
  ])('%s', (_, steps, expected) => {
    expect(shape(order(steps))).toEqual(expected)
  })

  it('is blocked with a reason that names the step', () => {
    const [, blocked] = order([settings('P', [sso]), move('Q', 'P', 'root')])
    expect(blocked?.reason).toContain('do this once “move AuthenticationPolicy Q” is applied')
    expect(blocked?.dependsOn).toEqual(['api/move/AuthenticationPolicy/Q'])
  })
})

describe('a move into a policy', () => {
  const strict = policyOf('From', { apiTokens: 'block', idleSession: '1h' })

  it.each([
    [
      'waits until it is tightened, where it is weaker than what is left',
      [change('apiTokens', 'allow', 'block')],
      strict,
      'blocked',
    ],
    ['waits for a duration, too', [change('idleSession', '30d', '8h')], strict, 'blocked'],
    [
      'does not wait where what is left is as weak',
      [change('apiTokens', 'allow', 'block')],
      policyOf('From', { apiTokens: 'allow' }),
      'ready',
    ],
    [
      'does not wait where nothing is known of what is left',
      [change('apiTokens', 'allow', 'block')],
      policyOf('From'),
      'ready',
    ],
    ['does not wait where the change loosens', [change('apiTokens', 'block', 'allow')], strict, 'ready'],
    ['does not wait for a setting without an order', [change('identityProvider', 'a', 'b')], strict, 'ready'],
  ] as const)('%s', (_, changes, left, status) => {
    const moved = order([settings('P', changes), move('P', 'From', 'x')], [left]).find(
      ({ action }) => action === 'move',
    )
    expect(moved?.status).toBe(status)
    expect(moved?.dependsOn).toEqual(status === 'blocked' ? ['console/update/AuthenticationPolicy/P'] : [])
    expect(moved?.reason?.startsWith('waits until evidence shows')).toBe(status === 'blocked' ? true : undefined)
  })

  it('is not held back by what is only to be confirmed', () => {
    const steps = [settings('P', [change('apiTokens', undefined, 'block')], 'confirm'), move('P', 'From', 'x')]
    expect(order(steps, [strict]).every(({ status }) => status === 'ready')).toBe(true)
  })
})

describe('loosening a policy', () => {
  const into = policyOf('Into', { apiTokens: 'block' })

  it.each([
    ['waits for who leaves it for a stricter one', [change('apiTokens', 'block', 'allow')], into, 'blocked'],
    [
      'does not wait where the other is as weak',
      [change('apiTokens', 'block', 'allow')],
      policyOf('Into', { apiTokens: 'allow' }),
      'ready',
    ],
    [
      'does not wait where nothing is known of the other',
      [change('apiTokens', 'block', 'allow')],
      policyOf('Into'),
      'ready',
    ],
    ['does not wait where it tightens', [change('apiTokens', 'allow', 'block')], into, 'ready'],
  ] as const)('%s', (_, changes, other, status) => {
    const steps = order([settings('P', changes), move('Into', 'P', 'x')], [other, policyOf('P')])
    expect(steps.find(({ action }) => action === 'update')?.status).toBe(status)
  })
})

describe('allowlists of one site', () => {
  const [wide, narrow] = [['192.0.2.0/24', '198.51.100.0/24'], ['192.0.2.0/24']]
  const created = allowlist('New', 'create', [null, ['198.51.100.0/24']], {
    changes: [
      { path: 'ranges', before: null, after: ['198.51.100.0/24'] },
      { path: 'resources', before: null, after: [site] },
    ],
  })

  it.each([
    [
      'a new one comes before one is deleted',
      [allowlist('Alt', 'delete', [wide, null]), created],
      [servedAt('Alt', site)],
      ['create New', 'delete Alt'],
    ],
    [
      'a new one comes before one is narrowed',
      [allowlist('Alt', 'update', [wide, narrow]), created],
      [servedAt('Alt', site)],
      ['create New', 'update Alt'],
    ],
    [
      'one that gains comes before one that loses',
      [allowlist('A', 'update', [wide, narrow]), allowlist('B', 'update', [narrow, wide])],
      [servedAt('A', site), servedAt('B', site)],
      ['update B', 'update A'],
    ],
    [
      'those of other sites do not matter',
      [allowlist('A', 'update', [wide, narrow]), allowlist('B', 'update', [narrow, wide])],
      [servedAt('A', site), servedAt('B', 'other')],
      ['update A', 'update B'],
    ],
    [
      'two that both gain and lose go by name',
      [allowlist('A', 'update', [wide, ['203.0.113.1']]), allowlist('B', 'update', [narrow, ['203.0.113.2']])],
      [servedAt('A', site), servedAt('B', site)],
      ['update B', 'update A'],
    ],
  ] as const)('%s', (_, steps, objects, expected) => {
    const sorted = order(steps, objects)
    expect(sorted.map(({ action, name }) => `${action} ${name}`)).toEqual(expected)
    expect(sorted.every(({ status }) => status === 'ready')).toBe(true)
  })

  it('where the one that comes first is blocked, the other waits, too', () => {
    const stuck = { ...created, status: 'blocked' as const, reason: 'r' }
    const [, last] = order([allowlist('Alt', 'delete', [wide, null]), stuck], [servedAt('Alt', site)])
    expect([last?.status, last?.reason?.includes('waits for “create IpAllowlist New”')]).toEqual(['blocked', true])
  })
})

describe('rules that contradict each other', () => {
  // Two policies change places, and both are tightened: no order is perfect.
  const steps = [settings('P', [sso]), settings('Q', [sso]), move('Q', 'P', 'root'), move('P', 'Q', 'root2')]
  const objects = [policyOf('P', { singleSignOn: 'enforced' }), policyOf('Q', { singleSignOn: 'enforced' })]

  it('never close a circle, and whatever the order they came in the result is the same', () => {
    const sorted = order(steps, objects, ['root', 'root2'])
    const place = new Map(sorted.map(({ id }, index) => [id, index]))
    for (const { id, dependsOn } of sorted)
      for (const other of dependsOn) expect(place.get(other)).toBeLessThan(place.get(id) ?? -1)
    expect(order([...steps].reverse(), objects, ['root', 'root2'])).toEqual(sorted)
    expect(sorted.some(({ dependsOn }) => dependsOn.length > 0)).toBe(true)
  })
})

it('keeps ids, reasons and dependencies that were there', () => {
  const creation = settings('P', [], 'create')
  const blocked = { ...move('P', 'From', 'x'), status: 'blocked' as const, reason: 'no id', dependsOn: [creation.id] }
  expect(order([blocked, creation])).toEqual([creation, blocked])
})
