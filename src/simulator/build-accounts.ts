import { domainOf, foldEmail } from '../model/account.ts'
import { addAccount, noAccounts, type Account, type Accounts } from './accounts.ts'
import type { Start } from './build-state.ts'
import { directoryNamed } from './build-policies.ts'
import { comingMoment, pastMoment } from './moments.ts'
import { seededAccountId, seededId, seededNumber } from './seeded-id.ts'
import type { Scenario, ScenarioAccount } from './scenario.ts'
import type { ApiToken, AuthenticationPolicy, Directory, Group } from './state.ts'

const dayMilliseconds = 86_400_000

/** What accounts refer to. */
export interface AccountSurroundings {
  readonly directories: readonly Directory[]
  readonly authenticationPolicies: readonly AuthenticationPolicy[]
  readonly groups: readonly Group[]
  readonly start: Start
}

/** Domains that make an account managed unless it says otherwise. */
export const verifiedDomains = ({ domains = [] }: Scenario): string[] =>
  domains.filter(({ claim }) => (claim?.status ?? 'verified') === 'verified').map(({ name }) => foldEmail(name))

const nameFrom = (email: string): string =>
  (email.split('@')[0] ?? email)
    .split(/[._-]+/)
    .map(word => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ')

/** The accounts of a scenario; what it leaves out comes from the seed. */
export function buildAccounts(scenario: Scenario, surroundings: AccountSurroundings): Accounts {
  const accounts = noAccounts()
  const domains = verifiedDomains(scenario)
  for (const account of scenario.accounts ?? []) addAccount(accounts, buildAccount(account, domains, surroundings))
  return accounts
}

function buildAccount(
  account: ScenarioAccount,
  domains: readonly string[],
  surroundings: AccountSurroundings,
): Account {
  const {
    groups,
    start: { seed, now },
  } = surroundings
  const folded = foldEmail(account.email)
  const accountType = account.accountType ?? 'atlassian'
  const managed = account.managed ?? domains.includes(domainOf(folded))
  const { accountStatus = 'active', lastActive, policy } = account
  return {
    accountId: account.id ?? seededAccountId(seed, folded),
    email: account.email,
    name: account.name ?? nameFrom(account.email),
    accountType,
    managed,
    accountStatus,
    membershipStatus: account.membershipStatus ?? 'active',
    policyId: managed && accountType === 'atlassian' ? policyNamed(surroundings, policy).id : undefined,
    groups: (account.groups ?? []).map(
      named => groups.find(({ id, name }) => id === named || name === named)?.id ?? named,
    ),
    platformRoles: account.platformRoles ?? [],
    products: account.products ?? ['jira', 'confluence'],
    mfaEnabled: account.mfaEnabled ?? false,
    lastActive:
      lastActive === undefined
        ? now - seededNumber(seed, `active/${folded}`, 20 * dayMilliseconds)
        : lastActive === null
          ? null
          : pastMoment(lastActive, now),
    addedToOrg:
      account.addedToOrg === undefined
        ? now - (200 + seededNumber(seed, `added/${folded}`, 700)) * dayMilliseconds
        : pastMoment(account.addedToOrg, now),
    deactivatedOn: accountStatus === 'active' ? undefined : now - 30 * dayMilliseconds,
    deletionOn: undefined,
    jobTitle: undefined,
    department: undefined,
  }
}

/** The policy with this name or id; without one, the default of the local directory, else the only policy there is. */
function policyNamed(
  { authenticationPolicies: policies, directories }: AccountSurroundings,
  name: string | undefined,
): AuthenticationPolicy {
  const local = directoryNamed(directories, undefined).id
  const found =
    name === undefined
      ? (policies.find(policy => policy.default && policy.directoryId === local) ?? policies[0])
      : policies.find(policy => policy.name === name || policy.id === name)
  if (found === undefined) throw new Error(`no authentication policy is called ${name ?? 'default'}`)
  return found
}

/** The API tokens that the accounts of a scenario hold. */
export const buildTokens = (scenario: Scenario, accounts: Accounts, { seed, now }: Start): ApiToken[] =>
  (scenario.accounts ?? []).flatMap(({ email, tokens = [] }) =>
    tokens.map(({ id, label, status = 'ALLOWED', expiresAt }, index) => ({
      id: id ?? seededId(seed, `token/${foldEmail(email)}/${index}`),
      accountId: accounts.byEmail.get(foldEmail(email))?.accountId ?? '',
      label,
      status,
      createdAt: now - 60 * dayMilliseconds,
      expiresAt: expiresAt === undefined ? undefined : comingMoment(expiresAt, now),
      lastActiveAt: now - seededNumber(seed, `token-active/${foldEmail(email)}`, 10) * dayMilliseconds,
    })),
  )
