import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { outcome, type Outcome } from '../diagnostics/outcome.ts'
import { isFromTheFuture, type Validity } from '../evidence/field-state.ts'
import { kinds } from '../kinds/index.ts'
import type { Live, NamedAccount } from '../kinds/live.ts'
import type { Desired } from '../kinds/resource.ts'
import { foldEmail, withAddressIn } from '../model/account.ts'
import { compareText, formatAddress, parseAddress } from '../model/address.ts'
import type { Domain } from '../org/answers/domain.ts'
import type { OrgReader } from '../org/reader.ts'
import { attempt } from './attempt.ts'
import { bindPolicies, type Bindings } from './bind-policies.ts'
import type { LedgerState } from './ledger-state.ts'
import { contradictedByTokens } from './contradicted-by-tokens.ts'
import { authenticationPolicies, externalUserPolicies, servedObjects, undeclaredPolicies } from './live-objects.ts'
import { readAccounts, type AccountsRead } from './read-accounts.ts'
import { knownActivity, readActivity } from './read-activity.ts'
import { readGroups } from './read-groups.ts'
import { staleByEvents } from './stale-by-events.ts'
import { readListing, type ListingRead } from './read-listing.ts'
import { readTokens } from './read-tokens.ts'
import { isWithoutGuard } from './without-guard.ts'

/** The live organization as far as the documents need it, and which policy is which. */
export interface LiveRead {
  readonly live: Live
  readonly bindings: Bindings
  /** Requests that asked when one account was last active. */
  readonly lastActiveReads: number
}

/** How much is read. */
export interface ReadScope {
  /** The accounts of no person, and when managed accounts were last active, too. */
  readonly everyone?: boolean
  /** How many accounts are asked for when they were last active, at most. */
  readonly lastActive?: number | undefined
  /** Only the account with this address. */
  readonly email?: string
  /** When the answers were given, where that was before now. */
  readonly readAt?: string | undefined
  /** When it was answered which policies accounts are in, where that was before everything else. */
  readonly policiesReadAt?: string | undefined
  /** The accounts, where somebody reads them already. */
  readonly accounts?: Promise<AccountsRead>
}

/** Reads what the documents need and nothing else. A part that cannot be read fails the whole: a partial answer is never compared. */
export async function readLive(
  reader: OrgReader,
  desired: Desired,
  ledger: LedgerState,
  now: Date,
  scope: ReadScope = {},
): Promise<Outcome<LiveRead>> {
  const at = scope.readAt ?? now.toISOString()
  const validity = validityOf(desired, now)
  const policies = desired.AuthenticationPolicy
  // What was applied once may have to be deleted: it is read as whole as what is declared.
  const allowlistNames = new Set([
    ...desired.IpAllowlist.map(({ spec }) => spec.name),
    ...Object.keys(ledger.lastApplied?.documents ?? {}).flatMap(text => {
      const address = parseAddress(text)
      return address?.kind === 'IpAllowlist' ? [address.name] : []
    }),
  ])

  const read = await attempt(async () => {
    // First alone: a wrong key or organization is one clear failure, not ten.
    const organization = await reader.organization()
    const [domains, accounts, groups, allowlists, tokens, listing] = await Promise.all([
      reader.domains(),
      scope.accounts ?? readAccounts(reader, scope.email === undefined ? {} : { emails: [scope.email] }),
      readGroups(reader, policies),
      allowlistNames.size > 0 && scope.email === undefined ? kinds.IpAllowlist.observe?.(reader, allowlistNames) : [],
      readTokens(reader, now),
      scope.everyone === true ? readListing(reader) : noListing,
    ])
    const known = knownActivity([...accounts.accounts, ...accounts.externals], listing, ledger.exports, now)
    return {
      organization,
      domains,
      accounts,
      groups,
      allowlists: allowlists ?? [],
      tokens,
      listing,
      activity: await readActivity(reader, desired, accounts.externals, {
        known,
        now,
        limit: scope.lastActive ?? defaultLastActive,
      }),
      guard: await checkGuard(reader, desired, accounts),
    }
  })
  if (!read.ok) return read
  const { organization, domains, accounts, groups, allowlists, tokens, listing, activity, guard } = read.value
  const bound = bindPolicies(policies, accounts, ledger, scope.policiesReadAt ?? at)
  const served = servedObjects('IpAllowlist', desired.IpAllowlist, allowlists, at)
  const diagnostics = [
    ...guard,
    ...checkDomains(domains, desired),
    ...groups.diagnostics,
    ...bound.diagnostics,
    ...served.diagnostics,
    ...tokens.diagnostics,
    ...listing.diagnostics,
    ...activity.diagnostics,
    ...futureFacts(ledger, now),
  ]
  if (!bound.ok) return { ok: false, diagnostics }
  const bindings = bound.value
  const live: Live = {
    organization,
    at,
    accounts: accounts.accounts,
    externals: accounts.externals,
    others: listing.others,
    tokens: tokens.tokens,
    activity: activity.activity,
    domains: domains.map(({ name, claimStatus }) => ({
      name: name.toLowerCase(),
      ...(claimStatus !== undefined && { status: claimStatus }),
    })),
    groupsOf: groups.groupsOf,
    policyNames: new Map([...bindings.names].map(([id, { name }]) => [id, name])),
    namedElsewhere: namedElsewhere(desired, accounts),
    objects: [
      ...authenticationPolicies(policies, accounts.accounts, bindings, ledger, validity),
      ...externalUserPolicies(desired.ExternalUserPolicy, ledger, validity),
      ...served.objects,
    ],
    undeclared: undeclaredPolicies(accounts.accounts, bindings, ledger, validity),
  }
  const judged = staleByEvents(contradictedByTokens(live, desired, now), ledger.audit.events)
  return outcome({ live: judged, bindings, lastActiveReads: activity.asked }, [
    ...diagnostics,
    ...contradictions(judged, desired),
    ...withoutAddress(judged),
  ])
}

