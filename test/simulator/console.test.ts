import { describe, expect, it } from 'vitest'
import type { Scenario } from '../../src/simulator/index.ts'
import { accountId, at, ids, start, type Started } from './start.ts'

const policy = `/authentication-policies/${ids.local}`
const staff = `/authentication-policies/${ids.staff}`

async function refused({ page }: Started, path: string, form: Readonly<Record<string, string>>): Promise<string> {
  const response = await page('POST', path, form)
  expect([400, 409]).toContain(response.status)
  const html = await response.text()
  expect(html).toContain('Nothing was saved.')
  return html
}

describe('pages', () => {
  it.each([
    '',
    '/authentication-policies',
    policy,
    '/external-users/external',
    '/external-users/test',
    '/domains',
    '/audit-log',
  ])('%s is a whole page that needs no script and no key', async path => {
    const { page } = await start()
    const response = await page('GET', path)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    const html = await response.text()
    expect(html).toMatch(/^<!doctype html>\s*<html lang="en">/)
    expect(html).not.toContain('<script')
    expect(html.match(/<h1>/g)).toHaveLength(1)
    const controls = [...html.matchAll(/<(?:input|select|textarea) id="([^"]+)"/g)].map(([, id]) => id)
    for (const id of controls) expect(html).toContain(`<label for="${id ?? ''}">`)
    expect(new Set(controls).size).toBe(controls.length)
  })

  it('leads to the organization, and to nothing else', async () => {
    const { simulator, page } = await start()
    const index = await (await simulator.fetch('/console')).text()
    expect(index).toContain(`/console/o/${simulator.organizationId}`)
    expect((await simulator.fetch('/console/o/other/domains')).status).toBe(404)
    expect((await page('GET', '/authentication-policies/none')).status).toBe(404)
    expect((await page('GET', '/external-users/others')).status).toBe(404)
    expect((await page('GET', '/nowhere')).status).toBe(404)
    expect(simulator.requests).toEqual([])
  })

  it('escapes everything', async () => {
    const nasty = `<script>alert("x")</script>'&`
    const scenario: Scenario = {
      organization: { id: 'org-1', name: nasty },
      domains: [{ name: nasty }],
      authenticationPolicies: [{ id: 'p', name: nasty }],
      accounts: [{ email: '<b>@x.example', managed: false }],
      externalUserPolicies: { test: { testUsers: ['<b>@x.example'] } },
    }
    const { page } = await start({ scenario })
    await page('POST', '/external-users/external', { apiTokens: 'block', actor: nasty })
    for (const path of [
      '',
      '/authentication-policies',
      '/authentication-policies/p',
      '/external-users/test',
      '/domains',
      '/audit-log',
    ]) {
      const html = await (await page('GET', path)).text()
      expect(html).not.toContain('<script>')
      expect(html).not.toContain('<b>')
    }
  })
})

