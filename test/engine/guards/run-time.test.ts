import { describe, expect, it } from 'vitest'
import type { RunInput } from '../../../src/engine/guards/guard.ts'
import { protectionsOf } from '../../../src/kinds/protections-of.ts'
import { hour, made, moveOf, organizationOf, runInput, runVerdictOf, step, storedDocuments } from './input.ts'

const at = (time: number) => ({ now: new Date(time) })

describe('stale-plan', () => {
  it.each<readonly [string, string, Partial<RunInput>, string]>([
    ['just made', '', {}, 'passed'],
    ['at the last moment', '', at(made + 24 * hour), 'passed'],
    ['a moment later', '', at(made + 24 * hour + 1), 'blocks'],
    [
      'with a longer life than the documents give',
      '',
      { ...at(made + 25 * hour), validUntil: new Date(made + 99 * hour).toISOString() },
      'blocks',
    ],
    ['with a shorter life', '', { ...at(made + 2 * hour), validUntil: new Date(made + hour).toISOString() }, 'blocks'],
    ['where the documents say an hour', 'guards: { planExpiresAfter: 1h }', at(made + 2 * hour), 'blocks'],
    [
      'where the documents say two days',
      'guards: { planExpiresAfter: 2d }',
      { ...at(made + 47 * hour), validUntil: new Date(made + 48 * hour).toISOString() },
      'passed',
    ],
    ['made a minute ahead: clocks differ', '', at(made - 60_000), 'passed'],
    ['made an hour ahead', '', at(made - hour), 'blocks'],
    ['without a time', '', { createdAt: 'yesterday' }, 'blocks'],
  ])('%s', async (_, more, changes, status) => {
    const input = runInput(await organizationOf(more), changes)
    expect(runVerdictOf('stale-plan', input).status).toBe(status)
    expect(runVerdictOf('stale-plan', input, ['stale-plan']).status).toBe(status === 'blocks' ? 'lifted' : status)
  })
})

describe('frozen', () => {
  const freeze = (text: string) => `freeze: [${text}]`
  const days = freeze('{ from: 2026-12-24, until: 2026-12-26, reason: holidays }')

  it.each([
    ['no window', '', '2026-12-25T12:00:00Z', 'passed'],
    ['the day before', days, '2026-12-23T23:59:59.999Z', 'passed'],
    ['the first moment', days, '2026-12-24T00:00:00Z', 'blocks'],
    ['the last moment: the day counts whole', days, '2026-12-26T23:59:59.999Z', 'blocks'],
    ['the day after', days, '2026-12-27T00:00:00Z', 'passed'],
    [
      'a moment with its offset, before',
      freeze('{ from: 2026-12-24T18:00+01:00, until: 2026-12-24T20:00+01:00 }'),
      '2026-12-24T16:59:59Z',
      'passed',
    ],
    [
      'a moment with its offset',
      freeze('{ from: 2026-12-24T18:00+01:00, until: 2026-12-24T20:00+01:00 }'),
      '2026-12-24T17:00:00Z',
      'blocks',
    ],
    [
      'its end',
      freeze('{ from: 2026-12-24T18:00+01:00, until: 2026-12-24T20:00+01:00 }'),
      '2026-12-24T19:00:00Z',
      'passed',
    ],
  ])('%s', async (_, more, now, status) => {
    const input = runInput(await organizationOf(more), { now: new Date(now) })
    expect(runVerdictOf('frozen', input).status).toBe(status)
  })

  it('names the reason and the end of the longest window, and is lifted by its code', async () => {
    const two = freeze(
      '{ from: 2026-12-24, until: 2026-12-26, reason: holidays }, { from: 2026-12-20, until: 2027-01-02, reason: release }',
    )
    const input = runInput(await organizationOf(two), { now: new Date('2026-12-25T00:00:00Z') })
    const found = runVerdictOf('frozen', input)
    expect(found.summary).toContain('until 2027-01-03T00:00:00.000Z (release)')
    expect(found.lift).toContain('--allow frozen')
    expect(runVerdictOf('frozen', input, ['frozen']).status).toBe('lifted')
  })

  it('holds where only the last apply knew the window', async () => {
    const proposed = await organizationOf()
    const protections = protectionsOf(await organizationOf(days), proposed)
    const input = runInput(proposed, { protections, now: new Date('2026-12-25T00:00:00Z') })
    expect(runVerdictOf('frozen', input).status).toBe('blocks')
  })
})

const approvers = `approvers:
    - { name: alice, email: alice@acme.com, logins: [alice-gh] }
    - { name: bob, email: Bob@acme.com, logins: [bob-gh] }
    - { name: bobby, email: bob@acme.com }`

