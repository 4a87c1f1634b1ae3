import { describe, expect, it } from 'vitest'
import { countLevels } from '../../src/coverage/levels.ts'
import { remediesOf } from '../../src/coverage/remedies.ts'
import { tokensOf } from '../../src/coverage/summary.ts'
import type { Activity, Live } from '../../src/kinds/live.ts'
import type { Remedy } from '../../src/model/coverage.ts'
import { documents } from '../engine/documents.ts'
import { assessed, counted, known, now, organization, person, seen } from './assessing.ts'

async function remedies(
  texts: readonly string[],
  live: Partial<Live>,
  activity: Readonly<Record<string, Activity>> = {},
): Promise<readonly Remedy[]> {
  const desired = await documents(...texts)
  const whole = organization(live)
  const found = assessed(desired, whole)
  const rows = counted(found.rows)
  const tokens = tokensOf(rows.map(row => row.now))
  return remediesOf({
    ...found,
    rows,
    levels: countLevels(rows.map(({ now }) => now)),
    tokenAccounts: tokens === 'unknown' ? undefined : tokens.accounts,
    desired,
    activity: new Map(Object.entries(activity)),
    domains: whole.domains,
  })
}

const only = (found: readonly Remedy[], code: string): Remedy => {
  const [remedy, ...others] = found.filter(other => other.code === code)
  if (remedy === undefined || others.length > 0) throw new Error(found.map(other => other.code).join(', '))
  return remedy
}

const codes = (found: readonly Remedy[]): readonly string[] => found.map(({ code }) => code)

/** What a remedy changes, without the levels that stay. */
const effect = ({ levels: { before, after }, tokenAccounts }: Remedy) => ({
  ...Object.fromEntries(
    Object.entries(before).flatMap(([level, count]) => {
      const then = after[level as keyof typeof after]
      return then === count ? [] : [[level, [count, then]]]
    }),
  ),
  ...(tokenAccounts !== undefined &&
    tokenAccounts.before !== tokenAccounts.after && { tokens: [tokenAccounts.before, tokenAccounts.after] }),
})

const outsiders = [
  person('a@partner.example'),
  person('b@agency.example'),
  person('t@agency.example', { products: ['trello'] }),
]
const externalPolicy = 'kind: ExternalUserPolicy\nname: external'
const requirement = 'kind: CoverageRequirement\nname: r\npopulation: {}\natLeast: step-up'

describe('turn the external user policy on', () => {
  it('counts those whose apps it covers', async () => {
    const found = only(await remedies([requirement], { externals: outsiders }), 'turn-on-external-policy')
    expect([found.accounts, effect(found)]).toEqual([2, { none: [3, 1], 'step-up': [0, 2] }])
    expect(found.summary).toContain('it needs a verified domain first')
  })

  it('is not offered where a document does it', async () => {
    const found = await remedies(
      [`${externalPolicy}\nsettings: { authorizationMethod: one-time-passcode, apiTokens: block }`],
      {
        externals: outsiders,
      },
    )
    expect(codes(found)).not.toContain('turn-on-external-policy')
    expect(effect(only(found, 'prove-policy'))).toEqual({ none: [3, 1], 'step-up': [0, 2] })
  })
})

describe('single sign-on for external accounts', () => {
  it('goes through a provider that is declared to ask for a second factor', async () => {
    const found = only(await remedies([requirement], { externals: outsiders }), 'external-single-sign-on')
    expect(effect(found)).toEqual({ none: [3, 1], 'sso-mfa': [0, 2] })
    expect(found.how).toContain('Guard Standard bills them')
  })
})

