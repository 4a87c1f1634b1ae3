import { addAccount, type Account, type Accounts } from './accounts.ts'
import { verifiedDomains, type AccountSurroundings } from './build-accounts.ts'
import { hashWords, seededAccountId } from './seeded-id.ts'
import type { Scenario } from './scenario.ts'

const firstNames = [
  'Ada',
  'Bao',
  'Chidi',
  'Dana',
  'Emre',
  'Farah',
  'Goran',
  'Hana',
  'Ivo',
  'Jun',
  'Kaia',
  'Liam',
  'Mei',
]
const lastNames = ['Abe', 'Berg', 'Costa', 'Diaz', 'Eriksen', 'Fischer', 'Garcia', 'Haddad', 'Ito', 'Jansen', 'Kaur']
const externalDomains = ['partner.example', 'agency.example']
const dayMilliseconds = 86_400_000
const staffProducts = ['jira', 'confluence']
const externalProducts = ['jira']
const none: readonly string[] = []

const pick = <T>(items: readonly [T, ...T[]] | readonly T[], at: number): T => {
  const item = items[at % items.length]
  if (item === undefined) throw new Error('nothing to pick from')
  return item
}

/** Adds generated accounts up to the number asked for: 90 % staff, 6 % contractors, 4 % external. */
export function growAccounts(accounts: Accounts, scenario: Scenario, surroundings: AccountSurroundings): void {
  const { start, groups } = surroundings
  if (start.accounts === undefined) return
  const domain = verifiedDomains(scenario)[0] ?? 'acme.com'
  const policies = generatedPolicies(surroundings)
  const staffGroups = groups.filter(({ name }) => name === 'staff').map(({ id }) => id)
  const contractorGroups = groups.filter(({ name }) => name === 'contractors').map(({ id }) => id)
  for (let index = accounts.list.length; index < start.accounts; index++) {
    const [a, b, c] = hashWords(`${start.seed}/grow/${index}`)
    const first = pick(firstNames, a)
    const last = pick(lastNames, b)
    const part = index % 50
    const external = part >= 48
    const staff = part < 45
    const email = `${first}.${last}.${index}@${external ? pick(externalDomains, c) : domain}`.toLowerCase()
    addAccount(accounts, {
      accountId: seededAccountId(start.seed, email),
      email,
      name: `${first} ${last}`,
      accountType: 'atlassian',
      managed: !external,
      accountStatus: 'active',
      membershipStatus: 'active',
      policyId: external ? undefined : staff ? policies.staff : policies.contractors,
      groups: external ? none : staff ? staffGroups : contractorGroups,
      platformRoles: none,
      products: external ? externalProducts : staffProducts,
      mfaEnabled: !external && c % 100 < (staff ? 10 : 60),
      lastActive: start.now - (a % 20) * dayMilliseconds,
      addedToOrg: start.now - (200 + (b % 700)) * dayMilliseconds,
      deactivatedOn: undefined,
      deletionOn: undefined,
      jobTitle: undefined,
      department: undefined,
    } satisfies Account)
  }
}

/** Staff fall under the default of the first identity provider, contractors under the first policy that is no default. */
function generatedPolicies({ directories, authenticationPolicies }: AccountSurroundings): {
  readonly staff: string | undefined
  readonly contractors: string | undefined
} {
  const synced = new Set(
    directories.filter(({ identityProvider }) => identityProvider !== undefined).map(({ id }) => id),
  )
  const staff =
    authenticationPolicies.find(policy => policy.default && synced.has(policy.directoryId)) ?? authenticationPolicies[0]
  const contractors = authenticationPolicies.find(policy => !policy.default && !synced.has(policy.directoryId)) ?? staff
  return { staff: staff?.id, contractors: contractors?.id }
}
