import { describe, expect, it } from 'vitest'
import type { LiveField } from '../../../src/model/evidence.ts'
import { documents, seen, verdictOf } from './input.ts'

const method = 'settings.authorizationMethod'

/** Evidence of the method; `since` in hours before the plan. */
const field = (value: string, hours: number, path = method): LiveField => ({
  state: 'known',
  value,
  evidence: {
    path,
    from: 'attestation',
    at: '2026-11-24T07:59:00.000Z',
    since: new Date(Date.parse('2026-11-24T08:00:00Z') - hours * 3_600_000).toISOString(),
  },
})

const policy = (name: string, fields: Readonly<Record<string, LiveField>>) => ({
  ...seen(name, {}, 'ExternalUserPolicy'),
  fields,
})

describe('untested-external', () => {
  const asked = (settings: string) => `kind: ExternalUserPolicy\nname: external\nsettings: ${settings}`
  const passcode = asked('{ authorizationMethod: one-time-passcode, apiTokens: block }')
  const sso = asked('{ authorizationMethod: single-sign-on, identityProvider: okta, apiTokens: block }')
  const week = 'guards: { externalTestedFor: 7d }'
  const days = (n: number) => 24 * n

  const judge = async (
    more: string,
    text: string,
    test: Readonly<Record<string, LiveField>> = {},
    external: Readonly<Record<string, LiveField>> = {},
  ) =>
    verdictOf('untested-external', {
      desired: await documents(more, text, 'kind: ExternalUserPolicy\nname: test'),
      live: { objects: [policy('external', external), policy('test', test)] },
    })

  it.each<readonly [string, Parameters<typeof judge>, string]>([
    ['nothing is asked', [week, asked('{ apiTokens: block }')], 'passed'],
    ['nothing is to be asked any more', [week, asked('{ authorizationMethod: none }')], 'passed'],
    ['it is so already', [week, passcode, {}, { [method]: field('one-time-passcode', 1) }], 'passed'],
    ['nothing is declared', ['', passcode], 'not-checked'],
    ['nothing is known of the test policy', [week, passcode], 'blocks'],
    [
      'the test policy carries another method',
      [week, passcode, { [method]: field('single-sign-on', days(30)) }],
      'blocks',
    ],
    [
      'the test policy carries it for 7 days',
      [week, passcode, { [method]: field('one-time-passcode', days(7)) }],
      'passed',
    ],
    ['an hour is missing', [week, passcode, { [method]: field('one-time-passcode', days(7) - 1) }], 'blocks'],
    [
      'the evidence of the test policy is stale',
      [
        week,
        passcode,
        {
          [method]: {
            ...field('one-time-passcode', days(30)),
            state: 'stale',
            because: { reason: 'expired', after: '90d' },
          } as LiveField,
        },
      ],
      'blocks',
    ],
    [
      'the test policy holds nobody',
      [week, passcode, { [method]: field('one-time-passcode', days(30)), testUsers: emptyList() }],
      'blocks',
    ],
    [
      'single sign-on was tested with another identity provider',
      [
        week,
        sso,
        {
          [method]: field('single-sign-on', days(30)),
          'settings.identityProvider': field('azure', days(30), 'settings.identityProvider'),
        },
      ],
      'blocks',
    ],
    [
      'single sign-on was tested, the identity provider for less',
      [
        week,
        sso,
        {
          [method]: field('single-sign-on', days(30)),
          'settings.identityProvider': field('okta', days(6), 'settings.identityProvider'),
        },
      ],
      'blocks',
    ],
    [
      'single sign-on was tested',
      [
        week,
        sso,
        {
          [method]: field('single-sign-on', days(30)),
          'settings.identityProvider': field('okta', days(8), 'settings.identityProvider'),
        },
      ],
      'passed',
    ],
  ])('where %s', async (_, args, status) => {
    expect((await judge(...args)).status).toBe(status)
  })

  function emptyList(): LiveField {
    return {
      state: 'known',
      value: [],
      evidence: { path: 'testUsers', from: 'attestation', at: '2026-11-24T07:00:00.000Z' },
    }
  }

  it('says what is missing, what to declare, and how it is lifted', async () => {
    expect((await judge('', passcode)).summary).toContain('declare `guards.externalTestedFor`')
    const found = await judge(week, passcode, { [method]: field('one-time-passcode', 24) })
    expect(found.summary).toContain('One-time passcode')
    expect(found.summary).toContain('since 2026-11-23T08:00:00.000Z, and must for 7d')
    expect(found.lift).toContain('--allow untested-external')
  })
})

describe('unverified', () => {
  const judge = async (settings: string, requireEvidence: boolean, allow: readonly string[] = []) =>
    verdictOf(
      'unverified',
      {
        desired: await documents('', `kind: AuthenticationPolicy\nname: P\ndirectory: local\nsettings: ${settings}`),
        live: { objects: [seen('P', { apiTokens: 'block' })] },
        changes: { requireEvidence },
      },
      allow,
    )

  it.each([
    ['{ apiTokens: block }', true, 'passed'],
    ['{ apiTokens: block, idleSession: 1h }', true, 'blocks'],
    ['{ apiTokens: block, idleSession: 1h }', false, 'not-checked'],
  ] as const)('%s, evidence required: %s', async (settings, required, status) => {
    expect((await judge(settings, required)).status).toBe(status)
  })

  it('names the setting and how evidence comes', async () => {
    const found = await judge('{ idleSession: 1h }', true)
    expect(found.summary).toContain('`AuthenticationPolicy/P settings.idleSession`')
    expect(found.lift).toContain('postern attest')
    expect((await judge('{ idleSession: 1h }', true, ['unverified'])).status).toBe('lifted')
  })
})