describe('managed accounts', () => {
  const policy = (settings: string, directory = 'local'): string =>
    `kind: AuthenticationPolicy\nname: P\nid: 00000000-0000-4000-8000-000000000001\ndirectory: ${directory}\nsettings: ${settings}`
  const accounts = [
    person('a@acme.com', { policyId: 'id-P', mfaEnabled: true }),
    person('b@acme.com', { policyId: 'id-P', mfaEnabled: false }),
  ]

  it('mandatory two-step verification where it is optional', async () => {
    const objects = [known('AuthenticationPolicy', 'P', seen('settings.twoStepVerification', 'optional'))]
    const found = await remedies([policy('{ twoStepVerification: optional }')], { accounts, objects })
    expect(effect(only(found, 'require-two-step'))).toEqual({ none: [1, 0], optional: [1, 0], 'two-step': [0, 2] })
  })

  it('a declaration where single sign-on is enforced through a provider of which nothing is declared', async () => {
    const objects = [
      known(
        'AuthenticationPolicy',
        'P',
        seen('settings.singleSignOn', 'enforced'),
        seen('settings.identityProvider', 'other'),
      ),
    ]
    const found = await remedies([policy('{ singleSignOn: enforced }', 'Staff')], { accounts, objects })
    expect(effect(only(found, 'declare-mfa'))).toEqual({ none: [2, 0], 'sso-mfa': [0, 2] })
    expect(codes(found)).not.toContain('require-two-step')
  })

  it('a claimed domain: its accounts fall into the default policy of the local directory, with what that asks for', async () => {
    const objects = [
      known(
        'AuthenticationPolicy',
        'P',
        seen('settings.twoStepVerification', 'mandatory'),
        seen('settings.apiTokens', 'block'),
      ),
    ]
    const live = {
      objects,
      externals: [person('x@acme.io'), person('y@ACME.io'), person('z@partner.example')],
      domains: [{ name: 'acme.io', status: 'verified' }],
      tokens: new Map([['id-x@acme.io', { allowed: 1, all: 1 }]]),
    }
    const found = await remedies([`${policy('{ twoStepVerification: mandatory }')}\ndefault: true`], live)
    const claim = only(found, 'claim-domain')
    expect([claim.domain, claim.policy, claim.accounts]).toEqual(['acme.io', 'P', 2])
    expect(effect(claim)).toEqual({ none: [3, 1], 'two-step': [0, 2], tokens: [1, 0] })
  })

  it('nobody is told to claim the domain of a partner', async () => {
    const live = { externals: outsiders, domains: [{ name: 'acme.com', status: 'verified' }] }
    expect(codes(await remedies([requirement], live))).not.toContain('claim-domain')
  })
})

describe('tokens', () => {
  const tokens = new Map([['id-a@partner.example', { allowed: 2, all: 2 }]])

  it('blocking them closes the way around, and changes no level', async () => {
    const found = only(await remedies([requirement], { externals: outsiders, tokens }), 'block-tokens')
    expect(effect(found)).toEqual({ tokens: [1, 0] })
    expect(found.affected.map(({ email }) => email)).toEqual(['a@partner.example'])
    expect(found.summary).toContain('2 live tokens of 1 account')
  })

  it('that the documents block already is said', async () => {
    const found = await remedies(
      [`${externalPolicy}\nsettings: { authorizationMethod: one-time-passcode, apiTokens: block }`],
      {
        externals: outsiders,
        tokens,
      },
    )
    expect(only(found, 'block-tokens').summary).toContain('as the documents say')
  })
})

describe('suspend the inactive', () => {
  const old = { at: now.getTime() - 200 * 86_400_000, from: 'export' } as const
  const externals = [
    person('a@partner.example'),
    person('b@partner.example'),
    person('unknown@partner.example'),
    person('admin@partner.example', { roles: ['atlassian/org-admin'] }),
  ]
  const activity = {
    'id-a@partner.example': old,
    'id-b@partner.example': { at: now.getTime(), from: 'export' },
    'id-admin@partner.example': old,
  } as const

  it('takes those who are known to be inactive out of the count, and says of how many nothing is known', async () => {
    const found = only(await remedies([requirement], { externals }, activity), 'suspend-inactive')
    expect(found.affected.map(({ email }) => email)).toEqual(['a@partner.example'])
    expect(effect(found)).toEqual({ none: [4, 3] })
    expect(found.summary).toContain('of 1 more the activity is not known')
  })

  it('is not offered where a document does it', async () => {
    const rule = `${externalPolicy}\naccess: { inactiveAfter: 90d, onViolation: suspend }`
    expect(codes(await remedies([rule], { externals }, activity))).not.toContain('suspend-inactive')
  })
})

it('what helps most people comes first', async () => {
  const found = await remedies([requirement], {
    externals: outsiders,
    tokens: new Map([['id-a@partner.example', { allowed: 1, all: 1 }]]),
  })
  expect(codes(found)).toEqual(['external-single-sign-on', 'turn-on-external-policy', 'block-tokens'])
})
