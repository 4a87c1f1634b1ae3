import fc from 'fast-check'
import type { JsonObject } from '../../src/model/json.ts'
import type { Scenario, ScenarioAccount, ScenarioControlPolicy, ScenarioPolicy } from '../../src/simulator/index.ts'
import { hostileTexts } from '../render/hostile-text.ts'

/** An organization as it is found, what was seen of it before, and what people then do to it. */
export interface ImportWorld {
  readonly scenario: Scenario
  /** What the console calls its policies, groups and allowlists, in the order of the scenario: names may be hostile, or shared. */
  readonly names: {
    readonly policies: readonly string[]
    readonly groups: readonly string[]
    readonly allowlists: readonly string[]
  }
  /** Whether bulk-fetch serves names. */
  readonly served: boolean
  /** What is exported before the import. */
  readonly exports: readonly ('members.csv' | 'accounts.csv')[]
  /** The policy that an apply once recorded for each account, by their places; undefined: there was no apply. */
  readonly recorded: readonly number[] | undefined
  /** Settings that somebody attests after the first import. */
  readonly attested: readonly { readonly path: string; readonly text: string }[]
  /** Whether the second import adds what evidence shows and documents leave out. */
  readonly complete: boolean
  readonly changes: readonly WorldChange[]
}

/** What somebody does in the console or through the API. Numbers are places in the scenario, taken as far as there are such. */
export type WorldChange =
  | { readonly what: 'move'; readonly account: number; readonly policy: number }
  | { readonly what: 'setting'; readonly policy: number; readonly name: string; readonly value: string }
  | { readonly what: 'rename'; readonly policy: number; readonly name: string }
  | { readonly what: 'account'; readonly email: string; readonly policy: number; readonly group: number }
  | { readonly what: 'policy'; readonly name: string; readonly directory: number; readonly accounts: readonly number[] }
  | { readonly what: 'group'; readonly account: number; readonly group: number }
  | { readonly what: 'allowlist'; readonly list: number; readonly rule: JsonObject; readonly enabled: boolean }
  | { readonly what: 'new-allowlist'; readonly name: string; readonly rule: JsonObject }
  | { readonly what: 'domain'; readonly name: string }

const uuid = (group: number, index: number): string =>
  `${String(group).padStart(8, '0')}-0000-4000-8000-${String(index).padStart(12, '0')}`

const directories = ['Acme staff', 'Second "staff": #1']
const domains = ['acme.com', 'acme.io', 'acme.co.uk']
const sites = ['ari:cloud:jira::site/1', 'ari:cloud:confluence::site/1']

const plainNames = ['Staff', 'Contractors', 'Admins', 'Default', 'Robots', 'con', 'constructor']
const oddNames = [
  '../../x',
  ' blank ahead',
  ' ',
  'x'.repeat(300),
  '__proto__',
  'null',
  '- a: b',
  '# no',
  ...hostileTexts,
]

/** A name that people give; now and then one that nobody should. */
const name = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...plainNames) },
  { weight: 1, arbitrary: fc.constantFrom(...oddNames) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }) },
)

const email = (index: number) =>
  fc
    .tuple(fc.constantFrom(...domains, 'acme.com'), fc.constantFrom('user', 'User', 'o.d-d+'))
    .map(([domain, local]) => `${local}${index}@${domain}`)

const settings: fc.Arbitrary<NonNullable<ScenarioPolicy['settings']>> = fc.record(
  {
    idleSession: fc.constantFrom('15m', '1h', '30d'),
    apiTokens: fc.constantFrom('allow', 'block'),
    password: fc.record({ minimumStrength: fc.constantFrom('weak', 'strong'), expiresAfter: fc.constant('never') }),
  },
  { requiredKeys: [] },
)

const policy = (index: number): fc.Arbitrary<ScenarioPolicy> =>
  fc
    .record({
      directory: fc.constantFrom('local', 'local', ...directories),
      enforced: fc.boolean(),
      settings,
    })
    .map(({ directory, enforced, settings: own }) => ({
      id: uuid(1, index),
      name: `Policy ${index}`,
      directory,
      settings: {
        ...own,
        ...(enforced &&
          directory !== 'local' && { singleSignOn: 'enforced', twoStepVerification: 'identity-provider' }),
      },
    }))

const groupCount = 4

const account = (index: number, policies: number): fc.Arbitrary<ScenarioAccount> =>
  fc.record({
    id: fc.constant(`account-${index}`),
    email: email(index),
    managed: fc.constant(true),
    policy: fc.nat({ max: policies - 1 }).map(place => `Policy ${place}`),
    groups: fc.subarray(Array.from({ length: groupCount }, (_, place) => `Group ${place}`)),
    accountStatus: fc.constantFrom('active', 'active', 'active', 'inactive'),
  })

