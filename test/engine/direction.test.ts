import { describe, expect, it } from 'vitest'
import { directionOf, together } from '../../src/engine/direction.ts'
import { kinds } from '../../src/kinds/index.ts'
import type { Fields } from '../../src/kinds/field.ts'
import type { Json } from '../../src/model/json.ts'
import type { Direction } from '../../src/model/plan.ts'

const tables = {
  AuthenticationPolicy: kinds.AuthenticationPolicy.fields,
  ExternalUserPolicy: kinds.ExternalUserPolicy.fields,
  IpAllowlist: kinds.IpAllowlist.fields,
} satisfies Readonly<Record<string, Fields>>

/** `from` and `to`; undefined is not known. The way back is the opposite where it is not named. */
const changes: readonly (readonly [
  kind: keyof typeof tables,
  path: string,
  from: Json | undefined,
  to: Json | undefined,
  forth: Direction,
  back: Direction,
])[] = [
  ['AuthenticationPolicy', 'settings.singleSignOn', 'off', 'enforced', 'tightens', 'loosens'],
  ['AuthenticationPolicy', 'settings.twoStepVerification', 'optional', 'mandatory', 'tightens', 'loosens'],
  ['AuthenticationPolicy', 'settings.twoStepVerification', 'optional', 'identity-provider', 'tightens', 'loosens'],
  ['AuthenticationPolicy', 'settings.twoStepVerification', 'mandatory', 'identity-provider', 'unknown', 'unknown'],
  ['AuthenticationPolicy', 'settings.password.minimumStrength', 'weak', 'fair', 'tightens', 'loosens'],
  ['AuthenticationPolicy', 'settings.password.minimumStrength', 'good', 'strong', 'tightens', 'loosens'],
  ['AuthenticationPolicy', 'settings.password.minimumStrength', 'fair', 'very-strong', 'tightens', 'loosens'],
  ['AuthenticationPolicy', 'settings.password.expiresAfter', 'never', '90d', 'tightens', 'loosens'],
  ['AuthenticationPolicy', 'settings.password.expiresAfter', '90d', '30d', 'tightens', 'loosens'],
  ['AuthenticationPolicy', 'settings.idleSession', '30d', '8h', 'tightens', 'loosens'],
  ['AuthenticationPolicy', 'settings.idleSession', '24h', '1d', 'neutral', 'neutral'],
  ['AuthenticationPolicy', 'settings.sessionExpiration', 'off', '7d', 'tightens', 'loosens'],
  ['AuthenticationPolicy', 'settings.apiTokens', 'allow', 'block', 'tightens', 'loosens'],
  ['AuthenticationPolicy', 'settings.apiTokenExpiration', '365d', '90d', 'tightens', 'loosens'],
  ['AuthenticationPolicy', 'settings.thirdPartyLogin', 'allow', 'block', 'tightens', 'loosens'],
  ['AuthenticationPolicy', 'settings.identityProvider', 'okta', 'entra', 'neutral', 'neutral'],
  ['AuthenticationPolicy', 'name', 'a', 'b', 'neutral', 'neutral'],
  ['AuthenticationPolicy', 'default', false, true, 'neutral', 'neutral'],
  ['AuthenticationPolicy', 'billable', true, false, 'neutral', 'neutral'],
  ['ExternalUserPolicy', 'settings.authorizationMethod', 'none', 'one-time-passcode', 'tightens', 'loosens'],
  ['ExternalUserPolicy', 'settings.authorizationMethod', 'one-time-passcode', 'single-sign-on', 'tightens', 'loosens'],
  ['ExternalUserPolicy', 'settings.sessionDuration', '30d', '15m', 'tightens', 'loosens'],
  ['ExternalUserPolicy', 'settings.apiTokens', 'allow', 'block', 'tightens', 'loosens'],
  ['ExternalUserPolicy', 'settings.identityProvider', 'okta', 'entra', 'neutral', 'neutral'],
  ['ExternalUserPolicy', 'settings.billable', true, false, 'neutral', 'neutral'],
  ['ExternalUserPolicy', 'testUsers', [], ['a@x.example'], 'neutral', 'neutral'],
  ['IpAllowlist', 'enabled', false, true, 'tightens', 'loosens'],
  ['IpAllowlist', 'allowMobileBypass', true, false, 'tightens', 'loosens'],
  ['IpAllowlist', 'ranges', ['10.0.0.0/8', '192.0.2.1'], ['192.0.2.1/32'], 'tightens', 'loosens'],
  ['IpAllowlist', 'ranges', ['192.0.2.1'], ['192.0.2.2'], 'unknown', 'unknown'],
  ['IpAllowlist', 'ranges', ['192.0.2.1', '192.0.2.2'], ['192.0.2.2', '192.0.2.1'], 'neutral', 'neutral'],
  ['IpAllowlist', 'resources', ['ari:cloud:jira::site/1'], [], 'loosens', 'tightens'],
  // Not known: only the ends of a scale tell something.
  ['AuthenticationPolicy', 'settings.apiTokens', undefined, 'block', 'tightens', 'unknown'],
  ['AuthenticationPolicy', 'settings.apiTokens', undefined, 'allow', 'unknown', 'tightens'],
  ['AuthenticationPolicy', 'settings.password.minimumStrength', undefined, 'good', 'unknown', 'unknown'],
  ['AuthenticationPolicy', 'settings.password.minimumStrength', undefined, 'very-strong', 'tightens', 'unknown'],
  ['AuthenticationPolicy', 'settings.idleSession', undefined, '15m', 'unknown', 'unknown'],
  ['AuthenticationPolicy', 'settings.sessionExpiration', undefined, 'off', 'unknown', 'tightens'],
  ['IpAllowlist', 'ranges', undefined, ['192.0.2.1'], 'unknown', 'unknown'],
  ['AuthenticationPolicy', 'settings.apiTokens', 'sometimes', 'allow', 'unknown', 'tightens'],
]

describe('directionOf', () => {
  it.each(changes)('%s %s: %j → %j %s, and back %s', (kind, path, from, to, forth, back) => {
    const field = tables[kind][path]
    if (field === undefined) throw new Error(`no field ${path}`)
    expect(directionOf(field, from, to)).toBe(forth)
    expect(directionOf(field, to, from)).toBe(back)
  })

  it('is tabled for every field that is compared', () => {
    const tabled = new Set(changes.map(([kind, path]) => `${kind} ${path}`))
    const compared = Object.entries(tables).flatMap(([kind, fields]) =>
      Object.entries(fields).flatMap(([path, { compare }]) =>
        compare === 'declared' || compare === 'membership' ? [] : [`${kind} ${path}`],
      ),
    )
    expect(compared.filter(path => !tabled.has(path))).toEqual([])
  })
})

describe('together', () => {
  it.each<readonly [readonly Direction[], Direction]>([
    [[], 'neutral'],
    [['neutral', 'tightens'], 'tightens'],
    [['tightens', 'unknown', 'neutral'], 'unknown'],
    [['tightens', 'unknown', 'loosens'], 'loosens'],
  ])('%j is %s', (directions, expected) => {
    expect(together(directions)).toBe(expected)
    expect(together([...directions].reverse())).toBe(expected)
  })
})