describe('authentication policies', () => {
  it('answers JSON with what a person reads off the page', async () => {
    const { readPage } = await start()
    expect(await readPage(staff)).toMatchObject({
      name: 'Staff behind Okta',
      id: ids.staff,
      directory: 'Acme staff',
      default: true,
      billable: true,
      settings: { singleSignOn: 'enforced', identityProvider: 'okta', password: { minimumStrength: 'strong' } },
    })
    expect(at(await readPage('/authentication-policies'), 'policies', 2, 'directory')).toBe('local')
  })

  it.each<[string, Readonly<Record<string, string>>, object]>([
    ['twoStepVerification', { twoStepVerification: 'mandatory' }, { twoStepVerification: 'mandatory' }],
    [
      'password',
      { minimumStrength: 'good', passwordExpiresAfter: '90d' },
      { password: { minimumStrength: 'good', expiresAfter: '90d' } },
    ],
    ['minimumStrength taken away', { minimumStrength: '' }, { password: { expiresAfter: 'never' } }],
    ['idleSession', { idleSession: '8h' }, { idleSession: '8h' }],
    ['sessionExpiration', { sessionExpiration: '7d' }, { sessionExpiration: '7d' }],
    ['apiTokens', { apiTokens: 'block' }, { apiTokens: 'block' }],
    ['apiTokenExpiration', { apiTokenExpiration: '90d' }, { apiTokenExpiration: '90d' }],
    ['thirdPartyLogin', { thirdPartyLogin: 'block' }, { thirdPartyLogin: 'block' }],
    ['nothing', {}, {}],
  ])('saves %s, and leaves the rest', async (_, form, change) => {
    const started = await start()
    const before = at(await started.readPage(policy), 'settings') as object
    const response = await started.page('POST', policy, form)
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe(`/console/o/${started.simulator.organizationId}${policy}`)
    expect(at(await started.readPage(policy), 'settings')).toEqual({ ...before, ...change })
  })

  it.each<[string, string, Readonly<Record<string, string>>]>([
    ['an unknown value', policy, { apiTokens: 'maybe' }],
    ['an idle time below 15 minutes', policy, { idleSession: '10m' }],
    ['an idle time above 30 days', policy, { idleSession: '31d' }],
    ['a token life above 365 days', policy, { apiTokenExpiration: '366d' }],
    ['a text that is no duration', policy, { sessionExpiration: 'soon' }],
    ['SSO in the local directory', policy, { singleSignOn: 'enforced', identityProvider: 'okta' }],
    ['2SV by an identity provider without SSO', policy, { twoStepVerification: 'identity-provider' }],
    ['a 2SV setting under SSO', staff, { twoStepVerification: 'mandatory' }],
    ['an identity provider that is not the directory’s', staff, { identityProvider: 'other' }],
    ['a non-billable policy behind an identity provider', staff, { billable: 'false' }],
    ['a default that is taken away', policy, { default: 'false' }],
    ['a name that is taken', policy, { name: 'Staff behind Okta' }],
    ['an empty name', policy, { name: '' }],
  ])('refuses %s', async (_, path, form) => {
    const started = await start()
    const before = await started.readPage(path)
    await refused(started, path, form)
    expect(await started.readPage(path)).toEqual(before)
    expect(started.simulator.state.events).toEqual([])
  })

  it('leaves the second factor open when SSO is turned off', async () => {
    const started = await start()
    await started.page('POST', staff, { singleSignOn: 'off' })
    const settings = at(await started.readPage(staff), 'settings')
    expect(settings).toMatchObject({ singleSignOn: 'off', twoStepVerification: 'optional' })
    expect(settings).not.toHaveProperty('identityProvider')
    await started.page('POST', staff, { singleSignOn: 'enforced', twoStepVerification: 'optional' })
    expect(at(await started.readPage(staff), 'settings')).toMatchObject({
      identityProvider: 'okta',
      twoStepVerification: 'identity-provider',
    })
  })

  it('has one default in each directory', async () => {
    const { page, simulator } = await start()
    await page('POST', `/authentication-policies/${ids.contractors}`, { default: 'true' })
    expect(simulator.state.authenticationPolicies.map(own => own.default)).toEqual([true, true, false])
  })

  it('adds a policy with the defaults, and deletes it', async () => {
    const started = await start()
    const form = { name: 'Interns', directory: 'local', billable: 'false', actor: 'bob@acme.com' }
    const made = await started.page('POST', '/authentication-policies', form)
    const path = made.headers.get('location')?.replace(`/console/o/${started.simulator.organizationId}`, '') ?? ''
    expect(await started.readPage(path)).toMatchObject({
      name: 'Interns',
      directory: 'local',
      default: false,
      billable: false,
      settings: { singleSignOn: 'off', twoStepVerification: 'optional', idleSession: '30d' },
    })
    expect(started.simulator.state.events.at(-1)?.actor.name).toBe('Bob Tanaka')
    await started.page('POST', `${path}/members`, { emails: 'jo@acme.com\nNADIA.haddad@acme.com, nobody@acme.com' })
    expect((await started.page('POST', `${path}/delete`)).status).toBe(303)
    expect((await started.page('GET', path)).status).toBe(404)
    const jo = started.simulator.state.accounts.byEmail.get('jo@acme.com')
    expect(jo?.policyId).toBe(ids.local)
    expect(await refused(started, '/authentication-policies', { name: 'Local accounts' })).toContain('already')
    expect(await refused(started, '/authentication-policies', { name: 'x', directory: 'y' })).toContain('no directory')
    expect(await refused(started, `${policy}/delete`, {})).toContain('default policy cannot be deleted')
  })

  it('moves members, and says how many it could not', async () => {
    const started = await start()
    const emails = 'owen.price@acme.com sam@partner.example nobody@acme.com'
    const response = await started.page('POST', `/authentication-policies/${ids.contractors}/members`, { emails })
    expect(response.headers.get('location')).toContain('?added=1&failed=2')
    expect(started.simulator.state.events.at(-1)?.context[0]?.['attributes']).toEqual({
      name: 'Contractors and break-glass',
      added: ['owen.price@acme.com'],
      failed: ['sam@partner.example', 'nobody@acme.com'],
    })
    await refused(started, `/authentication-policies/${ids.contractors}/members`, { emails: ' ' })
  })
})

