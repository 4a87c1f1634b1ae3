import type { Scenario, ScenarioAccount } from '../../src/simulator/index.ts'

/** An organization whose documents change, and the command line that carries the change out. */
export interface Story {
  readonly name: string
  readonly scenario: Scenario
  /** Documents that were applied before, without trouble: what the ledger already knows. */
  readonly before?: string
  /** Whether exports of the console are taken in, with the later documents, before the apply. */
  readonly observed?: true
  readonly documents: string
  /** Arguments after `apply policies`. */
  readonly argv: readonly string[]
  /** How often a move is looked at before it is over. */
  readonly looks?: number
}

/** How big the organizations of the stories are: the crash test wants many requests, the fault test many runs. */
export interface Size {
  readonly engineers: number
  readonly sellers: number
  readonly supporters: number
  /** External accounts of each domain. */
  readonly externals: number
  /** Sites of each allowlist. */
  readonly sites: number
}

export const large: Size = { engineers: 205, sellers: 110, supporters: 105, externals: 14, sites: 6 }
export const small: Size = { engineers: 6, sellers: 4, supporters: 3, externals: 3, sites: 2 }

const organizationId = '96c9b91d-3eab-41b4-9d9c-09eb84db70cf'

const ids = {
  everyone: '00000001-0000-4000-8000-000000000001',
  engineering: '00000001-0000-4000-8000-000000000002',
  sales: '00000001-0000-4000-8000-000000000003',
  support: '00000001-0000-4000-8000-000000000004',
}

/** Nothing that is done here is to be stopped by a guard: what is tested is how it is done. */
const argv = ['--yes', '--allow', 'loosens']

const organization = `kind: Organization
name: acme
id: ${organizationId}
domains: [acme.com]
guards: { moves: { percent: 100, atLeast: 1000 }, suspensions: { percent: 100, atLeast: 1000 }, minimumOrgAdmins: 1 }
`

const together = (...documents: readonly string[]): string => [organization, ...documents].join('---\n')

const policy = (name: string, rest: string): string => `kind: AuthenticationPolicy\nname: ${name}\n${rest}\n`

const byId = (name: string, id: string, groups: string): string =>
  policy(name, `id: ${id}\ndirectory: local\nmembers: { groups: [${groups}] }`)

const site = (number: number): string => `ari:cloud:jira::site/${number}`

const sites = (from: number, to: number): string =>
  `[${Array.from({ length: to - from }, (_, index) => JSON.stringify(site(from + index))).join(', ')}]`

const allowlist = (name: string, ranges: string, resources: string): string =>
  `kind: IpAllowlist\nname: ${name}\nenabled: true\nranges: [${ranges}]\nresources: ${resources}\n`

const external = (access: string): string => `kind: ExternalUserPolicy\nname: external\naccess: ${access}\n`

const numbered = (count: number, make: (number: string) => ScenarioAccount): readonly ScenarioAccount[] =>
  Array.from({ length: count }, (_, index) => make(String(index).padStart(3, '0')))

const staff = (count: number, group: string): readonly ScenarioAccount[] =>
  numbered(count, number => ({ email: `${group}${number}@acme.com`, policy: 'Everyone', groups: [group] }))

const outside = (count: number, domain: string): readonly ScenarioAccount[] =>
  numbered(count, number => ({
    email: `person${number}@${domain}`,
    managed: false,
    products: ['jira'],
    lastActive: '2d',
    addedToOrg: '200d',
  }))

const admins: readonly ScenarioAccount[] = ['ada', 'bea', 'ci'].map(name => ({
  email: `${name}@acme.com`,
  policy: 'Everyone',
  platformRoles: ['atlassian/org-admin'],
  mfaEnabled: true,
}))

const scenario = (accounts: readonly ScenarioAccount[]): Scenario => ({
  organization: { id: organizationId, name: 'acme' },
  domains: [{ name: 'acme.com' }],
  authenticationPolicies: [
    { id: ids.everyone, name: 'Everyone', directory: 'local', default: true },
    { id: ids.engineering, name: 'Engineering', directory: 'local' },
    { id: ids.sales, name: 'Sales', directory: 'local' },
    { id: ids.support, name: 'Support', directory: 'local' },
  ],
  groups: ['engineer', 'seller', 'supporter'].map(name => ({ name })),
  accounts: [...admins, ...accounts],
  sites: Array.from({ length: 20 }, (_, number) => ({ id: site(number), name: `Site ${number}` })),
  apiKeys: [{ label: 'postern', owner: 'ci@acme.com', expiresAt: '200d' }],
})

