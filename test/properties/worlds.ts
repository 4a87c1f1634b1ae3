import fc from 'fast-check'
import type { JsonObject } from '../../src/model/json.ts'
import type { Scenario, ScenarioAccount } from '../../src/simulator/index.ts'

/** An organization as it is found, and the documents that are to govern it. */
export interface RandomWorld {
  readonly scenario: Scenario
  readonly documents: readonly JsonObject[]
}

const organizationId = '96c9b91d-3eab-41b4-9d9c-09eb84db70cf'
const domains = ['acme.com', 'acme.io']
const groups = ['red', 'green', 'blue']
const staff = 'Acme staff'
const sites = ['ari:cloud:jira::site/1', 'ari:cloud:confluence::site/1']
const ranges = ['192.0.2.0/24', '192.0.2.9', '198.51.100.7/32', '2001:db8::/48', '203.0.113.0/25']

const uuid = (group: number, index: number): string =>
  `${String(group).padStart(8, '0')}-0000-4000-8000-${String(index).padStart(12, '0')}`

/** Live policies: two for each directory, the first of which is its default. */
const livePolicies = [
  { id: uuid(1, 0), name: 'Local default', directory: 'local', default: true },
  { id: uuid(1, 1), name: 'Local strict', directory: 'local' },
  { id: uuid(1, 2), name: 'Staff default', directory: staff, default: true },
  { id: uuid(1, 3), name: 'Staff strict', directory: staff },
] as const

const someOf = <T>(values: readonly T[]): fc.Arbitrary<readonly T[]> => fc.subarray([...values])

const accountNames = Array.from({ length: 10 }, (_, index) => `user${index}`)

const account = (index: number): fc.Arbitrary<ScenarioAccount> =>
  fc.record({
    id: fc.constant(`account-${index}`),
    email: fc
      .tuple(fc.constantFrom(...domains), fc.boolean())
      .map(([domain, upper]) => `${upper ? accountNames[index]?.toUpperCase() : accountNames[index]}@${domain}`),
    policy: fc.constantFrom(...livePolicies.map(({ name }) => name)),
    groups: someOf(groups),
    accountStatus: fc.constantFrom('active', 'active', 'active', 'inactive'),
  })

const allowlist = (name: string) =>
  fc.record({
    name: fc.constant(name),
    status: fc.constantFrom('enabled', 'disabled'),
    rule: fc.record({ in: someOf(ranges), allowMobileBypass: fc.boolean() }),
    resources: someOf(sites),
  })

const scenario: fc.Arbitrary<Scenario> = fc
  .record({
    accounts: fc
      .integer({ min: 1, max: accountNames.length })
      .chain(count => fc.tuple(...Array.from({ length: count }, (_, index) => account(index)))),
    ipAllowlists: someOf(['Office', 'Old']).chain(names => fc.tuple(...names.map(allowlist))),
  })
  .map(({ accounts, ipAllowlists }) => ({
    organization: { id: organizationId, name: 'acme' },
    domains: domains.map(name => ({ name })),
    directories: [{ name: 'Local directory' }, { name: staff, identityProvider: 'okta' }],
    authenticationPolicies: livePolicies,
    groups: groups.map((name, index) => ({ id: uuid(2, index), name })),
    // An organization in which nobody is active is one that was misread: a guard blocks that plan.
    accounts: accounts.map((one, index) => (index === 0 ? { ...one, accountStatus: 'active' as const } : one)),
    ipAllowlists: ipAllowlists.map((list, index) => ({ id: uuid(3, index), ...list })),
    sites: sites.map(id => ({ id, name: id })),
  }))

const atMost = <T>(values: readonly T[], maxLength: number): fc.Arbitrary<readonly T[]> =>
  fc.subarray([...values], { maxLength })

const emails = domains.flatMap(domain => accountNames.map(name => `${name}@${domain}`))

/** Few of each: whoever selects much is sooner contradicted. */
const selectors = fc.record(
  { accounts: atMost(emails, 3), groups: atMost(groups, 1), domains: atMost(domains, 1) },
  { requiredKeys: ['groups'] },
)

const members = fc
  .record(
    {
      selectors,
      everyoneElse: fc.boolean(),
      except: selectors,
      acrossDirectories: fc.boolean(),
      priority: fc.integer({ min: 0, max: 9 }),
    },
    { requiredKeys: ['selectors', 'priority'] },
  )
  .map(({ selectors: own, ...rest }) => ({ ...own, ...rest }))

const settings = fc.record(
  {
    apiTokens: fc.constantFrom('allow', 'block'),
    idleSession: fc.constantFrom('15m', '60m', '1h', '30d'),
    thirdPartyLogin: fc.constantFrom('allow', 'block'),
  },
  { requiredKeys: [] },
)

/** A document for a live policy, with its id or without, or for one that is not there. */
const policyDocument = (name: string, directory: string, id: string | undefined): fc.Arbitrary<JsonObject> =>
  fc
    .record({
      members: fc.option(members, { nil: undefined, freq: 4 }),
      settings: fc.option(settings, { nil: undefined }),
      withId: fc.constantFrom(true, true, true, false),
    })
    .map(({ withId, ...rest }) => ({
      kind: 'AuthenticationPolicy',
      name,
      directory,
      ...(id !== undefined && withId && { id }),
      ...(JSON.parse(JSON.stringify(rest)) as JsonObject),
    }))

const allowlistDocument = (name: string): fc.Arbitrary<JsonObject> =>
  fc
    .record(
      {
        ranges: fc.subarray([...ranges], { minLength: 1 }),
        enabled: fc.boolean(),
        allowMobileBypass: fc.boolean(),
        resources: someOf(sites),
      },
      { requiredKeys: ['ranges'] },
    )
    .map(fields => ({ kind: 'IpAllowlist', name, ...(fields as unknown as JsonObject) }))

const documents: fc.Arbitrary<readonly JsonObject[]> = fc
  .record({
    policies: fc.subarray(
      [
        ...livePolicies.map(policy => policyDocument(policy.name, policy.directory, policy.id)),
        policyDocument('New one', 'local', undefined),
      ],
      { minLength: 3 },
    ),
    allowlists: fc.subarray(['Office', 'New list'].map(allowlistDocument)),
    external: fc.option(
      settings.map(({ apiTokens }) => ({
        kind: 'ExternalUserPolicy',
        name: 'external',
        settings: { ...(apiTokens && { apiTokens }) },
      })),
      { nil: undefined },
    ),
  })
  .chain(({ policies, allowlists, external }) =>
    fc.tuple(...policies, ...allowlists).map(own => [
      {
        kind: 'Organization',
        name: 'acme',
        id: organizationId,
        domains,
        identityProviders: [{ name: 'okta', protocol: 'saml' }],
        directories: [{ name: staff, identityProvider: 'okta' }],
      },
      ...own,
      ...(external === undefined ? [] : [external as unknown as JsonObject]),
    ]),
  )

/** Most are governed without contradiction; those that are not must be refused without harm. */
export const randomWorld: fc.Arbitrary<RandomWorld> = fc.record({ scenario, documents })
