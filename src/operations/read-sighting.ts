import { documentNames } from '../adoption/document-names.ts'
import type { SeenExternalPolicy, SeenPolicy, Sighting, UnreadPart } from '../adoption/sighting.ts'
import { diagnostic } from '../diagnostics/diagnostic.ts'
import { wordsOf } from '../diagnostics/to-document.ts'
import { outcome, type Outcome } from '../diagnostics/outcome.ts'
import type { Validity } from '../evidence/field-state.ts'
import type { Observed } from '../kinds/contract.ts'
import { kinds } from '../kinds/index.ts'
import type { LiveObject, LiveTokens } from '../kinds/live.ts'
import { organizationIn } from '../kinds/organization-in.ts'
import { compareText, formatAddress } from '../model/address.ts'
import { syncedSource } from '../org/assumptions.ts'
import { isOutOfReach } from '../org/org-error.ts'
import type { OrgReader } from '../org/reader.ts'
import { attempt } from './attempt.ts'
import { policyNames } from './bind-policies.ts'
import { contradictedByTokens } from './contradicted-by-tokens.ts'
import { fieldsOf } from './field-evidence.ts'
import type { LedgerState } from './ledger-state.ts'
import { policyFacts } from './policy-facts.ts'
import { readAccounts, type AccountsRead } from './read-accounts.ts'
import { readTokens } from './read-tokens.ts'
import { listDirectories, sightDirectories } from './sight-directories.ts'
import { groupMembers, groupNames, listGroups } from './sight-groups.ts'
import { staleByEvents } from './stale-by-events.ts'
import { isWithoutGuard } from './without-guard.ts'

/** What the documents that are there already decide. */
export interface KnownDocuments {
  /** The names of authentication policies, by their ids. */
  readonly names?: ReadonlyMap<string, string>
  /** How long evidence counts. */
  readonly expiresAfter?: string
}

/** Reads the whole organization, with what current evidence tells of it. Parts that the key may not see are told and left out; accounts and domains are no such parts. */
export async function readSighting(
  reader: OrgReader,
  ledger: LedgerState,
  now: Date,
  known: KnownDocuments = {},
): Promise<Outcome<Sighting>> {
  const at = now.toISOString()
  const groupsSeen = groupMembers()
  let anySynced = false
  const read = await attempt(async () => {
    // First alone: a wrong key or organization is one clear failure, not ten.
    const organization = await reader.organization()
    const [domains, accounts, groups, directories, allowlists, tokens] = await Promise.all([
      reader.domains(),
      readAccounts(reader, { expand: ['groups'] }, user => {
        groupsSeen.see(user)
        if (user.managementSource === syncedSource) anySynced = true
      }),
      listGroups(reader),
      listDirectories(reader),
      listAllowlists(reader),
      tokensWorthReading(reader, ledger, now),
    ])
    const [seen, withoutGuard] = await Promise.all([
      sightDirectories(reader, directories.directories, accounts.accounts, groups.groups, anySynced),
      isWithoutGuard(reader, accounts),
    ])
    const missing = [groups.unread, directories.unread, allowlists.unread]
    return {
      organization,
      domains,
      accounts,
      groups,
      seen,
      allowlists: allowlists.allowlists,
      tokens,
      withoutGuard,
      missing,
    }
  })
  if (!read.ok) return read
  const { organization, domains, accounts, groups, seen, allowlists, tokens, withoutGuard, missing } = read.value
  const complete = groupsSeen.members.complete()
  const untold: UnreadPart = { part: 'groups', why: 'the API does not tell the groups of every account' }
  const unread = [...missing, ...(complete ? [] : [untold])].filter(part => part !== undefined)
  const groupsOf = groupNames(complete ? groups.groups : [], groupsSeen.members)
  const expiresAfter =
    known.expiresAfter ?? organizationIn(ledger.lastApplied?.documents)?.evidence?.expiresAfter ?? defaultExpiry
  const evidence = sightEvidence(accounts, tokens, ledger, { now, expiresAfter }, known.names ?? new Map())
  const sighting: Sighting = {
    organization: { id: organization.id, name: organization.name },
    at,
    domains: domains
      .map(({ name, claimStatus }) => ({
        name: name.toLowerCase(),
        ...(claimStatus !== undefined && { status: claimStatus }),
      }))
      .sort((a, b) => compareText(a.name, b.name)),
    directories: seen.directories,
    accounts: accounts.accounts.map(({ accountId, email, active, policyId }) => ({
      accountId,
      email,
      active,
      ...(policyId !== undefined && { policyId }),
      groups: groupsOf(accountId),
    })),
    policies: evidence.policies.map(policy => {
      const directoryId = seen.directoryOf.get(policy.id)
      return { ...policy, ...(directoryId !== undefined && { directoryId }) }
    }),
    external: withoutGuard ? [] : evidence.external,
    allowlists: [...allowlists].sort((a, b) => compareText(a.address.name, b.address.name) || compareText(a.id, b.id)),
    ...(expiresAfter !== defaultExpiry && { expiresAfter }),
    ...(unread.length > 0 && { unread }),
  }
  return outcome(
    sighting,
    unread.map(part => diagnostic('import/part-unreadable', part)),
  )
}

