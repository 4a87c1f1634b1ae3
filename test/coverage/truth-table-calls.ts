import { assess, type Standing } from '../../src/coverage/assess.ts'
import { declarationKey, mfaDeclarations } from '../../src/coverage/mfa-declaration.ts'
import { externalVerdict, managedVerdict, type Verdict } from '../../src/coverage/policy-verdict.ts'
import type { PolicyView, PolicyViews } from '../../src/coverage/policy-view.ts'
import type { LiveAccount, LiveTokens } from '../../src/kinds/live.ts'
import type { Organization } from '../../src/kinds/organization.ts'
import type { Evidence, LiveField } from '../../src/model/evidence.ts'
import type { Json } from '../../src/model/json.ts'
import { emptyLive, organizationId } from '../engine/documents.ts'
import type { Case } from './decision-table.ts'

/** How the cells of the truth table become calls of the code. */

export const now = new Date('2026-11-24T12:00:00.000Z')

const second = 1000
const minute = 60 * second
const day = 1440 * minute

export const ago = (milliseconds: number): string => new Date(now.getTime() - milliseconds).toISOString()

/** A field of a policy by its cell: `x` is known, `x?` stale. */
export function fieldOf(path: string, cell: string, times: Omit<Evidence, 'path' | 'from'>): LiveField {
  if (cell === 'unknown') return { state: 'unknown' }
  const evidence: Evidence = { path, from: 'attestation', ...times }
  return cell.endsWith('?')
    ? { state: 'stale', value: cell.slice(0, -1), evidence, because: { reason: 'expired', after: '90d' } }
    : { state: 'known', value: cell, evidence }
}

type IdentityProvider = NonNullable<Organization['identityProviders']>[number]

/** What a provider declares, by its cell. `unheard-of` is in no document. */
const declarations: Readonly<Record<string, Omit<IdentityProvider, 'name'>>> = {
  current: { enforcesMfa: true, declaredAt: '2026-11-01' },
  undated: { enforcesMfa: true },
  expired: { enforcesMfa: true, declaredAt: '2026-01-01' },
  denied: { enforcesMfa: false, declaredAt: '2026-11-01' },
  silent: {},
}

/** Two providers of each sort, so that a fact can name another one than the directory's. */
export const identityProviders: readonly IdentityProvider[] = Object.entries(declarations).flatMap(([sort, rest]) => [
  { name: sort, ...rest },
  { name: `other ${sort}`, ...rest },
])

const organization: Organization = {
  kind: 'Organization',
  name: 'acme',
  id: organizationId,
  identityProviders: [...identityProviders],
}

const context = { now, mfa: mfaDeclarations(organization, {}, now) }

/** A declaration by the cells of its own table. */
export function declarationCounts({ enforcesMfa, declaredAt, firstSeen }: Case): string {
  const value = enforcesMfa === 'absent' ? undefined : enforcesMfa === 'true'
  const provider: IdentityProvider = {
    name: 'okta',
    ...(value !== undefined && { enforcesMfa: value }),
    ...(declaredAt !== 'absent' && { declaredAt: declaredAt === 'recent' ? '2026-11-01' : '2026-01-01' }),
  }
  const times: Case = { recent: ago(day), 'just expiresAfter ago': ago(90 * day), 'long ago': ago(90 * day + 1) }
  const at = times[firstSeen ?? '']
  const seen = at === undefined ? {} : { [declarationKey('okta', value ?? true)]: at }
  const declared = mfaDeclarations({ ...organization, identityProviders: [provider] }, seen, now)
  return declared('okta').enforced === 'yes' ? 'yes' : 'no'
}

/** The field `settings.identityProvider` by its cell; absent where no fact names a provider. */
function providerField(fact: string, same: string): PolicyView['fields'] {
  if (fact === 'none') return {}
  const name = fact.startsWith('same') ? fact.replace('same', same) : `other ${fact}`
  const path = 'settings.identityProvider'
  return { [path]: fieldOf(path, name, { at: ago(12 * day) }) }
}

export function managedLevel(cells: Case): Verdict {
  const { singleSignOn = '', twoStepVerification = '', newer, directory = '', fact = '', mfaEnabled } = cells
  const view: PolicyView = {
    kind: 'AuthenticationPolicy',
    name: 'Staff',
    ...(directory !== 'unknown' && { directoryProvider: directory === 'local' ? null : directory }),
    fields: {
      'settings.singleSignOn': fieldOf('settings.singleSignOn', singleSignOn, {
        at: ago(newer === 'single sign-on' ? 9 * day : 10 * day),
      }),
      'settings.twoStepVerification': fieldOf('settings.twoStepVerification', twoStepVerification, {
        at: ago(newer === 'two-step' ? 9 * day : 10 * day),
      }),
      ...providerField(fact, directory),
    },
  }
  return managedVerdict(view, mfaEnabled === 'absent' ? undefined : mfaEnabled === 'true', context)
}

const spans: Readonly<Record<string, number>> = { '9m59s': 10 * minute - second, '10m': 10 * minute, '3d': 3 * day }

/** For how long a value has held, said in both ways: seen once, or seen again just now. */
const heldFor = (held: string): readonly Pick<Evidence, 'at' | 'since'>[] => {
  const since = ago(spans[held] ?? 0)
  return [{ at: since }, { at: ago(second), since }]
}