describe('suspends', () => {
  const suspension = step({
    action: 'suspend',
    kind: 'ExternalUserPolicy',
    name: 'external',
    accounts: moveOf(['x@x.example', 'y@x.example']).accounts ?? [],
  })
  const rules = (count: number) => `approvals:\n  suspensions: ${count}\n  ${approvers}`

  it.each<readonly [string, string, Partial<RunInput>, string]>([
    ['nobody is suspended', rules(1), {}, 'passed'],
    ['no approval is asked for', rules(0), { steps: [suspension] }, 'passed'],
    ['nothing is declared', '', { steps: [suspension] }, 'passed'],
    ['one is asked for, none is there', rules(1), { steps: [suspension] }, 'blocks'],
    ['one is there', rules(1), { steps: [suspension], approvedBy: ['alice'] }, 'passed'],
    ['two are asked for, one is there', rules(2), { steps: [suspension], approvedBy: ['alice'] }, 'blocks'],
    ['two are there', rules(2), { steps: [suspension], approvedBy: ['alice', 'bobby'] }, 'passed'],
    ['it is the author’s own', rules(1), { steps: [suspension], approvedBy: ['alice'], author: 'Alice-GH' }, 'blocks'],
    [
      'it is the author’s own under another name',
      rules(1),
      { steps: [suspension], approvedBy: ['bobby'], author: 'bob-gh' },
      'blocks',
    ],
    ['one person is two approvers', rules(2), { steps: [suspension], approvedBy: ['bob', 'bobby'] }, 'blocks'],
    ['nobody knows the author', rules(1), { steps: [suspension], approvedBy: ['alice'], author: undefined }, 'blocks'],
    ['who approved is no approver', rules(1), { steps: [suspension], approvedBy: ['mallory'] }, 'blocks'],
  ])('where %s', async (_, more, changes, status) => {
    const input = runInput(await organizationOf(more), changes)
    expect(runVerdictOf('suspends', input).status).toBe(status)
    // A flag is no second person.
    expect(runVerdictOf('suspends', input, ['suspends']).status).toBe(status)
  })

  it('says how many are missing and who may give them', async () => {
    const input = runInput(await organizationOf(rules(1)), { steps: [suspension], author: 'bob-gh' })
    const found = runVerdictOf('suspends', input)
    expect(found.summary).toContain('the plan suspends 2 accounts; that takes 1 approval, and 0 are there')
    expect(found.lift).toBe('`postern approve PLAN --as alice`')
  })

  it.each([
    ['too few may', { author: 'bob-gh' }, 2, 'only 1 other approver may', 'declare more of them'],
    ['the author is not known', { author: undefined }, 1, 'nobody knows who made the plan', '--author'],
  ])('says what helps where %s', async (_, changes, count, why, lift) => {
    const found = runVerdictOf(
      'suspends',
      runInput(await organizationOf(rules(count)), { steps: [suspension], ...changes }),
    )
    expect(found.summary).toContain(why)
    expect(found.lift).toContain(lift)
  })
})

describe('needs-approval', () => {
  const rules = `approvals:\n  everything: 1\n  ${approvers}`

  it.each<readonly [string, (documents: RunInput['documents']) => Partial<RunInput>, string]>([
    ['nothing changes', documents => ({ lastApplied: documents }), 'passed'],
    ['there is a step', documents => ({ lastApplied: documents, steps: [step({})] }), 'blocks'],
    ['a document is new', () => ({}), 'blocks'],
    [
      'a document is gone',
      documents => ({ lastApplied: { ...documents, 'IpAllowlist/x': { kind: 'IpAllowlist' } } }),
      'blocks',
    ],
    ['a document changed', () => ({ lastApplied: { 'Organization/acme': { kind: 'Organization' } } }), 'blocks'],
    [
      'members stand in another order',
      documents => ({
        lastApplied: Object.fromEntries(
          Object.entries(documents).map(([address, document]) => [
            address,
            Object.fromEntries(Object.entries(document).reverse()),
          ]),
        ),
      }),
      'passed',
    ],
    ['it is approved', () => ({ approvedBy: ['alice'] }), 'passed'],
  ])('where %s', async (_, changes, status) => {
    const input = runInput(await organizationOf(rules))
    expect(runVerdictOf('needs-approval', { ...input, ...changes(input.documents) }).status).toBe(status)
  })

  it('asks for nothing where nothing is declared', async () => {
    expect(runVerdictOf('needs-approval', runInput(await organizationOf(), { steps: [step({})] })).status).toBe(
      'passed',
    )
  })
})

