import { describe, expect, it } from 'vitest'
import type { LiveAccount } from '../../../src/kinds/live.ts'
import { account } from '../documents.ts'
import { admin, documents, people, seen, verdictOf, type Situation } from './input.ts'

const staff = (settings = '{ singleSignOn: enforced, identityProvider: okta }', members = '{ domains: [acme.com] }') =>
  `kind: AuthenticationPolicy\nname: Staff\ndirectory: Staff\nsettings: ${settings}\nmembers: ${members}`
const local = (members = '{ everyoneElse: true }', settings = '{ singleSignOn: off }') =>
  `kind: AuthenticationPolicy\nname: Local\ndirectory: local\nsettings: ${settings}\nmembers: ${members}`

const off = seen('Staff', { singleSignOn: 'off', identityProvider: 'okta' })
const enforced = seen('Staff', { singleSignOn: 'enforced', identityProvider: 'okta' })
const [alice, bob] = [admin('alice@acme.com', 'id-Staff'), admin('bob@acme.com', 'id-Staff')]
const root = admin('root@acme.com', 'id-Local')

const expired = { certificateExpires: '2026-11-23' }

/** The documents with another end of the certificate. */
async function situation(
  accounts: readonly LiveAccount[],
  objects: readonly ReturnType<typeof seen>[],
  texts: readonly string[],
  { more = '', ends }: { readonly more?: string; readonly ends?: string | null } = {},
): Promise<Situation> {
  const desired = await documents(more, ...texts)
  const [okta = { name: 'okta' }] = desired.organization.spec.identityProviders ?? []
  const provider =
    ends === undefined
      ? okta
      : { name: okta.name, protocol: 'saml' as const, ...(ends !== null && { certificateExpires: ends }) }
  return {
    desired: {
      ...desired,
      organization: {
        ...desired.organization,
        spec: { ...desired.organization.spec, identityProviders: [provider] },
      },
    },
    live: { accounts, objects },
  }
}

describe('locks-out-admins', () => {
  const keepsRoot = [staff(undefined, '{ domains: [acme.com], except: { accounts: [root@acme.com] } }'), local()]

  it.each<readonly [string, () => Promise<Situation>, string]>([
    [
      'nothing changes',
      () => situation([alice, root], [enforced, seen('Local', { singleSignOn: 'off' })], keepsRoot),
      'passed',
    ],
    [
      'single sign-on is enforced, and one admin is outside',
      () => situation([alice, root], [off], keepsRoot),
      'passed',
    ],
    [
      'the certificate has ended, and single sign-on is enforced',
      () => situation([alice, root], [off], keepsRoot, { ends: expired.certificateExpires }),
      'blocks',
    ],
    ['it ends today', () => situation([alice, root], [off], keepsRoot, { ends: '2026-11-24' }), 'passed'],
    [
      'it had ended before, and single sign-on is enforced already',
      () => situation([alice, root], [enforced], keepsRoot, { ends: expired.certificateExpires }),
      'passed',
    ],
    ['nobody says when it ends', () => situation([alice, root], [off], keepsRoot, { ends: null }), 'not-checked'],
    [
      'nobody says when it ends, and nothing changes',
      () => situation([alice, root], [enforced], keepsRoot, { ends: null }),
      'passed',
    ],
    [
      'every admin would depend on one identity provider, and one does not now',
      () => situation([alice, bob], [off], [staff(), local()]),
      'blocks',
    ],
    [
      'every admin depends on one already, as far as known',
      () => situation([alice, bob], [enforced], [staff(), local()]),
      'passed',
    ],
    [
      'whether single sign-on is enforced is not known, and the documents say so',
      () => situation([alice, bob], [seen('Staff')], [staff(), local()]),
      'passed',
    ],
    [
      'an admin moves from the local directory to where single sign-on is enforced',
      () =>
        situation(
          [alice, root],
          [enforced, seen('Local', { singleSignOn: 'off' })],
          [staff(undefined, '{ domains: [acme.com], acrossDirectories: true }'), local()],
        ),
      'blocks',
    ],
    ['nobody is an admin', () => situation(people(3, 'id-Staff'), [off], keepsRoot), 'not-checked'],
    [
      'the API tells no roles',
      () => situation([{ ...account('x@acme.com', 'id-Staff'), rolesUnknown: true }], [off], keepsRoot),
      'not-checked',
    ],
  ])('where %s', async (_, make, status) => {
    expect(verdictOf('locks-out-admins', await make()).status).toBe(status)
  })

  it('where an external admin would be sent to the identity provider', async () => {
    const guest = admin('guest@partner.example')
    const external =
      'kind: ExternalUserPolicy\nname: external\nsettings: { authorizationMethod: single-sign-on, identityProvider: okta }'
    const found = (method: string) =>
      verdictOf('locks-out-admins', {
        ...{ desired: desiredExternal },
        live: {
          accounts: [root, alice],
          externals: [guest],
          objects: [enforced, seen('external', { authorizationMethod: method }, 'ExternalUserPolicy')],
        },
      })
    const desiredExternal = await documents('', external, ...keepsRoot)
    expect(found('none').status).toBe('blocks')
    expect(found('one-time-passcode').summary).toContain('`guest@partner.example` after')
    expect(found('single-sign-on').status).toBe('passed')
  })

  it('names who, the step and why, and how to lift it', async () => {
    const found = verdictOf(
      'locks-out-admins',
      await situation([alice, bob, root], [off], keepsRoot, { ends: '2026-11-23' }),
    )
    expect(found.summary).toContain('2 organization admins')
    expect(found.summary).toContain('`alice@acme.com` after `console/update/AuthenticationPolicy/Staff`')
    expect(found.summary).toContain('the certificate of okta ended on 2026-11-23')
    expect(found.lift).toContain('--allow locks-out-admins')
  })
})

