import { describe, expect, it } from 'vitest'
import { weakened } from '../../src/engine/weakened.ts'
import { textOf, type JsonObject } from '../../src/model/json.ts'

const now = new Date('2026-11-24T08:00:00Z')

const byAddress = (documents: readonly JsonObject[]) =>
  Object.fromEntries(
    documents.map(document => [[document['kind'] ?? null, document['name'] ?? null].map(textOf).join('/'), document]),
  )

const found = (before: readonly JsonObject[], after: readonly JsonObject[]) =>
  weakened(byAddress(before), byAddress(after), now)

const organization = (more: JsonObject = {}): JsonObject => ({ kind: 'Organization', name: 'acme', id: 'x', ...more })
const policy = (more: JsonObject = {}): JsonObject => ({
  kind: 'AuthenticationPolicy',
  name: 'P',
  directory: 'local',
  ...more,
})
const external = (more: JsonObject = {}): JsonObject => ({ kind: 'ExternalUserPolicy', name: 'external', ...more })
const allowlist = (more: JsonObject = {}): JsonObject => ({
  kind: 'IpAllowlist',
  name: 'Office',
  ranges: ['192.0.2.0/24'],
  ...more,
})
const requirement = (more: JsonObject = {}): JsonObject => ({
  kind: 'CoverageRequirement',
  name: 'all',
  population: { accounts: ['managed', 'external'] },
  atLeast: 'two-step',
  ...more,
})

const alice = { name: 'alice', email: 'alice@acme.com', logins: ['alice-gh', 'alice-gl'] }

/** Weaker one way, and then neither the other way nor without a change. */
const weaker: readonly (readonly [string, JsonObject, JsonObject, string])[] = [
  [
    'a percentage',
    organization({ guards: { moves: { percent: 5 } } }),
    organization(),
    '`guards.moves.percent` goes from 5 to 10',
  ],
  [
    'a number of moves',
    organization(),
    organization({ guards: { moves: { atLeast: 21 } } }),
    '`guards.moves.atLeast` goes from 20 to 21',
  ],
  [
    'a percentage of suspensions',
    organization(),
    organization({ guards: { suspensions: { percent: 6 } } }),
    '`guards.suspensions.percent`',
  ],
  [
    'a number of suspensions',
    organization(),
    organization({ guards: { suspensions: { atLeast: 6 } } }),
    '`guards.suspensions.atLeast`',
  ],
  [
    'fewer admins',
    organization(),
    organization({ guards: { minimumOrgAdmins: 1 } }),
    '`guards.minimumOrgAdmins` goes from 2 to 1',
  ],
  [
    'a longer life of plans',
    organization(),
    organization({ guards: { planExpiresAfter: '7d' } }),
    '`guards.planExpiresAfter` goes from 1d to 7d',
  ],
  [
    'a shorter test',
    organization({ guards: { externalTestedFor: '7d' } }),
    organization({ guards: { externalTestedFor: '1d' } }),
    '`guards.externalTestedFor` goes from 7d to 1d',
  ],
  ['no test', organization({ guards: { externalTestedFor: '7d' } }), organization(), 'to not asked for'],
  [
    'fewer approvals',
    organization({ approvals: { loosening: 2 } }),
    organization({ approvals: { loosening: 1 } }),
    '`approvals.loosening` goes from 2 to 1',
  ],
  [
    'approvals that are not declared any more',
    organization({ approvals: { loosening: 1 } }),
    organization(),
    'from 1 to not declared',
  ],
  [
    'no approval in place of a flag',
    organization(),
    organization({ approvals: { loosening: 0 } }),
    'from not declared to 0',
  ],
  [
    'approvals of suspensions',
    organization({ approvals: { suspensions: 1 } }),
    organization(),
    '`approvals.suspensions`',
  ],
  ['approvals of everything', organization({ approvals: { everything: 1 } }), organization(), '`approvals.everything`'],
  [
    'a longer life of approvals',
    organization(),
    organization({ approvals: { expiresAfter: '2d' } }),
    '`approvals.expiresAfter`',
  ],
  [
    'attestations without a code',
    organization({ approvals: { attestations: true } }),
    organization(),
    '`approvals.attestations` goes from true to false',
  ],
  [
    'evidence that counts longer',
    organization(),
    organization({ evidence: { expiresAfter: '91d' } }),
    '`evidence.expiresAfter` goes from 90d to 91d',
  ],
  [
    'a new approver',
    organization(),
    organization({ approvals: { approvers: [alice] } }),
    '`alice` (alice@acme.com) becomes an approver',
  ],
  [
    'a login less',
    organization({ approvals: { approvers: [alice] } }),
    organization({ approvals: { approvers: [{ ...alice, logins: ['ALICE-gh'] }] } }),
    'loses the login `alice-gl`',
  ],
  [
    'a break-glass account less',
    organization({ breakGlass: ['Root@acme.com'] }),
    organization(),
    '`root@acme.com` is no break-glass account any more',
  ],
  [
    'a mailbox that is declared independent',
    organization({ breakGlass: ['r@x.example'] }),
    organization({ breakGlass: [{ account: 'R@x.example', mailbox: 'independent' }] }),
    'is declared independent',
  ],
  [
    'a freeze less',
    organization({ freeze: [{ from: '2026-12-24', until: '2026-12-26', reason: 'holidays' }] }),
    organization(),
    '(holidays) is dropped or shorter',
  ],
  [
    'a shorter freeze',
    organization({ freeze: [{ from: '2026-12-24', until: '2026-12-26' }] }),
    organization({ freeze: [{ from: '2026-12-24', until: '2026-12-25' }] }),
    'is dropped or shorter',
  ],
  [
    'a key owner that is not declared',
    organization({ runner: { keyOwner: 'ci@acme.com' } }),
    organization(),
    '`runner.keyOwner` is dropped',
  ],
  [
    'addresses that are not declared',
    organization({ runner: { addresses: ['192.0.2.1'] } }),
    organization(),
    '`runner.addresses` is dropped',
  ],
  [
    'a setting that is not managed any more',
    policy({ settings: { apiTokens: 'block' } }),
    policy(),
    '`settings.apiTokens` of `AuthenticationPolicy/P` is no longer managed',
  ],
  ['members that are not managed any more', policy({ members: { everyoneElse: true } }), policy(), '`members` of'],
  [
    'a weaker setting',
    policy({ settings: { apiTokens: 'block' } }),
    policy({ settings: { apiTokens: 'allow' } }),
    '`settings.apiTokens` of `AuthenticationPolicy/P` goes from block to allow',
  ],
  [
    'a longer session',
    policy({ settings: { idleSession: '1h' } }),
    policy({ settings: { idleSession: '8h' } }),
    'from 1h to 8h',
  ],
  [
    'a wider allowlist',
    allowlist(),
    allowlist({ ranges: ['192.0.2.0/24', '198.51.100.0/24'] }),
    '`ranges` of `IpAllowlist/Office`',
  ],
  ['an allowlist that is switched off', allowlist({ enabled: true }), allowlist({ enabled: false }), '`enabled` of'],
  [
    'a domain more',
    external({ access: { allowedDomains: ['a.example'] } }),
    external({ access: { allowedDomains: ['A.example', 'b.example'] } }),
    '`b.example` becomes allowed',
  ],
  ['no allowed domains', external({ access: { allowedDomains: ['a.example'] } }), external(), '`allowedDomains`'],
  [
    'a longer absence',
    external({ access: { inactiveAfter: '30d' } }),
    external({ access: { inactiveAfter: '60d' } }),
    'from 30d to 60d',
  ],
  ['no rule of absence', external({ access: { inactiveAfter: '30d' } }), external({ access: {} }), '`inactiveAfter`'],
  [
    'a rule that only reports',
    external({ access: { onViolation: 'suspend' } }),
    external({ access: { onViolation: 'report' } }),
    'nobody is suspended any more',
  ],
  [
    'a lower level',
    requirement(),
    requirement({ atLeast: 'step-up' }),
    '`atLeast` of `CoverageRequirement/all` goes from two-step to step-up',
  ],
  ['a lower percentage', requirement(), requirement({ minimumPercent: 99 }), 'from 100 to 99'],
  ['tokens that count less', requirement(), requirement({ tokens: 'ignore' }), 'from live to ignore'],
  ['a milder severity', requirement(), requirement({ severity: 'warning' }), 'from error to warning'],
  [
    'a class of accounts less',
    requirement(),
    requirement({ population: { accounts: ['managed'] } }),
    '`population.accounts`',
  ],
  [
    'only some roles',
    requirement(),
    requirement({ population: { accounts: ['managed', 'external'], roles: ['r'] } }),
    '`population.roles`',
  ],
  [
    'a domain less',
    requirement({ population: { domains: ['a.example', 'b.example'] } }),
    requirement({ population: { domains: ['a.example'] } }),
    '`population.domains`',
  ],
]