/** Evidence that does not hold, and why: a person who looks at the page again must know what else to look at. */
function contradictions({ objects }: Live, desired: Desired): readonly Diagnostic[] {
  const documents = [...desired.AuthenticationPolicy, ...desired.ExternalUserPolicy]
  return objects.flatMap(({ address, fields }) =>
    Object.entries(fields).flatMap(([path, field]) => {
      if (field.state !== 'stale' || field.because.reason !== 'contradicted') return []
      const document = documents.find(({ address: own }) => formatAddress(own) === formatAddress(address))
      const facts = { ...address, path, why: field.because.summary }
      return [diagnostic('plan/evidence-contradicted', facts, { span: document?.locate(path.split('.')) })]
    }),
  )
}

function withoutAddress({ accounts, externals }: Live): readonly Diagnostic[] {
  const found = [accounts, externals].flatMap(list =>
    list.filter(({ email }) => !email.includes('@')).map(({ accountId }) => accountId),
  )
  return found.length === 0 ? [] : [diagnostic('plan/no-address', { accounts: found.sort(compareText) })]
}

/** Within what one minute admits (ref 4), and before requests are slowed down: nobody waits for a plan because of a rule. */
export const defaultLastActive = 150

const noListing: ListingRead = { others: [], lastActive: new Map(), diagnostics: [] }

/** How long the evidence of an organization counts. */
export const validityOf = ({ organization: { spec } }: Pick<Desired, 'organization'>, now: Date): Validity => ({
  now,
  expiresAfter: spec.evidence?.expiresAfter ?? '90d',
})

/** Domains that the documents declare are checked, never changed: a lapsed one takes its accounts out of every policy (ref 5.3). */
function checkDomains(domains: readonly Domain[], { organization: { spec, locate } }: Desired): readonly Diagnostic[] {
  const live = new Map(domains.map(({ name, claimStatus }) => [name.toLowerCase(), claimStatus]))
  return (spec.domains ?? []).flatMap((domain, index) => {
    const status = live.get(domain.toLowerCase())
    if (status === 'verified') return []
    return [
      diagnostic(
        'plan/domain-not-verified',
        { domain, ...(status !== undefined && { status }) },
        { span: locate(['domains', index]) },
      ),
    ]
  })
}

/** Addresses that documents name and that no managed account has. */
function namedElsewhere(
  { AuthenticationPolicy }: Desired,
  { accounts, externals }: AccountsRead,
): readonly NamedAccount[] {
  const named = new Set(AuthenticationPolicy.flatMap(({ spec }) => spec.members?.accounts ?? []).map(foldEmail))
  const managed = withAddressIn(accounts, named)
  const external = withAddressIn(externals, named)
  return [...named]
    .filter(email => !managed.has(email))
    .sort(compareText)
    .map(email => ({ email, found: external.has(email) ? 'external' : 'nowhere' }))
}

/** Without Guard Standard there is one policy (ref 5.4). Asked only where the documents want more than the accounts show. */
async function checkGuard(reader: OrgReader, desired: Desired, read: AccountsRead): Promise<readonly Diagnostic[]> {
  const policies = desired.AuthenticationPolicy.length + desired.ExternalUserPolicy.length
  return policies >= 2 && (await isWithoutGuard(reader, read)) ? [diagnostic('org/without-guard', { policies })] : []
}

function futureFacts({ facts }: LedgerState, now: Date): readonly Diagnostic[] {
  const future = facts
    .filter(fact => isFromTheFuture(fact, now))
    .map(({ at }) => at)
    .sort(compareText)
  const newest = future.at(-1)
  return newest === undefined ? [] : [diagnostic('evidence/future-facts', { facts: future.length, newest })]
}