describe('minimum-org-admins', () => {
  const certificate = { ends: '2026-11-23' }
  const keeps = [
    staff(undefined, '{ domains: [acme.com], except: { accounts: [root@acme.com, two@acme.com] } }'),
    local(),
  ]
  const two = admin('two@acme.com', 'id-Local')

  it.each<readonly [string, () => Promise<Situation>, string]>([
    ['2 are left of 3', () => situation([alice, root, two], [off], keeps, certificate), 'passed'],
    ['1 is left of 2', () => situation([alice, root], [off], keeps, certificate), 'blocks'],
    ['1 was there, and is left', () => situation([root], [off], keeps, certificate), 'passed'],
    ['1 was there, and is not left', () => situation([alice], [off], keeps, certificate), 'blocks'],
    ['nobody is an admin', () => situation(people(3, 'id-Staff'), [off], keeps), 'not-checked'],
    [
      'the API tells no roles',
      () => situation([{ ...account('x@acme.com', 'id-Staff'), rolesUnknown: true }], [off], keeps),
      'not-checked',
    ],
    [
      'one is asked for',
      () => situation([alice, root], [off], keeps, { ...certificate, more: 'guards: { minimumOrgAdmins: 1 }' }),
      'passed',
    ],
    [
      'none is asked for, and none is known',
      () => situation([], [off], keeps, { more: 'guards: { minimumOrgAdmins: 0 }' }),
      'passed',
    ],
    [
      'one is suspended already',
      () => situation([{ ...alice, status: 'suspended' }, root, two], [off], keeps, certificate),
      'passed',
    ],
  ])('where %s', async (_, make, status) => {
    expect(verdictOf('minimum-org-admins', await make()).status).toBe(status)
  })

  it('gives the numbers and names who is shut out', async () => {
    const found = verdictOf('minimum-org-admins', await situation([alice, root], [off], keeps, certificate))
    expect(found.summary).toContain(
      '1 organization admin can sign in after every step, as far as known, 2 can now, and 2 must',
    )
    expect(found.summary).toContain('`alice@acme.com`')
    expect(found.lift).toContain('`guards.minimumOrgAdmins` in organization.yaml')
  })
})

