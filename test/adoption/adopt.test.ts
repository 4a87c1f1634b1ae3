import { describe, expect, it } from 'vitest'
import { formatAddress } from '../../src/model/address.ts'
import { check } from '../policy/check.ts'
import { adopted, reasons, specs } from './adopted.ts'
import { allowlist, attested, expired, exported, member, policyId, seenPolicy, sighting } from './sighting.ts'

const synced = { id: 'idp-1', name: 'Acme staff', synced: true }
const local = { id: 'local-1', name: 'Local directory', synced: false }

describe('an organization that is taken over', () => {
  it('has a file for each object, in a folder for each kind', async () => {
    const { drafts } = await adopted({
      policies: [
        seenPolicy(1, { name: { name: '../../x', from: 'api' } }),
        seenPolicy(2, { name: { name: '👍', from: 'api' } }),
      ],
      accounts: [member('a@acme.com', 1), ...Array.from({ length: 12 }, (_, index) => member(`b${index}@acme.com`, 2))],
      allowlists: [allowlist('CON', { ranges: ['203.0.113.10'] })],
    })
    expect(drafts.map(({ file }) => file)).toEqual([
      'organization.yaml',
      'authentication/x.yaml',
      'authentication/unnamed.yaml',
      'external-users/external.yaml',
      'external-users/test.yaml',
      'ip-allowlists/con-1.yaml',
    ])
  })

  it('has only what current evidence shows, each value with it, and says how to observe the rest', async () => {
    const made = await adopted({
      policies: [
        seenPolicy(1, {
          fields: {
            billable: exported(true),
            'settings.idleSession': exported('8h'),
            'settings.apiTokens': attested('block', 'alice\n# x'),
            'settings.password.expiresAfter': attested('never'),
            'settings.thirdPartyLogin': expired('block'),
          },
        }),
      ],
      accounts: [member('a@acme.com', 1)],
    })
    expect(made.files['authentication/policy-1.yaml']).toBe(
      `# yaml-language-server: $schema=x.json
kind: AuthenticationPolicy
name: Policy 1
id: ${policyId(1)}
directory: local # inferred: its members are in the local directory
billable: true # export, 2026-11-20
settings:
  password:
    expiresAfter: never # attested by alice, 2026-11-21
  idleSession: 8h # export, 2026-11-20
  apiTokens: block # attested by alice\\u{a}# x, 2026-11-21
members:
  everyoneElse: true

# Not observed yet, so left out and not managed:
#   settings.singleSignOn, settings.twoStepVerification, settings.password.minimumStrength,
#   settings.sessionExpiration, settings.apiTokenExpiration,
#   settings.thirdPartyLogin (last seen on 2026-01-02, too long ago)
#     postern attest 'AuthenticationPolicy/Policy 1'
#     postern import --complete
`,
    )
    expect(
      made.unobserved.filter(({ address }) => address.name === 'Policy 1').map(({ path, by }) => [path, by]),
    ).toEqual([
      ['settings.singleSignOn', 'attestation'],
      ['settings.twoStepVerification', 'attestation'],
      ['settings.password.minimumStrength', 'attestation'],
      ['settings.sessionExpiration', 'attestation'],
      ['settings.apiTokenExpiration', 'attestation'],
      ['settings.thirdPartyLogin', 'attestation'],
    ])
  })

  it('asks for an export where none was taken in', async () => {
    const { unobserved, files } = await adopted({ policies: [seenPolicy(1)], accounts: [member('a@acme.com', 1)] })
    const by = (way: string) => unobserved.filter(found => found.by === way).map(({ path }) => path)
    expect(by('export')).toEqual([
      'billable',
      'settings.singleSignOn',
      'settings.password.minimumStrength',
      'settings.idleSession',
    ])
    expect(files['authentication/policy-1.yaml']).toContain('#     postern import --export FILE --complete\n')
  })

  it('says once, for all policies, what nobody can see', async () => {
    const { leftOut } = await adopted({
      policies: [seenPolicy(1), seenPolicy(2)],
      accounts: [member('a@acme.com', 1), member('b@acme.com', 2)],
      external: [],
      unread: [{ part: 'ip-allowlists', why: 'the key lacks a scope' }],
    })
    expect(leftOut.map(({ address, path }) => [formatAddress(address), path])).toEqual([
      ['AuthenticationPolicy/*', undefined],
      ['AuthenticationPolicy/*', 'default'],
      ['ExternalUserPolicy/*', undefined],
      ['IpAllowlist/*', undefined],
    ])
  })

  it('has lines to take the sign off that are valid then', async () => {
    const { files } = await adopted({ directories: [local] })
    const text = (files['organization.yaml'] ?? '').replace(/^# ((?:breakGlass|runner|guards|approvals):)/gm, '$1')
    const { codes } = await check({ 'organization.yaml': text })
    expect(text).toMatch(/^approvals: /m)
    expect(codes).toEqual([])
  })

  it.each([
    ['a short name', 'acme', 'acme'],
    ['one that is cut', 'x'.repeat(100), 'x'.repeat(60)],
    ['no control characters', ' a\u0000b\n', 'a b'],
    ['some name', '\u202e', 'organization'],
  ])('has %s', async (_, name, expected) => {
    const made = await adopted({ organization: { id: sighting().organization.id, name } })
    expect(made.drafts[0]?.address.name).toBe(expected)
  })

  it('has the verified domains, and says what is with the others', async () => {
    const made = await adopted({
      domains: [
        { name: 'acme.com', status: 'verified' },
        { name: 'gone.example', status: 'missing_token' },
        { name: 'under_score.example', status: 'verified' },
      ],
    })
    expect(specs(made)['Organization/acme']).toMatchObject({ domains: ['acme.com'] })
    expect(reasons(made)).toEqual([
      'Organization/acme domains: `domains[0]` must be a domain such as example.com, not `under_score.example`',
      'Organization/acme domains: gone.example is not verified (its status is missing_token)',
    ])
  })
})

describe('directories', () => {
  const accounts = [member('a@acme.com', 1), member('b@acme.com', 2)]

  it.each([
    ['the one that is not synced is local', [synced, local], {}, ['local', 'Acme staff'], ['Acme staff']],
    [
      'one with single sign-on is none',
      [{ ...synced, synced: false }, local],
      { 'settings.singleSignOn': exported('enforced') },
      ['local', 'Acme staff'],
      ['Acme staff'],
    ],
    [
      'of several that could be it, none is',
      [{ ...synced, synced: false }, local],
      {},
      ['Local directory', 'Acme staff'],
      [],
    ],
    [
      'two that are called local are told apart',
      [{ ...synced, name: 'local' }, local],
      {},
      ['local', 'Directory idp-1'],
      ['Directory idp-1'],
    ],
    [
      'a provider is called as evidence calls it',
      [synced, local],
      { 'settings.singleSignOn': exported('enforced'), 'settings.identityProvider': attested('okta') },
      ['local', 'Acme staff'],
      ['okta'],
    ],
    ['without any, every policy is of the built-in one', [], {}, ['local', 'local'], []],
  ])('%s', async (_, directories, fields, names, providers) => {
    const made = await adopted({
      directories,
      accounts,
      policies: [seenPolicy(1), seenPolicy(2, { directoryId: 'idp-1', fields })],
    })
    const found = specs(made)
    expect([1, 2].map(number => found[`AuthenticationPolicy/Policy ${number}`]?.['directory'])).toEqual(names)
    const declared = found['Organization/acme']?.['identityProviders'] ?? []
    expect(declared).toEqual(providers.map(name => ({ name })))
  })
})

describe('what documents refuse', () => {
  it.each([
    [
      'single sign-on outside an identity provider’s directory',
      { 'settings.singleSignOn': exported('enforced'), 'settings.twoStepVerification': attested('identity-provider') },
      ['settings.singleSignOn', 'settings.twoStepVerification'],
    ],
    [
      'a duration out of range',
      { 'settings.idleSession': exported('31d'), billable: exported(true) },
      ['settings.idleSession'],
    ],
    ['a value that no document can hold', { 'settings.apiTokens': attested('perhaps') }, ['settings.apiTokens']],
    [
      'an identity provider’s second factor without single sign-on',
      { 'settings.twoStepVerification': attested('identity-provider') },
      ['settings.twoStepVerification'],
    ],
  ])('is left out, with the reason: %s', async (_, fields, paths) => {
    // In a directory that nothing tells.
    const directories = [local, synced]
    const policy = seenPolicy(1, { fields, directoryId: 'unknown' })
    const made = await adopted({ directories, policies: [policy], accounts: [member('a@acme.com', 1)] })
    expect(made.leftOut.filter(({ address }) => address.name === 'Policy 1').map(({ path }) => path)).toEqual(paths)
    expect(specs(made)['AuthenticationPolicy/Policy 1']).not.toHaveProperty(paths[0] ?? '')
  })

  it('is single sign-on in a policy that is not billable', async () => {
    const made = await adopted({
      directories: [synced],
      policies: [
        seenPolicy(1, {
          directoryId: 'idp-1',
          fields: { 'settings.singleSignOn': exported('enforced'), billable: exported(false) },
        }),
      ],
      accounts: [member('a@acme.com', 1)],
    })
    expect(reasons(made)).toEqual([
      'AuthenticationPolicy/Policy 1 settings.singleSignOn: documents refuse it: a non-billable policy cannot use single sign-on',
    ])
  })

  it('are allowlists that cannot be told apart, named or read', async () => {
    const made = await adopted({
      allowlists: [
        allowlist('Twins', { ranges: ['203.0.113.10'] }, '1'),
        allowlist('Twins', { ranges: ['203.0.113.11'] }, '2'),
        allowlist('', { ranges: ['203.0.113.10'] }),
        allowlist('Odd', { enabled: true }),
        allowlist('Office', { ranges: ['office'] }),
        allowlist('Empty', { ranges: [] }),
        allowlist('Good', {
          ranges: ['203.0.113.10'],
          enabled: false,
          allowMobileBypass: true,
          resources: ['nothing'],
        }),
      ],
    })
    expect(reasons(made).map(reason => reason.replace(/:.*/, ''))).toEqual([
      'IpAllowlist/',
      'IpAllowlist/Empty',
      'IpAllowlist/Good resources',
      'IpAllowlist/Odd',
      'IpAllowlist/Office',
      'IpAllowlist/Twins',
      'IpAllowlist/Twins',
    ])
    expect(specs(made)['IpAllowlist/Good']).toEqual({
      kind: 'IpAllowlist',
      name: 'Good',
      enabled: false,
      ranges: ['203.0.113.10'],
      allowMobileBypass: true,
    })
  })
})
