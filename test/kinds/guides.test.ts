import { describe, expect, it } from 'vitest'
import { authenticationPolicy, type AuthenticationPolicy } from '../../src/kinds/authentication-policy.ts'
import { externalUserPolicy } from '../../src/kinds/external-user-policy.ts'

const surroundings = { organizationId: 'org-1', consoleUrl: 'https://admin.example' }
const staff: AuthenticationPolicy = { kind: 'AuthenticationPolicy', name: "Ann's staff", directory: 'Acme staff' }

describe('the console step for an authentication policy', () => {
  const guide = authenticationPolicy.guide ?? (() => undefined)

  it('leads to its page, and names each setting as the console does, in one order', () => {
    const step = guide(
      {
        action: 'update',
        spec: staff,
        fields: [
          { path: 'settings.apiTokens', before: 'allow', after: 'block' },
          { path: 'settings.twoStepVerification', before: 'optional', after: 'identity-provider' },
          { path: 'billable', after: true },
        ],
      },
      { ...surroundings, id: 'a/b', accounts: 1 },
    )
    expect(step).toEqual({
      url: 'https://admin.example/o/org-1/authentication-policies/a%2Fb',
      clicks: ['Security', 'Authentication policies', "Ann's staff", 'Edit'],
      settings: [
        { path: 'billable', label: 'Policy type', to: 'billable' },
        {
          path: 'settings.twoStepVerification',
          label: 'Two-step verification',
          from: 'optional',
          to: 'managed by identity provider',
        },
        { path: 'settings.apiTokens', label: 'User API tokens', from: 'allow', to: 'block' },
      ],
      affects: '1 account',
      verify: ['postern observe members.csv', "postern attest 'AuthenticationPolicy/Ann'\\''s staff'"],
    })
  })

  it('of a policy that is not there says how to make it, and to note its id', () => {
    const step = guide(
      { action: 'create', spec: { ...staff, name: 'staff' }, fields: [{ path: 'settings.idleSession', after: '8h' }] },
      surroundings,
    )
    expect(step).toMatchObject({
      url: 'https://admin.example/o/org-1/authentication-policies',
      clicks: [
        'Security',
        'Authentication policies',
        'look for “staff”; if it is not there: Add policy',
        'Directory: Acme staff',
      ],
      affects: 'the members of the policy',
      verify: [expect.stringContaining('id') as string, 'postern observe members.csv'],
    })
  })

  it('asks for an attestation of what no export holds', () => {
    const step = guide(
      {
        action: 'confirm',
        spec: { ...staff, name: 'staff' },
        fields: [{ path: 'settings.thirdPartyLogin', after: 'block', state: 'unverified' }],
      },
      { ...surroundings, id: 'p-1', accounts: 1200 },
    )
    expect(step).toMatchObject({ affects: '1200 accounts', verify: ['postern attest AuthenticationPolicy/staff'] })
  })
})

describe('the console step for an external user policy', () => {
  const guide = externalUserPolicy.guide ?? (() => undefined)
  const fields = [{ path: 'settings.authorizationMethod', before: 'none', after: 'one-time-passcode' }]

  it.each([
    ['external', 'External user policy', 'every external account, within about 10 minutes'],
    ['test', 'Test policy', 'the external accounts in the test policy'],
  ] as const)('%s', (name, page, affects) => {
    expect(guide({ action: 'update', spec: { kind: 'ExternalUserPolicy', name }, fields }, surroundings)).toEqual({
      url: `https://admin.example/o/org-1/external-users/${name}`,
      clicks: ['Security', 'External users', page],
      settings: [
        {
          path: 'settings.authorizationMethod',
          label: 'Authorization method',
          from: 'None',
          to: 'One-time passcode',
        },
      ],
      affects,
      verify: [`postern attest ExternalUserPolicy/${name}`],
      // A reset is for all external users, not for the five who try it out.
      ...(name === 'external' && {
        optional: [
          {
            title: 'Reset sessions',
            why: 'people otherwise keep their session until it ends, and are asked only then. It logs all external users out within 10 minutes, on the web only',
            url: 'https://admin.example/o/org-1/external-users/external',
            clicks: ['Security', 'External users', 'External user policy', 'Reset sessions'],
          },
        ],
      }),
    })
  })

  it.each([
    ['settings.authorizationMethod', 'none', 'one-time-passcode', true],
    ['settings.authorizationMethod', 'one-time-passcode', 'single-sign-on', true],
    ['settings.authorizationMethod', 'single-sign-on', 'one-time-passcode', false],
    ['settings.authorizationMethod', undefined, 'one-time-passcode', true],
    ['settings.authorizationMethod', undefined, 'none', false],
    ['settings.sessionDuration', '30d', '7d', true],
    ['settings.sessionDuration', '24h', '1d', false],
    ['settings.sessionDuration', '7d', '30d', false],
    ['settings.sessionDuration', undefined, '7d', true],
    ['settings.apiTokens', 'allow', 'block', true],
    ['settings.apiTokens', 'block', 'allow', false],
    ['settings.apiTokens', undefined, 'allow', false],
    ['settings.billable', false, true, false],
    ['testUsers', [], ['sam@partner.example'], false],
  ] as const)(
    'offers to reset sessions where it becomes stricter: %s from %s to %s: %s',
    (path, before, after, offered) => {
      const known = { path, ...(before !== undefined && { before }), after }
      const step = guide(
        before === undefined
          ? {
              action: 'confirm',
              spec: { kind: 'ExternalUserPolicy', name: 'external' },
              fields: [{ ...known, state: 'unverified' }],
            }
          : { action: 'update', spec: { kind: 'ExternalUserPolicy', name: 'external' }, fields: [known] },
        surroundings,
      )
      expect(step?.optional !== undefined).toBe(offered)
      // What was not looked at yet may already be as strict.
      if (offered) expect(step?.optional?.[0]?.why.startsWith('where you made')).toBe(before === undefined)
    },
  )
})
