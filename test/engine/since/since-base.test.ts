import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { guardCodes, guardCounts } from '../../../src/engine/guards/index.ts'
import { allOfChange, sinceBase, type PlanParts } from '../../../src/engine/since/since-base.ts'
import type { CoverageSummary } from '../../../src/model/coverage.ts'
import type { GuardResult, Step } from '../../../src/model/plan.ts'

const summary = (managed: number): CoverageSummary => ({
  totals: { accounts: managed, managed, external: 0 },
  levels: { none: managed, optional: 0, 'step-up': 0, 'two-step': 0, 'sso-mfa': 0 },
  tokens: 'unknown',
  requirements: [],
})

const parts = (steps: readonly Step[], guards: readonly GuardResult[] = []): PlanParts => ({
  steps,
  guards,
  coverage: { before: summary(1), after: summary(2) },
  noticed: { diagnostics: [], texts: new Map() },
})

type Values = Readonly<Record<string, string | number | readonly string[]>>

function step(
  action: Step['action'],
  values: Values = {},
  emails: readonly string[] = [],
  rest: Partial<Step> = {},
): Step {
  const kind = action === 'move' ? 'AuthenticationPolicy' : 'IpAllowlist'
  return {
    id: `api/${action}/${kind}/P`,
    status: 'ready',
    dependsOn: [],
    channel: 'api',
    action,
    kind,
    name: 'P',
    direction: 'neutral',
    changes: Object.entries(values).map(([path, after]) => ({ path, before: null, after })),
    ...(emails.length > 0 && {
      accounts: emails.map(email => ({ account: { accountId: `id-${email}`, email: `${email}@acme.com` }, from: 'Q' })),
    }),
    ...rest,
  }
}

const account = (name: string) => ({ accountId: `id-${name}`, email: `${name}@acme.com` })

describe('where a step comes from', () => {
  it.each<[string, Step, readonly Step[], object]>([
    ['a step that is new', step('update', { a: 1 }), [], { origin: 'change' }],
    ['the same step', step('update', { a: 1 }), [step('update', { a: 1 })], { origin: 'before' }],
    [
      'a step of another object',
      step('update', { a: 1 }),
      [step('update', { a: 1 }, [], { id: 'x' })],
      { origin: 'change' },
    ],
    [
      'the same values, another state',
      step('update', { a: 1 }, [], { status: 'blocked', dependsOn: ['x'], direction: 'loosens' }),
      [step('update', { a: 1 })],
      { origin: 'before' },
    ],
    ['a part of what was pending', step('update', { a: 1 }), [step('update', { a: 1, b: 2 })], { origin: 'before' }],
    [
      'more than what was pending',
      step('update', { a: 1, b: 2 }),
      [step('update', { a: 1 })],
      { origin: 'both', paths: ['b'] },
    ],
    [
      'another value',
      step('update', { a: 1, b: 2 }),
      [step('update', { a: 1, b: 3 })],
      { origin: 'both', paths: ['b'] },
    ],
    ['nothing but other values', step('update', { a: 1 }), [step('update', { a: 2 })], { origin: 'change' }],
    [
      'a list in another order',
      step('update', { ranges: ['192.0.2.1', '192.0.2.2'] }),
      [step('update', { ranges: ['192.0.2.2', '192.0.2.1'] })],
      { origin: 'before' },
    ],
    [
      'an object that is made otherwise',
      step('create', { a: 1 }),
      [step('create', { a: 2 })],
      { origin: 'both', paths: ['a'] },
    ],
    ['an object without settings', step('create'), [step('create')], { origin: 'before' }],
    ['accounts that moved before', step('move', {}, ['jo']), [step('move', {}, ['jo', 'bob'])], { origin: 'before' }],
    [
      'one account more',
      step('move', {}, ['jo', 'bob']),
      [step('move', {}, ['jo'])],
      { origin: 'both', accounts: [account('bob')] },
    ],
    ['other accounts', step('move', {}, ['jo']), [step('move', {}, ['bob'])], { origin: 'change' }],
  ])('%s', (_, head, base, expected) => {
    expect(sinceBase(parts([head]), parts(base)).steps).toEqual([{ id: head.id, ...expected }])
  })

  it('an account without an id is known by its address, whatever its case', () => {
    const moving = (email: string) => step('move', {}, [], { accounts: [{ account: { email }, from: 'Q' }] })
    expect(sinceBase(parts([moving('Jo@acme.com')]), parts([moving('jo@acme.com')])).steps[0]?.origin).toBe('before')
  })
})

describe('what is withdrawn', () => {
  const withdrawn = (head: readonly Step[], base: readonly Step[]) =>
    sinceBase(parts(head), parts(base)).withdrawn.map(({ action, changes }) => [
      action,
      changes.map(({ path }) => path),
    ])

  it.each<[string, readonly Step[], readonly Step[], readonly unknown[]]>([
    ['a step that is gone', [], [step('update', { a: 1, b: 2 })], [['update', ['a', 'b']]]],
    ['a field that is set no more', [step('update', { a: 1 })], [step('update', { a: 1, b: 2 })], [['update', ['b']]]],
    ['no field that is set to another value', [step('update', { a: 2 })], [step('update', { a: 1 })], []],
    ['nor by another step', [step('confirm', { a: 2 })], [step('update', { a: 1 })], []],
    ['an object that is made no more', [], [step('create', { a: 1 })], [['create', ['a']]]],
    ['an object that stays', [step('update', { a: 1 })], [step('delete', { a: 0, b: 0 })], [['delete', ['a', 'b']]]],
    ['a move', [], [step('move', {}, ['jo'])], [['move', []]]],
    ['nothing of a move that goes on', [step('move', {}, ['jo'])], [step('move', {}, ['jo', 'bob'])], []],
  ])('%s', (_, head, base, expected) => expect(withdrawn(head, base)).toEqual(expected))
})

