import { describe, expect, it } from 'vitest'
import { accountList } from '../../src/kinds/account-list.ts'
import { authenticationPolicy } from '../../src/kinds/authentication-policy.ts'
import { coverageRequirement } from '../../src/kinds/coverage-requirement.ts'
import { exception } from '../../src/kinds/exception.ts'
import { externalUserPolicy } from '../../src/kinds/external-user-policy.ts'
import { ipAllowlist } from '../../src/kinds/ip-allowlist.ts'
import { organization } from '../../src/kinds/organization.ts'

const references: readonly [string, ReturnType<typeof exception.references>, readonly string[]][] = [
  ['AuthenticationPolicy', authenticationPolicy.references({ directory: 'local' }), ['directory → Directory/local']],
  [
    'AuthenticationPolicy with a provider',
    authenticationPolicy.references({ directory: 'Staff', settings: { identityProvider: 'okta' } }),
    ['directory → Directory/Staff', 'settings.identityProvider → IdentityProvider/okta'],
  ],
  [
    'AuthenticationPolicy with account lists',
    authenticationPolicy.references({ members: { accountLists: ['A', 'B'], except: { accountLists: ['C'] } } }),
    [
      'members.accountLists.0 → AccountList/A',
      'members.accountLists.1 → AccountList/B',
      'members.except.accountLists.0 → AccountList/C',
    ],
  ],
  ['AccountList', accountList.references({ name: 'L', accounts: ['jo@acme.com'] }), []],
  ['AuthenticationPolicy without anything', authenticationPolicy.references({}), []],
  ['ExternalUserPolicy', externalUserPolicy.references({ name: 'external', settings: { apiTokens: 'block' } }), []],
  [
    'ExternalUserPolicy with a provider',
    externalUserPolicy.references({ settings: { identityProvider: 'okta' } }),
    ['settings.identityProvider → IdentityProvider/okta'],
  ],
  ['IpAllowlist', ipAllowlist.references({ name: 'Office', ranges: [] }), []],
  ['CoverageRequirement', coverageRequirement.references({ population: { accounts: ['managed'] } }), []],
  [
    'CoverageRequirement of policies',
    coverageRequirement.references({ population: { policies: ['A', 'B'] } }),
    ['population.policies.0 → AuthenticationPolicy/A', 'population.policies.1 → AuthenticationPolicy/B'],
  ],
  ['CoverageRequirement without anything', coverageRequirement.references({}), []],
  ['Exception', exception.references({ requirement: 'all' }), ['requirement → CoverageRequirement/all']],
  [
    'Exception of a difference',
    exception.references({ difference: { kind: 'IpAllowlist', name: 'Office', path: 'ranges' } }),
    ['difference.name → IpAllowlist/Office'],
  ],
  ['Exception without anything', exception.references({}), []],
  [
    'Organization',
    organization.references({ directories: [{ name: 'A' }, { name: 'B', identityProvider: 'okta' }] }),
    ['directories.1.identityProvider → IdentityProvider/okta'],
  ],
  ['Organization without anything', organization.references({}), []],
]

describe('what a document refers to', () => {
  it.each(references)('%s', (_, found, expected) => {
    expect(found.map(({ path, to }) => `${path.join('.')} → ${to.kind}/${to.name}`)).toEqual(expected)
  })
})

describe('what a document declares for others', () => {
  it('is a directory that everybody has, and what the Organization document lists', () => {
    expect(organization.declares({ identityProviders: [{ name: 'okta' }], directories: [{ name: 'Staff' }] })).toEqual([
      { kind: 'Directory', name: 'local' },
      { kind: 'IdentityProvider', name: 'okta' },
      { kind: 'Directory', name: 'Staff' },
    ])
    expect(organization.declares({})).toEqual([{ kind: 'Directory', name: 'local' }])
  })

  it('is nothing for all other kinds', () => {
    for (const kind of [
      accountList,
      authenticationPolicy,
      externalUserPolicy,
      ipAllowlist,
      coverageRequirement,
      exception,
    ])
      expect(kind.declares({})).toEqual([])
  })
})
