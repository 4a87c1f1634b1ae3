import type { GuardInput, RunInput } from '../../../src/engine/guards/guard.ts'
import { judgeRun, runGuards } from '../../../src/engine/guards/index.ts'
import { makePlan } from '../../../src/engine/make-plan.ts'
import { orgAdmin } from '../../../src/kinds/access-rules.ts'
import type { Live, LiveAccount, LiveObject } from '../../../src/kinds/live.ts'
import type { Organization } from '../../../src/kinds/organization.ts'
import { protectionsOf } from '../../../src/kinds/protections-of.ts'
import type { Desired } from '../../../src/kinds/resource.ts'
import type { CoverageSummary } from '../../../src/model/coverage.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import type { GuardResult, Step } from '../../../src/model/plan.ts'
import { documentsOf } from '../../../src/operations/guard-plan.ts'
import { account, desiredOf, emptyLive, known, organizationId, planInput } from '../documents.ts'

/** The Organization document of the tests of guards, with more members. */
export const organizationText = (more = ''): string => `kind: Organization
name: acme
id: ${organizationId}
domains: [acme.com, acme.io]
identityProviders: [{ name: okta, protocol: saml, enforcesMfa: true, certificateExpires: 2028-01-01 }]
directories: [{ name: Staff, identityProvider: okta }]
${more}
`

export const organizationOf = async (more = ''): Promise<Organization> =>
  (await desiredOf({ 'organization.yaml': organizationText(more) })).organization.spec

/** The documents of an organization: its own with more members, then others. */
export const documents = (more: string, ...others: readonly string[]): Promise<Desired> =>
  desiredOf({
    'organization.yaml': organizationText(more),
    ...(others.length > 0 && { 'others.yaml': others.join('\n---\n') }),
  })

/** The same, as a ledger holds them. */
export const storedDocuments = async (more: string, ...others: readonly string[]) =>
  documentsOf(await documents(more, ...others))

export const admin = (email: string, policyId?: string): LiveAccount => ({
  ...account(email, policyId),
  roles: [orgAdmin],
})

/** As many active accounts in a policy. */
export const people = (count: number, policyId?: string, domain = 'acme.com'): readonly LiveAccount[] =>
  Array.from({ length: count }, (_, index) => account(`p${index}@${domain}`, policyId))

/** A policy that exists, with what attestations tell of its settings. The id of `P` is `id-P`. */
export const seen = (
  name: string,
  settings: Readonly<Record<string, string | boolean | readonly string[]>> = {},
  kind = 'AuthenticationPolicy',
): LiveObject => ({
  address: { kind, name },
  exists: 'yes',
  ...(kind === 'AuthenticationPolicy' && { id: `id-${name}` }),
  fields: Object.fromEntries(
    Object.entries(settings).map(([setting, value]) => {
      const path = setting === 'testUsers' ? setting : `settings.${setting}`
      return [path, known(path, value)]
    }),
  ),
})

export interface Situation {
  readonly desired: Desired
  readonly live?: Partial<Live>
  readonly lastApplied?: Readonly<Record<string, JsonObject>>
  /** The policy that the ledger recorded, by address. */
  readonly recorded?: Readonly<Record<string, string>>
  readonly changes?: Partial<GuardInput>
}

/** What the guards are given of a situation: its plan is made as it is in earnest. */
export function inputOf({
  desired,
  live: parts = {},
  lastApplied,
  recorded = {},
  changes = {},
}: Situation): GuardInput {
  const live = { ...emptyLive, ...parts }
  const last = Object.values(lastApplied ?? {}).find(({ kind }) => kind === 'Organization') as Organization | undefined
  const protections = protectionsOf(last, desired.organization.spec)
  const made = makePlan(
    planInput(desired, live, {
      remembered: {
        governed: lastApplied === undefined ? undefined : Object.keys(lastApplied),
        policyOf: new Map(Object.entries(recorded).map(([email, name]) => [`id-${email}`, name])),
        suspended: new Map(),
        breakGlass: protections.breakGlass,
      },
    }),
  )
  if (!made.ok) throw new Error(made.diagnostics.map(({ code }) => code).join(', '))
  const { plan, lockOut } = made.value
  return {
    desired,
    live,
    steps: plan.steps,
    unverified: plan.unverified,
    lastApplied,
    ledgerOrganization: undefined,
    protections,
    coverage: { before: coverage({}), after: coverage({}) },
    requireEvidence: false,
    lockOut,
    ...changes,
  }
}

/** The verdict of one guard over a plan. */
export function verdictOf(code: string, situation: Situation, allow: readonly string[] = []): GuardResult {
  return found(runGuards(inputOf(situation), new Set(allow)), code)
}

/** The verdict of one guard that is judged again by apply. */
export const runVerdictOf = (code: string, input: RunInput, allow: readonly string[] = []): GuardResult =>
  found(judgeRun(input, new Set(allow)), code)

export function found(results: readonly GuardResult[], code: string): GuardResult {
  const result = results.find(guard => guard.code === code)
  if (result === undefined) throw new Error(`no guard ${code}`)
  return result
}

/** A summary with these numbers of accounts by level. */
export const coverage = (levels: Partial<CoverageSummary['levels']>): CoverageSummary => ({
  totals: { accounts: 0, managed: 0, external: 0 },
  levels: { none: 0, optional: 0, 'step-up': 0, 'two-step': 0, 'sso-mfa': 0, ...levels },
  tokens: { accounts: 0, tokens: 0 },
  requirements: [],
})

export const hour = 3_600_000
export const made = Date.parse('2026-11-24T08:00:00Z')

/** A run of a plan that was just made, by carol, who is no approver. */
export const runInput = (organization: Organization, changes: Partial<RunInput> = {}): RunInput => ({
  steps: [],
  documents: { 'Organization/acme': organization },
  lastApplied: undefined,
  createdAt: new Date(made).toISOString(),
  validUntil: new Date(made + 24 * hour).toISOString(),
  now: new Date(made),
  approvedBy: [],
  author: 'carol-gh',
  protections: protectionsOf(undefined, organization),
  coverage: { before: coverage({}), after: coverage({}) },
  ...changes,
})

/** A step with nothing in it but what a test says. */
export const step = (changes: Partial<Step>): Step => ({
  id: `${changes.channel ?? 'api'}/${changes.action ?? 'update'}/${changes.kind ?? 'AuthenticationPolicy'}/${changes.name ?? 'P'}`,
  status: 'ready',
  dependsOn: [],
  channel: 'api',
  action: 'update',
  kind: 'AuthenticationPolicy',
  name: 'P',
  direction: 'neutral',
  changes: [],
  ...changes,
})

/** A move of these accounts. */
export const moveOf = (emails: readonly string[], changes: Partial<Step> = {}): Step =>
  step({
    action: 'move',
    accounts: emails.map(email => ({ account: { accountId: `id-${email}`, email }, from: 'Q' })),
    ...changes,
  })