describe('documents protect less by', () => {
  it.each(weaker)('%s', (_, before, after, words) => {
    const [only, ...others] = found([before], [after])
    expect(only).toContain(words)
    expect(others).toEqual([])
    expect(found([before], [before])).toEqual([])
  })

  it.each(weaker)('%s, and not by the way back', (_, before, after) => {
    expect(found([after], [before])).toEqual([])
  })

  it.each([policy(), external(), allowlist(), requirement()])('the loss of $kind', document => {
    expect(found([organization(), document], [organization()])).toHaveLength(1)
  })

  it('nothing where there was no apply, nor for what is new', () => {
    expect(weakened(undefined, byAddress([organization({ approvals: { loosening: 0 } })]), now)).toEqual([])
    expect(found([], [organization(), policy(), requirement()])).toEqual([])
  })

  it('nothing where a policy or the organization has another name', () => {
    const named = (name: string, id: string) => policy({ name, id, settings: { apiTokens: 'block' } })
    expect(found([named('P', '1')], [named('Q', '1')])).toEqual([])
    expect(found([named('P', '1')], [named('Q', '2')])).toEqual(['`AuthenticationPolicy/P` is in no document any more'])
    expect(found([organization({ approvals: { loosening: 1 } })], [{ ...organization(), name: 'other' }])).toEqual([
      '`approvals.loosening` goes from 1 to not declared',
    ])
  })

  it('nothing where a freeze is over, or one covers it', () => {
    const freeze = (...windows: readonly JsonObject[]) => organization({ freeze: windows })
    expect(found([freeze({ from: '2026-01-01', until: '2026-01-31' })], [organization()])).toEqual([])
    expect(
      found(
        [freeze({ from: '2026-12-24', until: '2026-12-26' })],
        [freeze({ from: '2026-12-01', until: '2026-12-31' })],
      ),
    ).toEqual([])
  })
})