describe('external users', () => {
  it('saves what takes effect ten minutes later', async () => {
    const started = await start()
    const form = {
      authorizationMethod: 'one-time-passcode',
      sessionDuration: '7d',
      apiTokens: 'block',
      billable: 'false',
    }
    expect((await started.page('POST', '/external-users/external', form)).status).toBe(303)
    expect(await started.readPage('/external-users/external')).toEqual({
      name: 'external',
      settings: {
        authorizationMethod: 'one-time-passcode',
        sessionDuration: '7d',
        apiTokens: 'block',
        billable: false,
      },
    })
    const { effectiveAt, previous } = started.simulator.state.externalUserPolicies.external
    expect(effectiveAt).toBe(started.clock.time + 600_000)
    expect(previous.authorizationMethod).toBe('none')
    expect(await (await started.page('GET', '/external-users/external')).text()).toContain(
      'takes effect at 2026-11-24T08:10',
    )
  })

  it('keeps up to five test users', async () => {
    const started = await start()
    const testUsers = 'sam@partner.example\nlee@partner.example'
    await started.page('POST', '/external-users/test', { testUsers, authorizationMethod: 'single-sign-on' })
    expect(await started.readPage('/external-users/test')).toMatchObject({
      settings: { authorizationMethod: 'single-sign-on', identityProvider: 'okta' },
      testUsers: ['sam@partner.example', 'lee@partner.example'],
    })
  })

  it.each<[string, string, Readonly<Record<string, string>>]>([
    ['SSO without billing', 'external', { authorizationMethod: 'single-sign-on', billable: 'false' }],
    ['an unknown identity provider', 'external', { authorizationMethod: 'single-sign-on', identityProvider: 'x' }],
    ['a session of 31 days', 'external', { sessionDuration: '31d' }],
    ['six test users', 'test', { testUsers: 'a@x.y b@x.y c@x.y d@x.y e@x.y f@x.y' }],
    ['a managed test user', 'test', { testUsers: 'jo@acme.com' }],
  ])('refuses %s', async (_, name, form) => {
    await refused(await start(), `/external-users/${name}`, form)
  })

  it('needs Guard', async () => {
    const { page } = await start({ scenario: 'without-guard' })
    for (const name of ['external', 'test']) {
      const response = await page('GET', `/external-users/${name}`)
      expect(response.status).toBe(403)
      expect(await response.text()).toContain('Guard Standard')
      expect((await page('POST', `/external-users/${name}`, { apiTokens: 'block' })).status).toBe(403)
    }
    expect((await page('POST', '/authentication-policies', { name: 'second' })).status).toBe(400)
  })
})

describe('domains', () => {
  it('verify, claim and lapse', async () => {
    const started = await start()
    const domain = (action: string): Promise<Response> =>
      started.page('POST', '/domains', { name: 'Partner.example', action })
    const sam = started.simulator.state.accounts.byId.get(accountId(started, 'sam@partner.example'))
    expect((await domain('claim')).status).toBe(400)
    expect((await domain('verify')).status).toBe(303)
    expect(sam?.managed).toBe(false)
    await domain('claim')
    expect([sam?.managed, sam?.policyId]).toEqual([true, ids.local])
    await domain('lapse')
    expect([sam?.managed, sam?.policyId]).toEqual([false, undefined])
    expect(started.simulator.state.domains.at(-1)).toMatchObject({ name: 'partner.example', status: 'missing_token' })
    expect(started.simulator.state.events.map(({ action }) => action)).toEqual([
      'domain_verified',
      'domain_claimed',
      'domain_lapsed',
    ])
    expect((await domain('sell')).status).toBe(400)
  })
})