describe('locks-out-runner', () => {
  const owner = account('ci@acme.com', 'id-Staff')
  const runner = (addresses: string) => `runner: { keyOwner: ci@acme.com, addresses: ${addresses} }`
  const keeps = [staff(), local()]
  const allowlist = (more: string) => `kind: IpAllowlist\nname: Office\n${more}`
  const missing = { address: { kind: 'IpAllowlist', name: 'Office' }, exists: 'no', fields: {} } as const

  const withAllowlist = async (addresses: string, more: string, object: ReturnType<typeof seen> = missing) => ({
    desired: await documents(runner(addresses), allowlist(more)),
    live: { accounts: [owner], objects: [object] },
  })

  it.each<readonly [string, () => Promise<Situation>, string]>([
    [
      'nothing concerns it',
      async () => ({ ...(await situation([owner], [enforced], keeps, { more: runner('[203.0.113.10]') })) }),
      'passed',
    ],
    [
      'its owner is shut out',
      () => situation([owner], [off], keeps, { more: runner('[203.0.113.10]'), ends: '2026-11-23' }),
      'blocks',
    ],
    ['no owner is declared', () => situation([owner], [off], keeps), 'not-checked'],
    ['no owner is declared, and there is no step', () => situation([owner], [enforced], [local()]), 'not-checked'],
    ['its owner is nowhere', () => situation([], [off], keeps, { more: runner('[203.0.113.10]') }), 'not-checked'],
    ['a new allowlist holds its address', () => withAllowlist('[203.0.113.10]', 'ranges: [203.0.113.0/24]'), 'passed'],
    ['a new allowlist leaves it out', () => withAllowlist('[203.0.113.10]', 'ranges: [198.51.100.0/24]'), 'blocks'],
    [
      'a new allowlist leaves a part out',
      () => withAllowlist('[203.0.113.0/24]', 'ranges: [203.0.113.0/25]'),
      'blocks',
    ],
    [
      'one of two addresses is left out',
      () => withAllowlist('[203.0.113.10, 2001:db8::1]', 'ranges: [203.0.113.0/24]'),
      'blocks',
    ],
    [
      'a disabled allowlist leaves it out',
      () => withAllowlist('[203.0.113.10]', 'enabled: false\nranges: [198.51.100.0/24]'),
      'passed',
    ],
    [
      'an allowlist that stays disabled leaves it out',
      () =>
        withAllowlist('[203.0.113.10]', 'ranges: [198.51.100.0/24]', {
          ...missing,
          exists: 'yes',
          fields: { enabled: enabledIs(false), ranges: rangesAre('192.0.2.1') },
        }),
      'passed',
    ],
    [
      'an allowlist is switched on and leaves it out',
      () =>
        withAllowlist('[203.0.113.10]', 'enabled: true\nranges: [198.51.100.0/24]', {
          ...missing,
          exists: 'yes',
          fields: { enabled: enabledIs(false), ranges: rangesAre('198.51.100.0/24') },
        }),
      'blocks',
    ],
    ['no address is declared', () => withAllowlist('[]', 'ranges: [198.51.100.0/24]'), 'not-checked'],
  ])('where %s', async (_, make, status) => {
    expect(verdictOf('locks-out-runner', await make()).status).toBe(status)
  })

  const fieldIs = (path: string, value: boolean | readonly string[]) =>
    ({ state: 'known', value, evidence: { path, from: 'api', at: '2026-11-24T08:00:00.000Z' } }) as const
  const enabledIs = (value: boolean) => fieldIs('enabled', value)
  const rangesAre = (...value: readonly string[]) => fieldIs('ranges', value)

  it('names the allowlist and the address, or what to declare', async () => {
    const blocked = verdictOf('locks-out-runner', await withAllowlist('[203.0.113.10]', 'ranges: [198.51.100.0/24]'))
    expect(blocked.summary).toContain('`Office` leaves out `203.0.113.10`')
    expect(blocked.lift).toContain('--allow locks-out-runner')
    const unknown = verdictOf('locks-out-runner', await withAllowlist('[]', 'ranges: [198.51.100.0/24]'))
    expect(unknown.summary).toContain('declare `runner.addresses`')
    expect(verdictOf('locks-out-runner', await situation([owner], [off], keeps)).summary).toContain(
      'declare `runner.keyOwner`',
    )
  })
})