/** Moves in batches into three policies, each a task that goes on for a while. */
const moves = ({ engineers, sellers, supporters }: Size): Story => ({
  name: 'moves',
  scenario: scenario([...staff(engineers, 'engineer'), ...staff(sellers, 'seller'), ...staff(supporters, 'supporter')]),
  documents: together(
    policy('Everyone', `id: ${ids.everyone}\ndirectory: local\nmembers: { everyoneElse: true }`),
    byId('Engineering', ids.engineering, 'engineer'),
    byId('Sales', ids.sales, 'seller'),
    byId('Support', ids.support, 'supporter'),
  ),
  argv,
  looks: 4,
})

/** Allowlists that are created with sites, changed in ranges and sites, and deleted. */
const allowlists = ({ sites: count }: Size): Story => ({
  name: 'allowlists',
  scenario: scenario(staff(3, 'engineer')),
  before: together(
    allowlist('Warehouse', '192.0.2.0/24, 198.51.100.7', sites(0, count)),
    allowlist('Old office', '192.0.2.0/25', sites(0, 2)),
    allowlist('Old lab', '192.0.2.128/25', sites(2, 3)),
  ),
  documents: together(
    allowlist('Warehouse', '192.0.2.0/24, 203.0.113.0/25', sites(count - 1, 2 * count)),
    allowlist('New office', '203.0.113.0/24', sites(0, count + 1)),
    allowlist('New lab', '203.0.113.128/25', sites(3, 3 + Math.ceil(count / 2))),
  ),
  argv,
})

/** External accounts that lose access, and others that an earlier apply took it from and that get it back. */
const access = ({ externals }: Size): Story => ({
  name: 'access',
  scenario: scenario([
    ...outside(externals, 'partner.example'),
    ...outside(externals, 'agency.example'),
    ...outside(3, 'lasting.example'),
  ]),
  before: together(
    external('{ allowedDomains: [agency.example, lasting.example], inactiveAfter: 90d, onViolation: suspend }'),
  ),
  documents: together(
    external('{ allowedDomains: [partner.example, lasting.example], inactiveAfter: 90d, onViolation: suspend }'),
  ),
  argv,
})

/** Some of everything, with a policy that is known only by exports of the console. */
const mixture = ({ engineers, externals, sites: count }: Size): Story => ({
  name: 'mixture',
  scenario: scenario([
    ...staff(Math.ceil((3 * engineers) / 5), 'engineer'),
    { email: 'first@acme.com', policy: 'Engineering', groups: ['engineer'] },
    ...staff(3, 'seller'),
    ...outside(Math.ceil(externals / 3), 'partner.example'),
    ...outside(Math.ceil(externals / 2), 'agency.example'),
  ]),
  before: together(
    policy('Everyone', `id: ${ids.everyone}\ndirectory: local\nmembers: { everyoneElse: true }`),
    allowlist('Warehouse', '192.0.2.0/24', sites(0, 2)),
    allowlist('Old office', '192.0.2.0/25', sites(0, 1)),
    external('{ allowedDomains: [agency.example], onViolation: suspend }'),
  ),
  observed: true,
  documents: together(
    policy('Everyone', `id: ${ids.everyone}\ndirectory: local\nmembers: { everyoneElse: true }`),
    policy('Engineering', 'directory: local\nmembers: { groups: [engineer] }'),
    byId('Sales', ids.sales, 'seller'),
    allowlist('Warehouse', '192.0.2.0/24, 203.0.113.0/25', sites(1, 4)),
    allowlist('New office', '203.0.113.0/24', sites(0, count)),
    external('{ allowedDomains: [partner.example], onViolation: suspend }'),
  ),
  argv,
})

/** Every story in this size. */
export const storiesOf = (size: Size): readonly Story[] =>
  [moves, allowlists, access, mixture].map(story => story(size))

/** One of them. Throws where there is none of this name. */
export function storyNamed(name: string, size: Size): Story {
  const story = storiesOf(size).find(other => other.name === name)
  if (story === undefined) throw new Error(`no story is called ${name}`)
  return story
}
