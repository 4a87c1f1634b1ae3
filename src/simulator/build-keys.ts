import { accountByEmail, type Accounts } from './accounts.ts'
import type { Start } from './build-state.ts'
import { comingMoment } from './moments.ts'
import { seededId } from './seeded-id.ts'
import type { Scenario, ScenarioKey } from './scenario.ts'
import type { ApiKey } from './state.ts'

/** Value of a key that nobody gave one: a fake that cannot be mistaken for a real key. */
export const wellKnownKey = 'postern-simulator-key'

const yearMilliseconds = 365 * 86_400_000

const isUsable = ({ scopes, revoked = false }: ScenarioKey): boolean => scopes === undefined && !revoked

/** The organization API keys of a scenario. The first is without scopes, takes the caller's value, and is there always. */
export function buildKeys(scenario: Scenario, accounts: Accounts, start: Start): ApiKey[] {
  const listed = scenario.apiKeys ?? []
  const main: ScenarioKey = listed.find(isUsable) ?? { label: 'simulator' }
  const admin = accounts.list.find(({ platformRoles }) => platformRoles.includes('atlassian/org-admin'))
  return [main, ...listed.filter(key => key !== main)].map((key, index) => ({
    id: seededId(start.seed, `key/${index}`),
    key: (key === main ? start.apiKey : undefined) ?? key.key ?? wellKnownKey,
    label: key.label ?? 'key',
    scopes: key.scopes,
    ownerId: (key.owner === undefined ? admin : accountByEmail(accounts, key.owner))?.accountId,
    createdAt: start.now - yearMilliseconds / 2,
    expiresAt: key.expiresAt === undefined ? start.now + yearMilliseconds : comingMoment(key.expiresAt, start.now),
    revoked: key.revoked ?? false,
  }))
}