describe('loosens', () => {
  const looser = step({
    kind: 'ExternalUserPolicy',
    name: 'external',
    channel: 'console',
    changes: [{ path: 'settings.apiTokens', before: 'block', after: 'allow' }],
  })
  const rules = (count: number) => `approvals:\n  loosening: ${count}\n  ${approvers}`

  it.each<readonly [string, string, Partial<RunInput>, readonly string[], string]>([
    ['nothing loosens', '', {}, [], 'passed'],
    ['nothing is declared', '', { steps: [looser] }, [], 'blocks'],
    ['nothing is declared, and the flag is given', '', { steps: [looser] }, ['loosens'], 'lifted'],
    ['no approval is asked for', rules(0), { steps: [looser] }, [], 'passed'],
    ['one is asked for', rules(1), { steps: [looser] }, [], 'blocks'],
    ['one is asked for, and the flag is given', rules(1), { steps: [looser] }, ['loosens'], 'blocks'],
    ['it is approved', rules(1), { steps: [looser], approvedBy: ['bob'] }, [], 'passed'],
    ['two are asked for', rules(2), { steps: [looser], approvedBy: ['bob'] }, [], 'blocks'],
  ])('where %s', async (_, more, changes, allow, status) => {
    expect(runVerdictOf('loosens', runInput(await organizationOf(more), changes), allow).status).toBe(status)
  })

  it.each([
    ['a change that loosens, whatever the file says', { ...looser, direction: 'tightens' as const }, 'blocks'],
    [
      'a change that tightens, whatever the file says',
      step({ direction: 'loosens', changes: [{ path: 'settings.apiTokens', before: 'allow', after: 'block' }] }),
      'passed',
    ],
    ['a change from what is not known', step({ changes: [{ path: 'settings.idleSession', after: '1h' }] }), 'blocks'],
    [
      'a confirmation',
      step({
        channel: 'console',
        action: 'confirm',
        direction: 'unknown',
        changes: [{ path: 'settings.idleSession', after: '30d' }],
      }),
      'passed',
    ],
    [
      'a confirmation that claims to go through the API',
      step({ action: 'confirm', changes: [{ path: 'settings.apiTokens', before: 'block', after: 'allow' }] }),
      'blocks',
    ],
    ['a new policy', step({ channel: 'console', action: 'create' }), 'passed'],
    ['a deletion', step({ action: 'delete', kind: 'IpAllowlist' }), 'blocks'],
    ['a move into something stricter', moveOf(['a@acme.com'], { direction: 'tightens' }), 'passed'],
    ['a move into something weaker', moveOf(['a@acme.com'], { direction: 'loosens' }), 'blocks'],
    ['a move of which nothing is known', moveOf(['a@acme.com'], { direction: 'unknown' }), 'blocks'],
    ['a suspension', moveOf(['a@x.example'], { action: 'suspend' }), 'passed'],
    ['giving access back', moveOf(['a@x.example'], { action: 'restore', direction: 'tightens' }), 'blocks'],
  ])('%s', async (_, one, status) => {
    expect(runVerdictOf('loosens', runInput(await organizationOf(), { steps: [one] })).status).toBe(status)
  })

  it.each([
    ['no level falls', { 'two-step': 5 }, { 'sso-mfa': 5 }, 0, 'passed'],
    ['a level falls', { 'two-step': 5 }, { 'two-step': 4, none: 1 }, 0, 'blocks'],
    ['as many are suspended', { 'two-step': 5 }, { 'two-step': 4 }, 1, 'passed'],
    ['more fall than are suspended', { 'step-up': 5 }, { 'step-up': 3 }, 1, 'blocks'],
    ['some rise and some fall below', { optional: 5, 'two-step': 5 }, { none: 1, 'two-step': 9 }, 0, 'blocks'],
  ] as const)('where %s', async (_, before, after, suspended, status) => {
    const levels = (counts: object) => ({ ...runInputLevels, levels: { ...runInputLevels.levels, ...counts } })
    const { coverage } = runInput(await organizationOf())
    const runInputLevels = coverage.before
    const steps = suspended > 0 ? [moveOf(['x@x.example'], { action: 'suspend' })] : []
    const input = runInput(await organizationOf(), {
      steps,
      coverage: { before: levels(before), after: levels(after) },
    })
    expect(runVerdictOf('loosens', input).status).toBe(status)
  })

  it('says a thing once that a document and its step both say', async () => {
    const policy = (value: string) => `kind: ExternalUserPolicy\nname: external\nsettings: { apiTokens: ${value} }`
    const input = runInput(await organizationOf(), {
      steps: [looser],
      documents: await storedDocuments('', policy('allow')),
      lastApplied: await storedDocuments('', policy('block')),
    })
    const { summary } = runVerdictOf('loosens', input)
    expect(summary).toBe(
      'the plan loosens security: `settings.apiTokens` of `ExternalUserPolicy/external` goes from block to allow',
    )
  })

  it('names those who move, up to five', async () => {
    const seven = moveOf(
      Array.from({ length: 7 }, (_, index) => `p${index}@acme.com`),
      { direction: 'loosens' },
    )
    const { summary } = runVerdictOf('loosens', runInput(await organizationOf(), { steps: [seven] }))
    expect(summary).toContain('`p4@acme.com` and 2 more')
  })
})