/** Which apps an account reaches: each one alone, and all of them. */
export function appsOf(
  cell: string,
  apps: { readonly covered: readonly string[]; readonly uncovered: readonly string[] },
) {
  switch (cell) {
    case 'covered':
      return [...apps.covered.map(app => [app]), apps.covered]
    case 'uncovered':
      return [...apps.uncovered.map(app => [app]), apps.uncovered]
    case 'both':
      return apps.uncovered.map(app => [...apps.covered, app])
    default:
      return [undefined]
  }
}

/** The verdicts on an external account; what the table does not tell apart must not differ. */
export const externalLevels = (cells: Case, products: readonly string[] | undefined): readonly Verdict[] =>
  heldFor(cells['held'] ?? '').map(times => {
    const path = 'settings.authorizationMethod'
    const fields = {
      [path]: fieldOf(path, cells['authorizationMethod'] ?? '', times),
      ...providerField(cells['fact'] ?? '', ''),
    }
    return externalVerdict({ kind: 'ExternalUserPolicy', name: 'external', fields }, products, context)
  })

export const verdictOnUnknownPolicy = (mfaEnabled: boolean | undefined): Verdict =>
  managedVerdict(undefined, mfaEnabled, context)

const nobody: ReadonlySet<string> = new Set()

const account: LiveAccount = {
  accountId: 'sam',
  email: 'sam@partner.example',
  active: true,
  status: 'active',
  roles: [],
  products: ['jira'],
}

/** Where one account stands that nothing is known of but this. */
function standingOf(
  views: Partial<PolicyViews>,
  managed: boolean,
  tokens: ReadonlyMap<string, LiveTokens> | undefined,
  testUsers?: readonly string[],
): Standing {
  const all: PolicyViews = {
    byId: new Map(),
    byName: new Map(),
    external: { kind: 'ExternalUserPolicy', name: 'external', fields: {} },
    test: { kind: 'ExternalUserPolicy', name: 'test', fields: {} },
    ...views,
  }
  const own = managed ? { accounts: [{ ...account, policyId: 'p' }] } : { externals: [account] }
  const { rows } = assess({
    live: { ...emptyLive, ...own, tokens },
    now: all,
    declared: all,
    context,
    claimed: new Map(),
    suspended: nobody,
    restored: nobody,
    testUsers,
  })
  const [row] = rows
  if (row?.now === undefined) throw new Error('the account is not counted')
  return row.now
}

const held = (path: string, value: Json): readonly [string, LiveField] => [
  path,
  { state: 'known', value, evidence: { path, from: 'attestation', at: ago(3 * day) } },
]

export const asked = {
  none: [held('settings.authorizationMethod', 'none')],
  'step-up': [held('settings.authorizationMethod', 'one-time-passcode')],
  'sso-mfa': [held('settings.authorizationMethod', 'single-sign-on'), held('settings.identityProvider', 'current')],
} as const

export const rules = {
  allow: [held('settings.apiTokens', 'allow')],
  block: [held('settings.apiTokens', 'block')],
  unknown: [],
} as const

/** Where an external account stands of which is known what the columns of `membership` say, under these two policies. */
export function memberStanding(
  { testUsers = '', document }: Case,
  external: readonly (readonly [string, LiveField])[],
  test: readonly (readonly [string, LiveField])[],
): Standing {
  // Addresses compare without regard to case.
  const users = (cell: string): readonly string[] => [cell.includes('names it') ? 'Sam@Partner.Example' : 'x@y.example']
  const seen = fieldOf('testUsers', testUsers, { at: ago(3 * day) })
  const members: LiveField = seen.state === 'unknown' ? seen : { ...seen, value: users(testUsers) }
  return standingOf(
    {
      external: { kind: 'ExternalUserPolicy', name: 'external', fields: Object.fromEntries(external) },
      test: {
        kind: 'ExternalUserPolicy',
        name: 'test',
        fields: { ...Object.fromEntries(test), testUsers: members },
      },
    },
    false,
    new Map(),
    document === 'none' ? undefined : users(document ?? ''),
  )
}

const tokensOf = (cell: string): ReadonlyMap<string, LiveTokens> | undefined => {
  switch (cell) {
    case 'none':
      return new Map()
    case 'dead':
      return new Map([['sam', { allowed: 0, all: 2 }]])
    case 'live':
      return new Map([['sam', { allowed: 1, all: 2 }]])
    default:
      return undefined
  }
}

/** Whether the tokens of an account work, for each way to say how long the rule has held. */
export const tokenStandings = (cells: Case): readonly Standing[] =>
  heldFor(cells['held'] ?? '').map(times => {
    const path = 'settings.apiTokens'
    const fields = { [path]: fieldOf(path, cells['apiTokens'] ?? '', times) }
    const managed = cells['class'] === 'managed'
    const policy: PolicyView = managed
      ? { kind: 'AuthenticationPolicy', name: 'Staff', fields }
      : { kind: 'ExternalUserPolicy', name: 'external', fields }
    const views = managed ? { byId: new Map([['p', policy]]) } : { external: policy }
    return standingOf(views, managed, tokensOf(cells['tokens'] ?? ''))
  })
