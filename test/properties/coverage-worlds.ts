import fc from 'fast-check'
import type { JsonObject } from '../../src/model/json.ts'
import type { Scenario, ScenarioAccount } from '../../src/simulator/index.ts'
import type { RandomWorld } from './worlds.ts'

const organizationId = '96c9b91d-3eab-41b4-9d9c-09eb84db70cf'
const staff = 'Acme staff'
const managedDomains = ['acme.com', 'acme.io']
const externalDomains = ['partner.example', 'agency.example', 'rogue.example']

const uuid = (index: number): string => `00000001-0000-4000-8000-${String(index).padStart(12, '0')}`

/** The live policies: two for each directory, the first of which is its default. */
const policies = [
  { id: uuid(0), name: 'Local default', directory: 'local', default: true },
  { id: uuid(1), name: 'Local strict', directory: 'local' },
  { id: uuid(2), name: 'Staff default', directory: staff, default: true },
  { id: uuid(3), name: 'Staff strict', directory: staff },
] as const

const tokens = fc.option(
  fc.constantFrom('100d', '300d').map(expiresAt => [{ label: 'script', expiresAt }]),
  { nil: undefined },
)

const managed = (index: number): fc.Arbitrary<ScenarioAccount> =>
  fc.record({
    id: fc.constant(`m-${index}`),
    email: fc.constantFrom(...managedDomains).map(domain => `m${index}@${domain}`),
    policy: fc.constantFrom(...policies.map(({ name }) => name)),
    mfaEnabled: fc.boolean(),
    platformRoles: fc.constantFrom([], [], ['atlassian/org-admin']),
    accountStatus: fc.constantFrom('active', 'active', 'active', 'inactive'),
    tokens: tokens.map(found => found ?? []),
  })

const externalAccount = (index: number): fc.Arbitrary<ScenarioAccount> =>
  fc.record({
    id: fc.constant(`e-${index}`),
    email: fc.constantFrom(...externalDomains).map(domain => `e${index}@${domain}`),
    managed: fc.constant(false),
    products: fc.constantFrom(['jira'], ['jira', 'confluence'], ['jira', 'trello'], []),
    platformRoles: fc.constantFrom([], [], [], ['atlassian/org-admin']),
    lastActive: fc.constantFrom('2d', '40d', '200d', null),
    addedToOrg: fc.constantFrom('5d', '400d'),
    tokens: tokens.map(found => found ?? []),
  })

const several = (make: (index: number) => fc.Arbitrary<ScenarioAccount>, min: number, max: number) =>
  fc.integer({ min, max }).chain(count => fc.tuple(...Array.from({ length: count }, (_, index) => make(index))))

const liveSettings = (directory: string) =>
  fc
    .record({
      enforced: fc.boolean(),
      twoStepVerification: fc.constantFrom('optional' as const, 'mandatory' as const),
      apiTokens: fc.constantFrom('allow' as const, 'block' as const),
    })
    .map(({ enforced, twoStepVerification, apiTokens }) =>
      enforced && directory === staff
        ? {
            singleSignOn: 'enforced' as const,
            identityProvider: 'okta',
            twoStepVerification: 'identity-provider' as const,
            apiTokens,
          }
        : { singleSignOn: 'off' as const, twoStepVerification, apiTokens },
    )

const externalSettings = fc
  .record({
    authorizationMethod: fc.constantFrom('none' as const, 'one-time-passcode' as const, 'single-sign-on' as const),
    apiTokens: fc.constantFrom('allow' as const, 'block' as const),
  })
  .map(({ authorizationMethod, apiTokens }) => ({
    authorizationMethod,
    ...(authorizationMethod === 'single-sign-on' && { identityProvider: 'okta' }),
    apiTokens,
  }))

const scenario: fc.Arbitrary<Scenario> = fc
  .record({
    people: several(managed, 1, 6),
    externals: several(externalAccount, 0, 6),
    settings: fc.tuple(...policies.map(({ directory }) => liveSettings(directory))),
    external: externalSettings,
    test: externalSettings,
    tested: fc.boolean(),
  })
  .map(({ people, externals, settings, external, test, tested }) => ({
    organization: { id: organizationId, name: 'acme' },
    domains: managedDomains.map(name => ({ name })),
    directories: [{ name: 'Local directory' }, { name: staff, identityProvider: 'okta' }],
    authenticationPolicies: policies.map((policy, index) => ({ ...policy, settings: settings[index] ?? {} })),
    externalUserPolicies: {
      external: { settings: external },
      test: { settings: test, testUsers: tested ? externals.slice(0, 1).map(({ email }) => email) : [] },
    },
    // An organization in which nobody is active is one that was misread: a guard blocks that plan.
    accounts: [
      ...people.map((one, index) => (index === 0 ? { ...one, accountStatus: 'active' as const } : one)),
      ...externals,
    ],
    sites: ['jira', 'confluence', 'trello'].map(app => ({ id: `ari:cloud:${app}::site/1`, name: app })),
  }))

