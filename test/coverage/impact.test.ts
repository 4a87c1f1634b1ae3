import { describe, expect, it } from 'vitest'
import { impactOf } from '../../src/coverage/impact.ts'
import type { Live } from '../../src/kinds/live.ts'
import { documents } from '../engine/documents.ts'
import { assessed, known, organization, person, seen } from './assessing.ts'

const none = { suspended: new Set<string>(), restored: new Set<string>() }

const policy = (name: string, settings: string, rest = ''): string =>
  `kind: AuthenticationPolicy\nname: ${name}\nid: 00000000-0000-4000-8000-000000000001\ndirectory: local\nsettings: ${settings}\n${rest}`
const external = (settings: string): string => `kind: ExternalUserPolicy\nname: external\nsettings: ${settings}`

async function impact(texts: readonly string[], live: Partial<Live>, claimed: Readonly<Record<string, string>> = {}) {
  const desired = await documents(...texts)
  const { rows } = assessed(desired, organization(live), { claimed: new Map(Object.entries(claimed)) })
  return impactOf(rows, none).map(({ code, certain, accounts, tokens }) => [
    code,
    certain,
    accounts.map(({ email }) => email),
    ...(tokens === undefined ? [] : [tokens]),
  ])
}

const managed = person('a@acme.com', { policyId: 'id-P', mfaEnabled: false })
const outsider = person('b@partner.example')

describe('what people will notice', () => {
  it.each([
    ['optional becomes mandatory', 'optional', [['asked-for-two-step', true, ['a@acme.com']]]],
    ['it is mandatory already', 'mandatory', []],
    ['nothing shows what it is', undefined, [['asked-for-two-step', false, ['a@acme.com']]]],
  ])('two-step verification: %s', async (_, before, expected) => {
    const fields = before === undefined ? [] : [seen('settings.twoStepVerification', before)]
    const objects = [known('AuthenticationPolicy', 'P', ...fields)]
    expect(await impact([policy('P', '{ twoStepVerification: mandatory }')], { objects, accounts: [managed] })).toEqual(
      expected,
    )
  })

  it.each([
    ['none', [['asked-for-passcode', true, ['b@partner.example']]]],
    ['one-time-passcode', []],
    ['single-sign-on', [['asked-for-passcode', true, ['b@partner.example']]]],
  ])('a passcode for external accounts, where %s was asked for', async (before, expected) => {
    const objects = [known('ExternalUserPolicy', 'external', seen('settings.authorizationMethod', before))]
    expect(
      await impact([external('{ authorizationMethod: one-time-passcode }')], { objects, externals: [outsider] }),
    ).toEqual(expected)
  })

  it('nothing asked for any more is said, too', async () => {
    const objects = [known('ExternalUserPolicy', 'external', seen('settings.authorizationMethod', 'one-time-passcode'))]
    expect(await impact([external('{ authorizationMethod: none }')], { objects, externals: [outsider] })).toEqual([
      ['no-longer-asked', true, ['b@partner.example']],
    ])
  })

  it('live tokens that stop working, with their number; of blocked ones nothing', async () => {
    const tokens = new Map([
      ['id-b@partner.example', { allowed: 2, all: 3 }],
      ['id-c@partner.example', { allowed: 0, all: 1 }],
    ])
    const externals = [outsider, person('c@partner.example')]
    expect(await impact([external('{ apiTokens: block }')], { externals, tokens })).toEqual([
      ['loses-tokens', true, ['b@partner.example'], 2],
    ])
  })

  it('tokens that cannot be listed may be lost', async () => {
    expect(await impact([external('{ apiTokens: block }')], { externals: [outsider], tokens: undefined })).toEqual([
      ['loses-tokens', false, ['b@partner.example']],
    ])
  })

  it.each([
    ['from a policy that is not billable', false, [['becomes-billable', true, ['a@acme.com']]]],
    ['from one that is', true, []],
  ])('a move into a billable policy %s', async (_, before, expected) => {
    const objects = [
      known('AuthenticationPolicy', 'P', seen('billable', before)),
      known('AuthenticationPolicy', 'Q', seen('billable', true)),
    ]
    const texts = ['P', 'Q'].map(
      (name, index) =>
        `kind: AuthenticationPolicy\nname: ${name}\nid: 00000000-0000-4000-8000-00000000000${index}\ndirectory: local\nbillable: ${name === 'Q' ? true : before}`,
    )
    expect(await impact(texts, { objects, accounts: [managed] }, { 'id-a@acme.com': 'Q' })).toEqual(expected)
  })

  it('external accounts become billable by single sign-on in a billable policy, and only those with a covered app', async () => {
    const objects = [
      known(
        'ExternalUserPolicy',
        'external',
        seen('settings.authorizationMethod', 'none'),
        seen('settings.billable', true),
      ),
    ]
    const texts = [external('{ authorizationMethod: single-sign-on, identityProvider: okta, billable: true }')]
    const externals = [outsider, person('t@partner.example', { products: ['trello'] })]
    expect((await impact(texts, { objects, externals })).filter(([code]) => code === 'becomes-billable')).toEqual([
      ['becomes-billable', true, ['b@partner.example']],
    ])
  })
})