const defaultExpiry = '90d'

/** The allowlists with their resources, or why there are none. */
async function listAllowlists(
  reader: OrgReader,
): Promise<{ readonly allowlists: readonly Observed[]; readonly unread?: UnreadPart }> {
  try {
    return { allowlists: (await kinds.IpAllowlist.observe?.(reader, 'all')) ?? [] }
  } catch (error) {
    if (!isOutOfReach(error)) throw error
    return { allowlists: [], unread: { part: 'ip-allowlists', why: wordsOf(error.diagnostic).summary } }
  }
}

/** Tokens can contradict nothing but that they are blocked: without such evidence nobody asks for them. */
async function tokensWorthReading(
  reader: OrgReader,
  { facts }: LedgerState,
  now: Date,
): Promise<ReadonlyMap<string, LiveTokens> | undefined> {
  const worth = facts.some(({ path, value }) => path === 'settings.apiTokens' && value === 'block')
  return worth ? (await readTokens(reader, now)).tokens : undefined
}

/** What evidence tells of every policy that holds an active account, and of the two for external users, as a plan with the documents to come would see it. */
function sightEvidence(
  { accounts, externals, servedNames }: AccountsRead,
  tokens: ReadonlyMap<string, LiveTokens> | undefined,
  ledger: LedgerState,
  validity: Validity,
  documents: ReadonlyMap<string, string>,
): { readonly policies: readonly SeenPolicy[]; readonly external: readonly SeenExternalPolicy[] } {
  const names = policyNames({ accounts, servedNames }, ledger.exports, validity.now.toISOString())
  const ids = [...new Set(accounts.flatMap(({ active, policyId }) => (active ? (policyId ?? []) : [])))].sort(
    compareText,
  )
  const named = ids.map((id): Omit<SeenPolicy, 'fields'> => {
    const live = names.get(id)
    const name = live ?? boundName(id, ledger)
    const document = documents.get(id)
    return {
      id,
      ...(name && { name: { name: name.name, from: name.from } }),
      ...(document !== undefined && { document }),
    }
  })
  // What was attested by the name of a policy that nobody is in any more is about that policy alone.
  const seen = new Set(ids)
  const unseen = new Map([...documents].filter(([id]) => !seen.has(id)))
  const nameOf = documentNames(named, unseen)
  const called = ids.map(id => ({ id, name: nameOf.get(id)?.name ?? id }))
  const unseenCalled = [...unseen].map(([id, name]) => ({ id, name }))
  const facts = policyFacts([...called, ...unseenCalled], accounts, names, ledger)
  const judged = staleByEvents(
    contradictedByTokens(
      {
        objects: [
          ...called.map(({ id, name }): LiveObject => ({
            address: { kind: 'AuthenticationPolicy', name },
            exists: 'yes',
            id,
            fields: fieldsOf('AuthenticationPolicy', facts.get(name) ?? [], validity),
          })),
          ...externalNames.map((name): LiveObject => {
            const address = { kind: 'ExternalUserPolicy', name }
            const own = ledger.facts.filter(fact => formatAddress(fact.address) === formatAddress(address))
            return { address, exists: 'yes', fields: fieldsOf('ExternalUserPolicy', own, validity) }
          }),
        ],
        undeclared: [],
        accounts,
        externals,
        tokens,
      },
      { ExternalUserPolicy: [] },
      validity.now,
    ),
    ledger.audit.events,
  ).objects
  const fieldsAt = new Map(judged.map(({ address, fields }) => [formatAddress(address), fields]))
  return {
    policies: named.map(policy => ({
      ...policy,
      fields: fieldsAt.get(`AuthenticationPolicy/${nameOf.get(policy.id)?.name ?? policy.id}`) ?? {},
    })),
    external: externalNames.map(name => ({ name, fields: fieldsAt.get(`ExternalUserPolicy/${name}`) ?? {} })),
  }
}

const externalNames = ['external', 'test'] as const

/** The name by which the ledger knows a policy: of several the one that was applied last. */
function boundName(
  id: string,
  { bindings, lastApplied }: LedgerState,
): { readonly name: string; readonly from: 'ledger' } | undefined {
  const bound = Object.keys(bindings)
    .filter(name => bindings[name] === id)
    .sort(compareText)
  const name = bound.find(own => lastApplied?.documents[`AuthenticationPolicy/${own}`] !== undefined) ?? bound[0]
  return name === undefined ? undefined : { name, from: 'ledger' }
}
