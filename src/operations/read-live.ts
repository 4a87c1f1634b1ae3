import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { outcome, type Outcome } from '../diagnostics/outcome.ts'
import { isFromTheFuture, type Validity } from '../evidence/field-state.ts'
import { kinds } from '../kinds/index.ts'
import type { Live } from '../kinds/live.ts'
import type { Desired } from '../kinds/resource.ts'
import { domainOf, foldEmail } from '../model/account.ts'
import { compareText, parseAddress } from '../model/address.ts'
import type { OrgReader } from '../org/reader.ts'
import { isOrgError } from '../org/org-error.ts'
import { attempt } from './attempt.ts'
import { bindPolicies, type Bindings } from './bind-policies.ts'
import type { LedgerState } from './ledger-state.ts'
import { authenticationPolicies, externalUserPolicies, servedObjects } from './live-objects.ts'
import { findElsewhere, readManagedAccounts, type AccountsRead } from './read-accounts.ts'
import { readGroups } from './read-groups.ts'

/** The live organization as far as the documents need it, and which policy is which. */
export interface LiveRead {
  readonly live: Live
  readonly bindings: Bindings
}

/** Reads what the documents need and nothing else. A part that cannot be read fails the whole: a partial answer is never compared. */
export async function readLive(
  reader: OrgReader,
  desired: Desired,
  ledger: LedgerState,
  now: Date,
): Promise<Outcome<LiveRead>> {
  const at = now.toISOString()
  const validity: Validity = { now, expiresAfter: desired.organization.spec.evidence?.expiresAfter ?? '90d' }
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
    const [domains, accounts, groups, allowlists, access] = await Promise.all([
      checkDomains(reader, desired),
      policies.length > 0 ? readManagedAccounts(reader) : undefined,
      readGroups(reader, policies),
      allowlistNames.size > 0 ? kinds.IpAllowlist.observe?.(reader, allowlistNames) : [],
      checkAccess(reader, desired),
    ])
    const elsewhere = accounts === undefined ? [] : await findElsewhere(reader, namedElsewhere(desired, accounts))
    return {
      organization,
      domains,
      accounts,
      groups,
      allowlists: allowlists ?? [],
      access,
      elsewhere,
      guard: await checkGuard(reader, desired, accounts),
    }
  })
  if (!read.ok) return read
  const { organization, domains, accounts, groups, allowlists, access, elsewhere, guard } = read.value
  const bound = bindPolicies(policies, accounts ?? { accounts: [], servedNames: new Map() }, ledger, at)
  const served = servedObjects('IpAllowlist', desired.IpAllowlist, allowlists, at)
  const diagnostics = [
    ...guard,
    ...domains,
    ...groups.diagnostics,
    ...bound.diagnostics,
    ...served.diagnostics,
    ...access,
    ...futureFacts(ledger, now),
  ]
  if (!bound.ok) return { ok: false, diagnostics }
  const bindings = bound.value
  const live: Live = {
    organization,
    at,
    ...(accounts && { accounts: accounts.accounts }),
    groupsOf: groups.groupsOf,
    policyNames: new Map([...bindings.names].map(([id, { name }]) => [id, name])),
    namedElsewhere: elsewhere,
    objects: [
      ...authenticationPolicies(policies, accounts?.accounts ?? [], bindings, ledger, validity),
      ...externalUserPolicies(desired.ExternalUserPolicy, ledger, validity),
      ...served.objects,
    ],
  }
  return outcome({ live, bindings }, diagnostics)
}

/** Domains that the documents declare are checked, never changed: a lapsed one takes its accounts out of every policy (ref 5.3). */
async function checkDomains(
  reader: OrgReader,
  { organization: { spec, locate } }: Desired,
): Promise<readonly Diagnostic[]> {
  if (spec.domains === undefined) return []
  const live = new Map((await reader.domains()).map(({ name, claimStatus }) => [name.toLowerCase(), claimStatus]))
  return spec.domains.flatMap((domain, index) => {
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

function namedElsewhere({ AuthenticationPolicy }: Desired, { accounts }: AccountsRead): readonly string[] {
  const managed = new Set(accounts.map(({ email }) => foldEmail(email)))
  const named = AuthenticationPolicy.flatMap(({ spec }) => spec.members?.accounts ?? []).map(foldEmail)
  return [...new Set(named)].filter(email => !managed.has(email)).sort(compareText)
}

/** Rules about who may have access at all. What breaks them is reported; suspending is not part of this version. */
async function checkAccess(reader: OrgReader, { ExternalUserPolicy }: Desired): Promise<readonly Diagnostic[]> {
  const policy = ExternalUserPolicy.find(({ spec }) => spec.access !== undefined)
  if (policy?.spec.access === undefined) return []
  const { allowedDomains, inactiveAfter, onViolation } = policy.spec.access
  const diagnostics: Diagnostic[] = []
  if (allowedDomains !== undefined) {
    const allowed = new Set(allowedDomains.map(domain => domain.toLowerCase()))
    const outside: string[] = []
    for await (const page of reader.users({ claimStatus: 'unmanaged', accountStatus: ['active'], expand: [] })) {
      outside.push(
        ...page.flatMap(({ email, claimStatus }) =>
          claimStatus === 'unmanaged' && email !== undefined && !allowed.has(domainOf(email)) ? [email] : [],
        ),
      )
    }
    if (outside.length > 0) {
      const facts = { rule: '`allowedDomains`', accounts: outside.sort(compareText) }
      diagnostics.push(diagnostic('plan/access-violated', facts, { span: policy.locate(['access', 'allowedDomains']) }))
    }
  }
  if (inactiveAfter !== undefined) {
    diagnostics.push(
      diagnostic(
        'plan/access-not-enforced',
        { field: 'access.inactiveAfter' },
        { span: policy.locate(['access', 'inactiveAfter']) },
      ),
    )
  }
  if (onViolation === 'suspend') {
    diagnostics.push(
      diagnostic(
        'plan/access-not-enforced',
        { field: 'access.onViolation' },
        { span: policy.locate(['access', 'onViolation']) },
      ),
    )
  }
  return diagnostics
}

/** Without Guard Standard there is one policy and no audit log (ref 5.4). Asked only where the documents want more than the accounts show. */
async function checkGuard(
  reader: OrgReader,
  desired: Desired,
  read: AccountsRead | undefined,
): Promise<readonly Diagnostic[]> {
  const policies = desired.AuthenticationPolicy.length + desired.ExternalUserPolicy.length
  const live = new Set(read?.accounts.flatMap(({ policyId }) => policyId ?? []))
  if (policies < 2 || live.size !== 1) return []
  try {
    await reader.eventActions()
    return []
  } catch (error) {
    if (isOrgError(error, 'org/missing-scope')) return []
    if (!isOrgError(error, 'org/forbidden', 'org/not-found', 'org/feature-off')) throw error
    return [diagnostic('org/without-guard', { policies })]
  }
}

function futureFacts({ facts }: LedgerState, now: Date): readonly Diagnostic[] {
  const future = facts
    .filter(fact => isFromTheFuture(fact, now))
    .map(({ at }) => at)
    .sort(compareText)
  const newest = future.at(-1)
  return newest === undefined ? [] : [diagnostic('evidence/future-facts', { facts: future.length, newest })]
}