const rule: fc.Arbitrary<JsonObject> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      in: fc.subarray(['192.0.2.0/24', '198.51.100.7/32', '2001:db8::/48'], { minLength: 1 }),
      allowMobileBypass: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.constantFrom<JsonObject>({}, { in: ['office'] }, { in: [], other: 1 }, { in: 5 }) },
)

const allowlist = (index: number): fc.Arbitrary<ScenarioControlPolicy> =>
  fc.record({
    id: fc.constant(uuid(3, index)),
    name: fc.constant(`List ${index}`),
    status: fc.constantFrom('enabled', 'disabled'),
    rule,
    resources: fc.subarray(sites),
  })

/** What a document can say, and what nobody can read. */
const changedRule = rule.filter(
  ({ in: ranges }) => !Array.isArray(ranges) || !['office', undefined].includes(ranges[0] as string),
)

const place = fc.nat({ max: 20 })

const change: fc.Arbitrary<WorldChange> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ what: fc.constant('move' as const), account: place, policy: place }) },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom(['idleSession', '8h'], ['idleSession', '15m'], ['minimumStrength', 'good'], ['billable', 'true'])
      .chain(([field = '', value = '']) =>
        fc.record({
          what: fc.constant('setting' as const),
          policy: place,
          name: fc.constant(field),
          value: fc.constant(value),
        }),
      ),
  },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('rename' as const), policy: place, name }) },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant('account' as const),
      email: fc.nat({ max: 3 }).chain(index => email(100 + index)),
      policy: place,
      group: place,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant('policy' as const),
      name,
      directory: fc.nat({ max: 2 }),
      accounts: fc.array(place, { minLength: 1, maxLength: 4 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('group' as const), account: place, group: place }) },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant('allowlist' as const),
      list: place,
      rule: changedRule,
      enabled: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('new-allowlist' as const), name, rule }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('domain' as const), name: fc.constant('acme.example') }) },
)

const fixed = (length: number) => ({ minLength: length, maxLength: length })

/** The policies have all the names that are drawn for them only after the start: a scenario refers to them by name. */
export const importWorld: fc.Arbitrary<ImportWorld> = fc
  .record({
    policies: fc.integer({ min: 1, max: 6 }),
    accounts: fc.integer({ min: 1, max: 14 }),
    lists: fc.nat({ max: 3 }),
  })
  .chain(({ policies, accounts, lists }) =>
    fc.record({
      policies: fc.tuple(...Array.from({ length: policies }, (_, index) => policy(index))),
      accounts: fc.tuple(...Array.from({ length: accounts }, (_, index) => account(index, policies))),
      allowlists: fc.tuple(...Array.from({ length: lists }, (_, index) => allowlist(index))),
      synced: fc.array(fc.boolean(), fixed(groupCount)),
      external: fc.boolean(),
      lapsed: fc.constantFrom('verified', 'verified', 'unverified', 'missing_token'),
      names: fc.record({
        policies: fc.array(name, fixed(policies)),
        groups: fc.array(name, fixed(groupCount)),
        allowlists: fc.array(name, fixed(lists)),
      }),
      served: fc.boolean(),
      exports: fc.subarray(['members.csv', 'accounts.csv'] as const),
      recorded: fc.option(fc.array(fc.nat({ max: policies }), fixed(accounts)), { nil: undefined }),
      attested: fc.subarray([
        { path: 'settings.apiTokens', text: 'block' },
        { path: 'settings.twoStepVerification', text: 'mandatory' },
        { path: 'default', text: 'true' },
      ]),
      complete: fc.boolean(),
      changes: fc.array(change, { minLength: 1, maxLength: 6 }),
    }),
  )
  .map(({ policies, accounts, allowlists, synced, external, lapsed, ...rest }) => ({
    ...rest,
    scenario: {
      organization: { id: '96c9b91d-3eab-41b4-9d9c-09eb84db70cf', name: 'acme' },
      domains: domains.map((domain, index) =>
        index < 2 ? { name: domain } : { name: domain, claim: { status: lapsed } },
      ),
      directories: [
        { name: 'Local directory' },
        ...directories.map((directory, index) => ({ name: directory, identityProvider: `idp ${index}` })),
      ],
      authenticationPolicies: policies,
      groups: synced.map((externalSynced, index) => ({ id: uuid(2, index), name: `Group ${index}`, externalSynced })),
      accounts: [
        // An organization in which nobody is active is one that was misread: a guard blocks that plan.
        ...accounts.map((one, index) =>
          index === 0
            ? {
                ...one,
                email: 'user0@acme.com',
                accountStatus: 'active' as const,
                platformRoles: ['atlassian/org-admin'],
              }
            : one,
        ),
        ...(external
          ? [
              {
                id: 'external-1',
                email: 'sam@partner.example',
                managed: false,
                groups: ['Group 0'],
                products: ['jira'],
              },
            ]
          : []),
      ],
      ipAllowlists: allowlists,
      sites: sites.map(id => ({ id, name: id })),
    },
  }))