const guard = (status: GuardResult['status'], text = 'x', code = 'loosens'): GuardResult => ({
  code,
  status,
  summary: text,
})

describe('what blocks', () => {
  it.each<[string, readonly GuardResult[], readonly GuardResult[], readonly string[]]>([
    ['what passes is not told', [guard('passed')], [guard('blocks')], []],
    ['it blocked before', [guard('blocks')], [guard('blocks')], ['loosens before']],
    ['it did not', [guard('blocks')], [guard('passed')], ['loosens change']],
    ['it did because of something else', [guard('blocks', 'y')], [guard('blocks')], ['loosens change']],
  ])('%s', (_, head, base, expected) => {
    const { guards } = sinceBase(parts([], head), parts([], base))
    expect(guards.map(({ code, origin }) => `${code} ${origin}`)).toEqual(expected)
  })
})

describe('a guard that counts steps', () => {
  const suspend = (...emails: readonly string[]) => step('suspend', {}, emails)
  const more = (direction: Step['direction'], action: Step['action'] = 'update') =>
    step(action, { b: 1 }, [], { id: 'more', direction })
  const others = suspend('bob', 'jo')

  it.each<[string, readonly Step[], readonly Step[], string, 'before' | 'change']>([
    ['the same', [suspend('jo')], [suspend('jo')], 'suspends', 'before'],
    ['fewer of them', [suspend('jo')], [others], 'suspends', 'before'],
    ['somebody else', [suspend('bob')], [suspend('jo')], 'suspends', 'change'],
    ['somebody else, too', [others], [suspend('jo')], 'suspends', 'change'],
    ['somebody else', [suspend('bob')], [suspend('jo')], 'too-many-suspensions', 'change'],
    ['one moved', [suspend('jo'), step('move', {}, ['bob'])], [suspend('jo')], 'suspends', 'before'],
    ['other moves', [step('move', {}, ['jo'])], [step('move', {}, ['bob'])], 'too-many-moves', 'change'],
    ['a suspension', [others], [suspend('jo')], 'too-many-moves', 'before'],
    ['what loosens', [more('loosens')], [], 'loosens', 'change'],
    ['what may', [more('unknown')], [], 'loosens', 'change'],
    ['what is only looked at', [{ ...more('unknown', 'confirm'), channel: 'console' }], [], 'loosens', 'before'],
    ['what tightens', [more('tightens')], [], 'loosens', 'before'],
    ['a removal', [more('neutral', 'delete')], [], 'loosens', 'change'],
    ['anything', [more('tightens')], [], 'needs-approval', 'change'],
    ['nothing', [], [more('tightens')], 'needs-approval', 'before'],
    ['what no guard counts', [more('loosens')], [], 'empty-live', 'before'],
  ])('that blocked before: with %s', (_, head, base, code, origin) => {
    const blocks = [guard('blocks', 'the same words', code)]
    expect(sinceBase(parts(head, blocks), parts(base, blocks)).guards).toEqual([{ code, origin }])
  })

  it('never blocked before where the change brings a step that it counts', () => {
    const anyStep = fc
      .record({
        action: fc.constantFrom<Step['action']>('create', 'update', 'delete', 'move', 'suspend', 'restore', 'confirm'),
        direction: fc.constantFrom<Step['direction']>('tightens', 'loosens', 'neutral', 'unknown'),
        channel: fc.constantFrom<Step['channel']>('api', 'console'),
        value: fc.nat(1),
        emails: fc.uniqueArray(fc.constantFrom('jo', 'bob', 'sam')),
      })
      .map(({ action, value, emails, ...rest }) =>
        ['move', 'suspend', 'restore'].includes(action)
          ? step(action, {}, emails, rest)
          : step(action, { a: value }, [], rest),
      )
    const steps = fc.uniqueArray(anyStep, { selector: ({ id }) => id, maxLength: 4 })
    fc.assert(
      fc.property(steps, steps, (head, base) => {
        const blocks = guardCodes.map(code => guard('blocks', 'x', code))
        const since = sinceBase(parts(head, blocks), parts(base, blocks))
        const brought = head.filter((_, index) => since.steps[index]?.origin !== 'before')
        for (const { code, origin } of since.guards)
          expect([code, origin]).toEqual([code, brought.some(each => guardCounts(code, each)) ? 'change' : 'before'])
      }),
    )
  })
})

describe('coverage', () => {
  it('is that of everything that is pending without the change; where that is not known, that of now', () => {
    const base = { ...parts([]), coverage: { before: summary(3), after: summary(4) } }
    expect(sinceBase(parts([]), base).coverage).toEqual(summary(4))
    expect(allOfChange(parts([]), 'no-plan').coverage).toEqual(summary(1))
  })
})

describe('where nothing can be told apart', () => {
  it('everything is the change', () => {
    const { steps, guards, unknown, withdrawn, diagnosticsBefore } = allOfChange(
      parts([step('update', { a: 1 })], [guard('blocks'), guard('passed')]),
      'no-documents',
    )
    expect({ steps, guards, unknown, withdrawn, diagnosticsBefore }).toEqual({
      unknown: 'no-documents',
      steps: [{ id: 'api/update/IpAllowlist/P', origin: 'change' }],
      guards: [{ code: 'loosens', origin: 'change' }],
      withdrawn: [],
      diagnosticsBefore: [],
    })
  })
})