/** Any part of the settings may be left out; what stands there is not contradicted by the rest. */
const someOf = (settings: JsonObject): fc.Arbitrary<JsonObject> =>
  fc
    .subarray(Object.keys(settings))
    .map(kept =>
      Object.fromEntries(Object.entries(settings).filter(([key]) => kept.includes(key) || key !== 'apiTokens')),
    )

const policyDocument = ({ id, name, directory }: (typeof policies)[number]): fc.Arbitrary<JsonObject> =>
  fc
    .record({
      settings: liveSettings(directory).chain(settings => someOf(settings)),
      members: fc.option(
        fc.record({
          accounts: fc.subarray(managedDomains.map(domain => `m0@${domain}`)),
          domains: fc.subarray(managedDomains, { maxLength: 1 }),
          everyoneElse: fc.boolean(),
          acrossDirectories: fc.boolean(),
        }),
        { nil: undefined },
      ),
      managed: fc.boolean(),
    })
    .map(({ settings, members, managed: isManaged }) => ({
      kind: 'AuthenticationPolicy',
      name,
      id,
      directory,
      ...(isManaged && { settings }),
      ...(members && { members: members }),
    }))

const externalDocument = (accounts: readonly ScenarioAccount[]): fc.Arbitrary<readonly JsonObject[]> => {
  const emails = accounts.filter(({ managed: own }) => own === false).map(({ email }) => email)
  return fc
    .record({
      settings: externalSettings.chain(settings => someOf(settings)),
      access: fc.option(
        fc.record({
          allowedDomains: fc.subarray(externalDomains),
          inactiveAfter: fc.constantFrom('30d', '90d'),
          onViolation: fc.constantFrom('report', 'suspend'),
        }),
        { nil: undefined },
      ),
      test: fc.option(externalSettings, { nil: undefined }),
      users: fc.subarray(emails.slice(0, 5)),
    })
    .map(({ settings, access, test, users }) => [
      {
        kind: 'ExternalUserPolicy',
        name: 'external',
        settings,
        ...(access && { access: access }),
      },
      ...(test === undefined
        ? []
        : [{ kind: 'ExternalUserPolicy', name: 'test', settings: test, testUsers: users } as unknown as JsonObject]),
    ])
}

const requirement: JsonObject = {
  kind: 'CoverageRequirement',
  name: 'everyone',
  population: { accounts: ['managed', 'external'] },
  atLeast: 'step-up',
  minimumPercent: 50,
}

const byLevelAlone: JsonObject = { ...requirement, name: 'by level alone', tokens: 'ignore' }

/** Organizations in which what people have to pass differs in every way, and documents that change it. */
export const coverageWorld: fc.Arbitrary<RandomWorld & { readonly attestedBefore: boolean }> = scenario.chain(found =>
  fc
    .record({
      own: fc.tuple(...policies.map(policyDocument)),
      kept: fc.subarray([0, 1, 2, 3], { minLength: 2 }),
      external: fc.option(externalDocument(found.accounts ?? []), { nil: [] as readonly JsonObject[] }),
      enforcesMfa: fc.constantFrom(true, true, false, undefined),
      attestedBefore: fc.boolean(),
    })
    .map(({ own, kept, external, enforcesMfa, attestedBefore }) => ({
      scenario: found,
      attestedBefore,
      documents: [
        {
          kind: 'Organization',
          name: 'acme',
          id: organizationId,
          domains: managedDomains,
          identityProviders: [{ name: 'okta', protocol: 'saml', ...(enforcesMfa !== undefined && { enforcesMfa }) }],
          directories: [{ name: staff, identityProvider: 'okta' }],
        },
        ...kept.flatMap((index): readonly JsonObject[] => (own[index] === undefined ? [] : [own[index]])),
        ...external,
        requirement,
        byLevelAlone,
      ],
    })),
)
